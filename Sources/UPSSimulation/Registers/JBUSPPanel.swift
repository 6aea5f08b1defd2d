import PowerDevice

/// The registers of a simulated UPS: what its control board would answer on JBUSP.
///
/// A datum that the model's range does not have is 0 where it is a bit, and 0xFFFF where it is a measurement.
struct JBUSPPanel: Sendable {
    /// What a word measures, in the unit of its variable.
    private struct Gauge: Sendable {
        let number: Int
        let value: @Sendable (Readout) -> Double?

        init(_ number: Int, _ value: @escaping @Sendable (Readout) -> Double?) {
            self.number = number
            self.value = value
        }
    }

    private let model: UPSModel
    private let gauges: [Gauge]
    private let status: [(Int, Readout.Flag)]
    private let alarms: [(Int, Readout.Flag)]

    init(_ model: UPSModel) {
        let column = DeviceRange.jbusp(model.deviceCode)?.column
        self.model = model
        gauges = Self.gauges(of: model).filter { Self.has(JBUSP.measurements[$0.number], column) }
        status = Self.status.filter { Self.has(JBUSP.status[$0.0], column) }
        alarms = Self.alarms.filter { Self.has(JBUSP.alarms[$0.0], column) }
    }

    private static func has(_ row: Point, _ column: JBUSP.Column?) -> Bool { column.flatMap { row.presence[$0] } != .absent }

    /// The words that change by themselves.
    func writeLive(_ readout: Readout, to registers: inout RegisterFile) {
        var status = Self.words(status, readout, count: 6)
        var alarms = Self.words(alarms, readout, count: 4)
        if readout.has(.parallel) {
            for (index, part) in readout.parts.prefix(6).enumerated() {
                if part.isPresent { status[2] |= 1 << UInt16(index) }
                if part.hasGeneralAlarm { alarms[2] |= 1 << UInt16(index) }
            }
        }
        registers.store(status, at: JBUSP.statusAddress)
        registers.store(alarms, at: JBUSP.alarmAddress)
        var words = [UInt16](repeating: Measurement.notManaged, count: JBUSP.measurements.count)
        for gauge in gauges {
            guard let measurement = JBUSP.measurements[gauge.number].measurement else { continue }
            words[gauge.number] = measurement.raw(gauge.value(readout), isDecimal: true)
        }
        registers.store(words, at: JBUSP.measurementAddress)
    }

    private static func words(_ bits: [(Int, Readout.Flag)], _ readout: Readout, count: Int) -> [UInt16] {
        var words = [UInt16](repeating: 0, count: count)
        for (number, flag) in bits where readout.has(flag) { words[number / 16] |= 1 << UInt16(number % 16) }
        return words
    }

    /// Identification (I00–I11 with the serial number) and configuration (T00–T31).
    func writePlate(_ plate: Nameplate, to registers: inout RegisterFile) {
        registers.store([Self.type(plate), JBUSP.nominalPower.raw(plate.power, isDecimal: true), Self.modules(plate)], at: 0x1000)
        registers.store(Array(repeating: 0, count: 9), at: 0x1003)
        for point in JBUSP.texts { registers.setText(plate.unit.serial, of: point) }
        var words = [UInt16](repeating: 0, count: 32)
        words[0] = 230
        words[1] = 230
        words[2] = 50
        words[3] = plate.layout.isConverter ? 60 : 50
        words[4] = 100
        words[8] = UInt16(clamping: Int(plate.layout.hasBattery ? plate.layout.unitModel.battery.capacity * 10 : 0))
        words[10] = UInt16(model.plugs)
        registers.store(words, at: JBUSP.configurationAddress)
    }

    /// I02: power modules inside; of a system all of them, or its units.
    private static func modules(_ plate: Nameplate) -> UInt16 {
        UInt16(plate.role == .system ? plate.layout.units * plate.layout.modules : plate.layout.modules)
    }

