import PowerDevice

/// The registers of a simulated UPS: what its control board would answer on VU-MAP.
struct VUMapPanel: Sendable {
    /// What a measurement is, in the unit of its variable, and which models have it.
    struct Gauge: Sendable {
        let number: Int
        let needs: UPSModel.Instruments
        let value: @Sendable (Readout) -> Double?

        init(_ number: Int, needs: UPSModel.Instruments = [], _ value: @escaping @Sendable (Readout) -> Double?) {
            self.number = number
            self.needs = needs
            self.value = value
        }
    }

    private let model: UPSModel
    private let gauges: [Gauge]

    init(_ model: UPSModel) {
        self.model = model
        gauges = Self.gauges(of: model).filter { model.instruments.isSuperset(of: $0.needs) }
    }

    /// The words that change by themselves. What the model does not measure is 0xFFFF.
    func writeLive(_ readout: Readout, to registers: inout RegisterFile) {
        var status = Self.words(Self.status, readout)
        var alarms = Self.words(Self.alarms, readout)
        for (index, part) in readout.parts.prefix(15).enumerated() {
            let bit: UInt16 = 1 << UInt16(index)
            if part.isOperating { status[6] |= bit }
            if part.isAvailable { status[7] |= bit }
            if part.hasGeneralAlarm { alarms[6] |= bit }
            if part.isStopping { alarms[7] |= bit }
        }
        registers.store(status, at: VUMap.statusAddress)
        registers.store(alarms, at: VUMap.alarmAddress)
        var words = [UInt16](repeating: Measurement.notManaged, count: VUMap.measurements.count)
        for gauge in gauges {
            guard let measurement = VUMap.measurements[gauge.number].measurement else { continue }
            words[gauge.number] = measurement.raw(gauge.value(readout), isDecimal: model.isDecimal)
        }
        registers.store(words, at: VUMap.measurementAddress)
        registers.store([count(readout), present(readout)], at: VUMap.configurationAddress + 1)
        let functions = VUMap.configurationAddress + 7
        let gensetBit: UInt16 = 1 << 3
        let word = registers[functions] ?? 0
        registers[functions] = readout.has(.gensetPresent) ? word | gensetBit : word & ~gensetBit
    }

    private static func words(_ bits: [(Int, Readout.Flag)], _ readout: Readout) -> [UInt16] {
        var words = [UInt16](repeating: 0, count: 8)
        for (number, flag) in bits where readout.has(flag) { words[number / 16] |= 1 << UInt16(number % 16) }
        return words
    }

    /// T002: how many units or modules are there.
    private func count(_ readout: Readout) -> UInt16 {
        readout.parts.isEmpty ? 1 : UInt16(readout.parts.count(where: \.isPresent))
    }

    /// T003: which of the first eight units or modules are there, and in bit 13 the bypass cabinet; the one machine is its own first.
    private func present(_ readout: Readout) -> UInt16 {
        guard !readout.parts.isEmpty else { return 1 }
        return readout.parts.prefix(8).enumerated().reduce(readout.has(.centralBypass) ? 1 << 13 : 0) { word, part in
            part.element.isPresent ? word | 1 << UInt16(part.offset) : word
        }
    }
}

extension VUMapPanel {
    /// The rating plate: T001–T015, R000, R001.
    func writePlate(_ plate: Nameplate, to registers: inout RegisterFile) {
        let layout = plate.layout
        registers.store(
            [
                Self.installation(plate),
                UInt16(plate.parts),
                UInt16(truncatingIfNeeded: (1 << min(plate.parts, 8)) - 1),
                Self.number(plate),
                VUMap.nominalPower.raw(plate.power, isDecimal: model.isDecimal),
                VUMap.nominalRealpower.raw(plate.realpower, isDecimal: model.isDecimal),
                UInt16(model.inputLines) << 8 | UInt16(model.outputLines),
                // T008: eco mode (needs a bypass), energy saver, standby schedule.
                layout.hasBypass ? 0b100_0011 : 0b100_0010,
                Self.environment(plate),
                layout.hasBattery ? 1 : 0,
                Measurement.notManaged,
                Measurement.notManaged,
                Measurement.notManaged,
                model.isDecimal ? 1 : 0,
                model.deviceCode,
            ], at: VUMap.configurationAddress)
        for (point, text) in zip(VUMap.texts, [plate.unit.serial, plate.unit.reference]) { registers.setText(text, of: point) }
    }

    /// T001.
    private static func installation(_ plate: Nameplate) -> UInt16 {
        let isModular = plate.layout.modules > 1
        return switch plate.role {
        case .system where plate.layout.bypass == .centralised: Topology.InstallationCode.centralisedBypass
        case .system: isModular ? Topology.InstallationCode.modularParallel : Topology.InstallationCode.distributedBypass
        case .single, .unit: isModular ? Topology.InstallationCode.modular[0] : Topology.InstallationCode.single
        }
    }

    /// T004.
    private static func number(_ plate: Nameplate) -> UInt16 {
        if case .unit(let number) = plate.role { UInt16(number) } else { 1 }
    }

    /// T009: bit 4 an external (central) bypass, bit 6 without bypass, bit 7 without maintenance bypass.
    private static func environment(_ plate: Nameplate) -> UInt16 {
        var word: UInt16 = 0
        if plate.layout.bypass == .centralised { word |= 1 << 4 }
        if !plate.hasBypass { word |= 1 << 6 | 1 << 7 }
        return word
    }
}
