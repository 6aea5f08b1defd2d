import PowerDevice

/// The registers of a simulated UPS: what its control board would answer on VU-MAP.
struct VUMapPanel: Sendable {
    /// When a status or alarm bit is 1.
    struct Bit: Sendable {
        let number: Int
        let isSet: @Sendable (UPSPhysics) -> Bool

        init(_ number: Int, _ isSet: @escaping @Sendable (UPSPhysics) -> Bool) {
            self.number = number
            self.isSet = isSet
        }
    }

    /// What a measurement is, in the unit of its variable, and which models have it.
    struct Gauge: Sendable {
        let number: Int
        let needs: UPSModel.Instruments
        let value: @Sendable (UPSPhysics) -> Double

        init(_ number: Int, needs: UPSModel.Instruments = [], _ value: @escaping @Sendable (UPSPhysics) -> Double) {
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
    func writeLive(_ physics: UPSPhysics, to registers: inout RegisterFile) {
        registers.store(Self.words(Self.status, physics), at: VUMap.statusAddress)
        registers.store(Self.words(Self.alarms, physics), at: VUMap.alarmAddress)
        var words = [UInt16](repeating: Measurement.notManaged, count: VUMap.measurements.count)
        for gauge in gauges {
            guard let measurement = VUMap.measurements[gauge.number].measurement else { continue }
            words[gauge.number] = measurement.raw(gauge.value(physics), isDecimal: model.isDecimal)
        }
        registers.store(words, at: VUMap.measurementAddress)
    }

    private static func words(_ bits: [Bit], _ physics: UPSPhysics) -> [UInt16] {
        var words = [UInt16](repeating: 0, count: 8)
        for bit in bits where bit.isSet(physics) { words[bit.number / 16] |= 1 << UInt16(bit.number % 16) }
        return words
    }

    /// The rating plate: T001–T015, R000, R001.
    func writePlate(of unit: UPSUnit, to registers: inout RegisterFile) {
        let isModular = model.modules > 1
        let present = UInt16(truncatingIfNeeded: (1 << model.modules) - 1)
        registers.store(
            [
                isModular ? 0x0801 : 0x0101,
                UInt16(model.modules),
                present,
                1,
                VUMap.nominalPower.raw(model.power, isDecimal: model.isDecimal),
                VUMap.nominalRealpower.raw(model.realpower, isDecimal: model.isDecimal),
                UInt16(model.inputLines) << 8 | UInt16(model.outputLines),
                0b1,  // T008: eco mode enabled
                0,
                0b1,  // T010: battery present
                Measurement.notManaged,
                Measurement.notManaged,
                Measurement.notManaged,
                model.isDecimal ? 1 : 0,
                model.deviceCode,
            ], at: VUMap.configurationAddress)
        for (point, text) in zip(VUMap.texts, [unit.serial, unit.reference]) { registers.setText(text, of: point) }
    }
}