    /// What 0x1000 answers: the range's type of a unit, of a system or of a module.
    private static func type(_ plate: Nameplate) -> UInt16 {
        guard case .jbusp(let types) = plate.layout.model.family else { return 0 }
        if plate.role == .system { return (plate.layout.bypass == .centralised ? types.centralised : types.system) ?? types.unit }
        return plate.layout.hasNoBypass ? types.module ?? types.unit : types.unit
    }
}

extension JBUSPPanel {
    /// S05 is "on battery"; in eco mode S04 and S07 are both 1.
    static let status: [(Int, Readout.Flag)] = [
        (0, .inputPresent), (1, .inverterOn), (2, .rectifierOn), (3, .inverterFeeds), (4, .bypassFeeds), (5, .onBattery),
        (6, .remoteControlDisabled), (7, .eco), (8, .standby), (9, .buzzer), (10, .batteryTesting), (11, .batteryTestScheduled),
        (12, .batteryTestWaiting), (13, .batteryTestSupported), (14, .batteryTestFailed), (15, .batteryLow), (16, .batteryDischarged),
        (17, .batteryOK), (23, .synchronised), (26, .bypassPresent), (27, .batteryCharging), (28, .bypassFrequencyBad),
        (29, .standbySchedule), (30, .parallel), (42, .permissionTable), (43, .plugs), (46, .gensetRunning),
    ]

    static let alarms: [(Int, Readout.Flag)] = [
        (0, .generalAlarm), (1, .batteryAlarm), (2, .overload), (5, .inputBad), (6, .bypassBad), (7, .ambientHot),
        (8, .maintenanceBypassClosed), (18, .overloadStop), (22, .inputBad), (25, .inverterHot), (30, .overloadStop), (31, .imminentStop),
        (43, .redundancyLost), (46, .transferImpossible), (48, .maintenanceBypassAlarm), (49, .batteryDischarged),
        (50, .insufficientResources), (54, .inverterFault), (56, .gensetAlarm), (59, .batteryDisconnected), (61, .rotation),
    ]

    /// What each word measures. Lines 2 and 3 exist where the model has them.
    private static func gauges(of model: UPSModel) -> [Gauge] {
        let strings = Double(max(model.battery.strings, 1))
        let common: [Gauge] = [
            Gauge(3) { $0.load },
            Gauge(4) { $0.battery?.charge },
            Gauge(5) { $0.battery?.capacity },
            Gauge(18) { $0.bypassFrequency },
            Gauge(19) { $0.outputFrequency },
            Gauge(20) { $0.battery.map { $0.voltage / strings } },
            Gauge(22) { $0.ambient },
            // Absent while the mains feed the load: by that NUT's driver tells one from the other.
            Gauge(23) { $0.battery.flatMap { $0.secondsOnBattery > 0 ? VUMapPanel.wholeMinutes($0.runtime) : nil } },
            Gauge(24) { $0.battery?.current },
            Gauge(36) { $0.realpower },
            Gauge(43) { $0.inputFrequency },
        ]
        let second: [Gauge] = strings > 1 ? [Gauge(21) { $0.battery.map { $0.voltage / strings } }] : []
        return common + second + (0..<model.outputLines).flatMap { outputGauges($0) } + (0..<model.inputLines).flatMap { inputGauges($0) }
    }

    private static func outputGauges(_ line: Int) -> [Gauge] {
        [
            Gauge(line) { $0.output[line].load },
            Gauge(6 + line) { $0.bypass.at(line)?.voltage },
            Gauge(9 + line) { $0.output[line].voltage },
            Gauge(15 + line) { $0.output[line].current },
            Gauge(37 + line) { $0.output[line].power },
        ]
    }

    /// M40–M42 have no printed unit: whole kW.
    private static func inputGauges(_ line: Int) -> [Gauge] {
        [
            Gauge(12 + line) { $0.input[line].current },
            Gauge(33 + line) { $0.input[line].voltage },
            Gauge(40 + line) { $0.input[line].realpower / 1000 },
        ]
    }
}
