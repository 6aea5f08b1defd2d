import PowerDevice

/// The registers of a simulated transfer system.
struct STSPanel: Sendable {
    /// The words that change by themselves; what the system does not measure is 0xFFFF.
    func writeLive(_ physics: STSPhysics, to registers: inout RegisterFile) {
        registers.store([Self.sources(physics), Self.load(physics), Self.switches(physics), 0], at: STS.statusAddress)
        registers.store([Self.transferAlarms(physics), Self.generalAlarms(physics)], at: STS.alarmAddress)
        var words = [UInt16](repeating: Measurement.notManaged, count: 64)
        let values = Dictionary(
            Self.sourceValues(physics) + Self.outputValues(physics) + Self.powerValues(physics), uniquingKeysWith: { first, _ in first })
        for point in STS.measurements {
            guard let measurement = point.measurement, let value = values[point.address] else { continue }
            words[Int(point.address - STS.measurementAddress)] = measurement.raw(value, isDecimal: false)
        }
        registers.store(words, at: STS.measurementAddress)
    }

    func writePlate(of unit: UPSUnit, to registers: inout RegisterFile) {
        registers.store(Array(repeating: 0, count: 16), at: STS.configurationAddress)
        for (point, text) in zip(STS.texts, [unit.model.name, unit.serial]) { registers.setText(text, of: point) }
    }

    private static func word(_ bits: [(Int, Bool)]) -> UInt16 {
        bits.reduce(0) { $1.1 ? $0 | 1 << UInt16($1.0) : $0 }
    }

    /// 0x0140.
    private static func sources(_ physics: STSPhysics) -> UInt16 {
        let (first, second) = (physics.quality(of: 1), physics.quality(of: 2))
        return word([
            (0, first == .ok), (1, first == .critical), (2, first == .outOfTolerance), (3, first == .absent), (4, first.isUsable),
            (6, second == .ok), (7, second == .critical), (8, second == .outOfTolerance), (9, second == .absent), (10, second.isUsable),
            (12, physics.interaction == .synchronised), (13, physics.interaction == .sliding), (14, physics.interaction == .asynchronous),
            (15, physics.isInstantlySynchronised),
        ])
    }

    /// 0x0141.
    private static func load(_ physics: STSPhysics) -> UInt16 {
        let isSwitched = physics.isOutputLive && physics.manualBypass == nil
        return word([
            (0, physics.preferred == 1), (1, physics.isOnPreferred), (2, physics.isOnAlternate), (3, !physics.isOutputLive),
            (4, physics.manualBypass == 1), (5, physics.manualBypass == 2), (7, isSwitched && physics.feeding == 1),
            (8, isSwitched && physics.feeding == 2), (10, physics.isTransferLocked), (12, physics.isOutputGood),
            (13, physics.isOutputLive && !physics.isOutputGood), (14, !physics.isOutputLive),
        ])
    }

    /// 0x0142.
    private static func switches(_ physics: STSPhysics) -> UInt16 {
        let isSwitched = physics.manualBypass == nil
        return word([
            (1, true), (2, true), (3, isSwitched && physics.feeding == 1), (4, isSwitched && physics.feeding == 2), (5, isSwitched),
            (6, physics.manualBypass == 1), (7, physics.manualBypass == 2), (13, physics.isRemoteControlEnabled), (15, true),
        ])
    }

    /// 0x0148.
    private static func transferAlarms(_ physics: STSPhysics) -> UInt16 {
        word([
            (0, physics.isStopImminent), (2, physics.manualBypass != nil), (3, physics.isOverloaded), (5, physics.isLockedByDetections),
            (6, physics.isSwitchbackImpossible), (7, physics.isTransferImpossible),
        ])
    }

    /// 0x0149.
    private static func generalAlarms(_ physics: STSPhysics) -> UInt16 {
        word([(2, physics.isAmbientHot), (15, physics.hasGeneralAlarm)])
    }

    private static func sourceValues(_ physics: STSPhysics) -> [(UInt16, Double)] {
        (1...2).flatMap { source -> [(UInt16, Double)] in
            let base: UInt16 = source == 1 ? 0x0220 : 0x0228
            let volts = (0..<3).map { physics.voltage(ofSource: source, line: $0) }
            let frequency = physics.quality(of: source) == .absent ? 0 : physics.sources[source - 1].frequency
            return three(base, volts) + three(base + 3, between(volts))
                + [(base + 6, frequency), (base + 7, physics.switchTemperatures[source - 1])]
        }
    }

    private static func outputValues(_ physics: STSPhysics) -> [(UInt16, Double)] {
        let volts = (0..<3).map(physics.outputVoltage)
        let frequency = physics.isOutputLive ? physics.feeding.map { physics.sources[$0 - 1].frequency } ?? 0 : 0
        return three(0x0230, volts) + three(0x0233, between(volts)) + three(0x0238, (0..<3).map(physics.outputCurrent))
            + three(0x0258, (0..<3).map(physics.lineLoad))
            + [
                (0x0236, frequency), (0x023B, physics.neutralCurrent), (0x023D, physics.isOutputLive ? physics.load : 0),
                (0x023F, physics.phaseShift.rounded()), (0x024F, physics.ambient), (0x025B, 0),
            ]
    }

    private static func powerValues(_ physics: STSPhysics) -> [(UInt16, Double)] {
        let lines = (0..<3).map(physics.linePower)
        let (power, crest) = physics.isOutputLive ? (physics.unit.powerFactor, physics.unit.crestFactor) : (0, 0)
        return three(0x0240, lines) + three(0x0243, [power, power, power]) + three(0x0248, [crest, crest, crest])
            + three(0x0250, lines.map { $0 * power }) + [(0x024B, crest), (0x0253, physics.outputPower * power)]
    }

    private static func three(_ address: UInt16, _ values: [Double]) -> [(UInt16, Double)] {
        values.enumerated().map { (address + UInt16($0.offset), $0.element) }
    }

    private static func between(_ volts: [Double]) -> [Double] { (0..<3).map { lineToLine(volts[$0], volts[($0 + 1) % 3]) } }
}
