/// All that is known of one family of devices' registers: where each datum is, and which data make which alarm and state.
///
/// A map is a value; a further family is a further table, and no new code.
package struct DeviceMap: Sendable {
    /// `VU-MAP`, as the manual names it.
    package let name: String
    package let kind: DeviceKind
    /// What changes by itself, to be read at every poll.
    package let liveRanges: [RegisterRange]
    /// Identity and configuration, to be read at start and at least once a minute.
    package let configurationRanges: [RegisterRange]
    /// Every row of the tables, in the order of their addresses.
    package let points: [Point]
    /// The 62 alarms of the NET VISION MIB.
    package let wellKnownAlarms: [AlarmCondition]
    /// The 24 alarms of RFC 1628.
    package let rfc1628Alarms: [AlarmCondition]
    /// What feeds the load: the first rule that holds decides.
    package let outputSources: [Rule<OutputSource>]
    /// How the battery is: the first rule that holds decides; a battery of which no rule holds is normal.
    package let batteryStates: [Rule<BatteryStatus>]
    /// Reads the rating plate: identity, number of lines, decimals.
    package let plate: @Sendable (DeviceMap, RegisterFile) -> RatingPlate
    private let indexes: [PointCode: Int]
    /// For each row its variable on a one-line and on a multi-line device: names are built once, not at every poll.
    private let variables: [(oneLine: Variable?, multiLine: Variable?)]

    package struct Rule<Value: Sendable>: Sendable {
        package let value: Value
        package let expression: AlarmExpression

        package init(_ value: Value, when expression: AlarmExpression) {
            self.value = value
            self.expression = expression
        }
    }

    package init(
        name: String, kind: DeviceKind, liveRanges: [RegisterRange], configurationRanges: [RegisterRange], points: [Point],
        wellKnownAlarms: [AlarmCondition], rfc1628Alarms: [AlarmCondition], outputSources: [Rule<OutputSource>],
        batteryStates: [Rule<BatteryStatus>], plate: @escaping @Sendable (DeviceMap, RegisterFile) -> RatingPlate
    ) {
        self.name = name
        self.kind = kind
        self.liveRanges = liveRanges
        self.configurationRanges = configurationRanges
        self.points = points
        self.wellKnownAlarms = wellKnownAlarms
        self.rfc1628Alarms = rfc1628Alarms
        self.outputSources = outputSources
        self.batteryStates = batteryStates
        self.plate = plate
        indexes = Dictionary(points.indices.map { (points[$0].code, $0) }, uniquingKeysWith: { first, _ in first })
        variables = points.map { ($0.measurement?.variable(of: 1), $0.measurement?.variable(of: 3)) }
    }

    /// All blocks, each readable in one Modbus request: first what changes, then identity and configuration.
    package var readPlan: [RegisterRange] { liveRanges + configurationRanges }

    /// A file that has every register of the map, all unknown.
    package var emptyRegisters: RegisterFile { RegisterFile(readPlan) }

    /// The row of a code, or nil where the map has no such code.
    package subscript(code: PointCode) -> Point? { indexes[code].map { points[$0] } }

    /// The raw value of a code: a word as it is, a bit as 0 or 1; nil for an unknown code or word, and for texts.
    package func raw(_ code: PointCode, in registers: RegisterFile) -> UInt16? { self[code].flatMap { registers.raw($0) } }

    /// The readings of every measurement row that the device manages, under the names that its number of lines gives them.
    ///
    /// Where two rows feed one variable (a one-phase device's crest factor), the first that is managed counts.
    func measuredReadings(of registers: RegisterFile, plate: RatingPlate) -> [Variable: Double] {
        var readings: [Variable: Double] = [:]
        for (point, names) in zip(points, variables) {
            guard let measurement = point.measurement, let raw = registers.raw(point),
                let value = measurement.value(raw, isDecimal: plate.isDecimal)
            else { continue }
            let lines = measurement.line.map { plate.lines(of: $0.supply) } ?? 1
            guard lines >= measurement.line?.number ?? 1, let variable = lines > 1 ? names.multiLine : names.oneLine,
                readings[variable] == nil
            else { continue }
            readings[variable] = value
        }
        return readings
    }

    /// Whether the bit of `code` is known to be 1.
    package func isSet(_ code: PointCode, in registers: RegisterFile) -> Bool { raw(code, in: registers) == 1 }
}

/// What a device says of itself that does not change while it runs.
package struct RatingPlate: Sendable, Equatable {
    package var model: String?
    /// The family code of the map's own table (VU-MAP: T015).
    package var deviceCode: UInt16?
    package var serial: String?
    /// The vendor's order reference of the device.
    package var reference: String?
    /// Rated apparent power in VA.
    package var nominalPower: Double?
    /// Rated active power in W.
    package var nominalRealpower: Double?
    package var inputLines: Int
    package var outputLines: Int
    package var bypassLines: Int
    /// False for a converter, which has none.
    package var hasBattery: Bool
    /// Whether the words of ``Measurement/Scale/factored`` have one decimal.
    package var isDecimal: Bool

    package init(
        model: String? = nil, deviceCode: UInt16? = nil, serial: String? = nil, reference: String? = nil, nominalPower: Double? = nil,
        nominalRealpower: Double? = nil, inputLines: Int = 1, outputLines: Int = 1, bypassLines: Int = 1, hasBattery: Bool = true,
        isDecimal: Bool = false
    ) {
        self.model = model
        self.deviceCode = deviceCode
        self.serial = serial
        self.reference = reference
        self.nominalPower = nominalPower
        self.nominalRealpower = nominalRealpower
        self.inputLines = inputLines
        self.outputLines = outputLines
        self.bypassLines = bypassLines
        self.hasBattery = hasBattery
        self.isDecimal = isDecimal
    }

    package func lines(of supply: Measurement.Supply) -> Int {
        switch supply {
        case .input: inputLines
        case .bypass: bypassLines
        case .output: outputLines
        }
    }
}
