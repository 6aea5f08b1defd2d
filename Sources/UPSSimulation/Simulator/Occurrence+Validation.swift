import PowerDevice

extension Occurrence {
    static let voltages = 0.0...400.0
    static let frequencies = 0.0...100.0
    static let drifts = -5.0...5.0
    static let phases = -180.0...180.0
    static let loads = 0.0...200.0
    static let temperatures = -40.0...90.0
    static let delays = 0.0...600.0
    static let percents = 0.0...100.0

    /// Throws where a number is outside of what a device can meet, or the device has no such thing.
    func validate(_ layout: SystemLayout) throws(SimulationError) {
        switch self {
        case .supply(let change): try Self.validate(change)
        case .load(let percent): try Self.check("percent", percent, Self.loads)
        case .ambient(let celsius): try Self.check("celsius", celsius, Self.temperatures)
        case .point(let code, let value): _ = try ForcedPoint(code, value: value ?? 0, of: layout.model.map)
        case .remoteControl: break
        case .manualBypass, .transfer: try validateTransfer(layout)
        case .mode, .unit, .module, .genset, .battery, .plug: try validateUPS(layout)
        }
    }

    private static func validate(_ change: SupplyChange) throws(SimulationError) {
        try check("source", change.source.map(Double.init), 1.0...2.0)
        try check("voltage", change.voltage, voltages)
        try check("frequency", change.frequency, frequencies)
        try check("drift", change.drift, drifts)
        try check("phase", change.phase, phases)
        for line in change.lost ?? [] { try check("lost", Double(line), 1.0...3.0) }
    }

    private func validateTransfer(_ layout: SystemLayout) throws(SimulationError) {
        guard layout.model.kind == .sts else { throw .notThere("\(layout.model.name) is no transfer system: it has no sources to prefer.") }
        if case .transfer(let change) = self { try Self.check("preferred", change.preferred.map(Double.init), 1.0...2.0) }
    }

    private func validateUPS(_ layout: SystemLayout) throws(SimulationError) {
        guard layout.model.kind == .ups else {
            throw .notThere("\(layout.model.name) is a transfer system: it has mains, load, ambient, mode, transfer and points.")
        }
        switch self {
        case .unit(let number, _): try Self.part("unit", number, of: layout.units > 1 ? Array(1...layout.units) : [1])
        case .module(let number, _): try Self.part("module", number, of: layout.modules > 1 ? layout.topology.modules : [])
        case .genset(let change): try Self.check("delay", change.delay, Self.delays)
        case .battery(let change): try Self.validate(change, layout)
        case .plug(let number, let change): try Self.validate(number, change, layout)
        case .mode(let mode):
            guard mode != .lineInteractive || layout.hasLineInteractiveMode else {
                throw .notThere("\(layout.model.name) has no line-interactive mode: JBUSP can't tell of it.")
            }
            guard layout.hasBypass || mode == .online || mode == .standby else {
                throw .notThere("Without a bypass there is no mode \(mode.rawValue).")
            }
        default: break
        }
    }

    private static func part(_ kind: String, _ number: Int, of numbers: [Int]) throws(SimulationError) {
        guard !numbers.contains(number) else { return }
        let known = numbers.map(String.init).joined(separator: ", ")
        throw .notThere("There is no \(kind) \(number) here" + (numbers.isEmpty ? "." : "; there is \(known)."))
    }

    private static func validate(_ change: BatteryChange, _ layout: SystemLayout) throws(SimulationError) {
        guard layout.hasBattery else { throw .notThere("A converter has no battery.") }
        if let unit = change.unit { try part("unit", unit, of: Array(1...layout.units)) }
        try check("charge", change.charge, percents)
        try check("health", change.health, 10.0...100.0)
        try check("temperature", change.temperature, temperatures)
    }

    private static func validate(_ number: Int, _ change: PlugChange, _ layout: SystemLayout) throws(SimulationError) {
        try part("power share plug", number, of: layout.model.plugs > 0 ? Array(1...layout.model.plugs) : [])
        switch change.mode {
        case .batteryCapacity(let percent): try check("value", percent, percents)
        case .backupTime(let minutes): try check("value", minutes, 0.0...999.0)
        case .timeOnBattery(let seconds): try check("value", seconds, 0.0...86_400.0)
        case .emergencyLight, .some(.none), nil: break
        }
    }

    private static func check(_ field: String, _ value: Double?, _ allowed: ClosedRange<Double>) throws(SimulationError) {
        guard let value, !allowed.contains(value) else { return }
        throw .outOfRange(field: field, value: value, allowed: allowed)
    }
}
