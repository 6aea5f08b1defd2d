/// One machine of a model, with what makes it different from the next one: age of the battery, its load, the room it stands in.
///
/// All of it follows from the seed, so that a fleet of simulated machines is varied and still the same every time.
package struct UPSUnit: Sendable {
    package let seed: UInt64
    package private(set) var model: UPSModel
    /// `P` and nine digits, as real machines have.
    package private(set) var serial: String
    package private(set) var reference: String
    /// What is left of the battery's capacity, 0.75…1.
    package let batteryHealth: Double
    /// Output power over input power of the double conversion.
    package let efficiency: Double
    /// Power factor of the load.
    package let powerFactor: Double
    /// The share of each output line in the load; they add up to 1.
    package let shares: [Double]
    /// How much each input line is off the mains voltage, in V.
    package let lineOffsets: [Double]
    package let crestFactor: Double
    /// Seconds that the rectifier takes to start when the mains return.
    package let rectifierStart: Double
    /// At the start: mains voltage in V, load in percent, ambient temperature in °C.
    package let initialVoltage: Double
    package private(set) var initialLoad: Double
    package let initialAmbient: Double

    package init(_ model: UPSModel, seed: UInt64) {
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        let lines = max(model.outputLines, 1)
        let weights = (0..<lines).map { _ in Double.random(in: 0.94...1.06, using: &random) }
        let total = weights.reduce(0, +)
        self.model = model
        serial = "P\(Int.random(in: 150...269, using: &random))\(Int.random(in: 100_000...999_999, using: &random))"
        reference = Self.reference(of: model)
        batteryHealth = Double.random(in: 0.75...1, using: &random)
        efficiency = Double.random(in: 0.93...0.96, using: &random)
        powerFactor = min(Double.random(in: 0.82...0.98, using: &random), model.realpower / model.power)
        shares = weights.map { $0 / total }
        lineOffsets = (0..<max(model.inputLines, lines)).map { _ in Double.random(in: -2...2, using: &random) }
        crestFactor = Double.random(in: 1.5...2.6, using: &random)
        rectifierStart = Double.random(in: 5...12, using: &random)
        initialVoltage = Double.random(in: 227...235, using: &random).rounded()
        let load = Double.random(in: 18...72, using: &random)
        initialLoad = (load * min(1, Self.mostRedundantLoad(model.modules) / 72)).rounded()
        initialAmbient = Double.random(in: 19...26, using: &random).rounded()
    }

    /// The load with which one of so many equal parts may be lost, with a tenth to spare, in percent.
    private static func mostRedundantLoad(_ parts: Int) -> Double {
        parts > 1 ? 88 * Double(parts - 1) / Double(parts) : 72
    }

    /// The same machine as `layout` builds it.
    func built(as layout: SystemLayout) -> UPSUnit {
        var unit = self
        unit.model = layout.unitModel
        unit.reference = Self.reference(of: unit.model)
        let most = min(Self.mostRedundantLoad(layout.modules), Self.mostRedundantLoad(layout.units))
        unit.initialLoad = min(initialLoad, most.rounded(.down))
        return unit
    }

    /// Unit `number` (from 1) of the system whose first unit this is, at the same place and with the same load.
    func sibling(_ number: Int, seed: UInt64) -> UPSUnit {
        guard number > 1 else { return self }
        var unit = UPSUnit(model, seed: seed &* 31 &+ UInt64(number))
        unit.initialLoad = initialLoad
        return unit
    }

    /// Name without blanks and rating in kVA: `MASTERYSBC+-40`. Twenty characters at most, as the map has room for.
    private static func reference(of model: UPSModel) -> String {
        String("\(model.name.filter { $0 != " " })-\(Int(model.power / 1000))".prefix(20))
    }
}
