/// All that is known of one family of devices' registers: where each datum is, and which data make which alarm and state.
///
/// A map is a value; a further family is a case of ``Family`` and further tables.
package struct DeviceMap: Sendable {
    package let family: Family
    /// `VU-MAP`, as the manual names it.
    package var name: String { family.rawValue }
    package let kind: DeviceKind
    /// What changes by itself, to be read at every poll.
    package let liveRanges: [RegisterRange]
    /// Identity and configuration, to be read at start and at least once a minute.
    package let configurationRanges: [RegisterRange]
    /// Blocks that not every device of the family has: nothing depends on them, and an exception is an answer.
    package let optionalRanges: [RegisterRange]
    /// Every row of the tables, in the order of their addresses.
    package let points: [Point]
    /// The alarms of the family's MIB: 62 of NET VISION's, 9 of a transfer system's.
    package let wellKnownAlarms: [AlarmCondition]
    /// The 24 alarms of RFC 1628; none for a transfer system.
    package let rfc1628Alarms: [AlarmCondition]
    /// Which bits make which trap of the family's MIB, by the traps' numbers: a trap is sent when its expression becomes true.
    package let traps: [Int32: AlarmExpression]
    /// What feeds the load: the first rule that holds decides. Empty for a transfer system.
    package let outputSources: [Rule<OutputSource>]
    /// How the battery is: the first rule that holds decides; a battery of which no rule holds is normal. Empty for a transfer system.
    package let batteryStates: [Rule<BatteryStatus>]
    /// Status bits that are conditions like an alarm's, because the family has no alarm bit for them.
    package let alarmingStatus: Set<PointCode>
    /// Rows that stand in where a variable's own row is not managed.
    package let substitutes: [Substitute]
    /// Reads the rating plate: identity, number of lines, decimals.
    package let plate: @Sendable (DeviceMap, RegisterFile) -> RatingPlate
    /// Reads what a transfer system does; nil for a UPS.
    package let transfer: (@Sendable (DeviceMap, RegisterFile) -> TransferState)?
    /// The rows that are conditions while their bit is 1: managed alarms, and ``alarmingStatus``.
    let conditionPoints: [Point]
    private let indexes: [PointCode: Int]
    /// For each row its variable on a one-line and on a multi-line device: names are built once, not at every poll.
    private let variables: [(oneLine: Variable?, multiLine: Variable?)]

    /// The maps that there are.
    package enum Family: String, Sendable, CaseIterable {
        case vuMap = "VU-MAP"
        case jbusp = "JBUSP"
        case sts = "STS"
    }

    package struct Rule<Value: Sendable>: Sendable {
        package let value: Value
        package let expression: AlarmExpression

        package init(_ value: Value, when expression: AlarmExpression) {
            self.value = value
            self.expression = expression
        }
    }

    package struct Substitute: Sendable {
        package let variable: Variable
        package let code: PointCode

        package init(_ variable: Variable, from code: PointCode) {
            self.variable = variable
            self.code = code
        }
    }

    package init(
        family: Family, kind: DeviceKind, liveRanges: [RegisterRange], configurationRanges: [RegisterRange],
        optionalRanges: [RegisterRange] = [], points: [Point], wellKnownAlarms: [AlarmCondition], rfc1628Alarms: [AlarmCondition] = [],
        traps: [Int32: AlarmExpression], outputSources: [Rule<OutputSource>] = [], batteryStates: [Rule<BatteryStatus>] = [],
        alarmingStatus: Set<PointCode> = [], substitutes: [Substitute] = [],
        plate: @escaping @Sendable (DeviceMap, RegisterFile) -> RatingPlate,
        transfer: (@Sendable (DeviceMap, RegisterFile) -> TransferState)? = nil
    ) {
        self.family = family
        self.kind = kind
        self.liveRanges = liveRanges
        self.configurationRanges = configurationRanges
        self.optionalRanges = optionalRanges
        self.points = points
        self.wellKnownAlarms = wellKnownAlarms
        self.rfc1628Alarms = rfc1628Alarms
        self.traps = traps
        self.outputSources = outputSources
        self.batteryStates = batteryStates
        self.alarmingStatus = alarmingStatus
        self.substitutes = substitutes
        self.plate = plate
        self.transfer = transfer
        conditionPoints = points.filter { $0.level != nil && ($0.isAlarm || alarmingStatus.contains($0.code)) }
        indexes = Dictionary(points.indices.map { (points[$0].code, $0) }, uniquingKeysWith: { first, _ in first })
        variables = points.map { ($0.measurement?.variable(of: 1), $0.measurement?.variable(of: 3)) }
    }
}

extension DeviceMap {
    /// Every map, in the order in which a card looks for them.
    package static let all: [DeviceMap] = [.vuMap, .jbusp, .sts]

    /// The map called `name` (`VU-MAP`, `JBUSP`, `STS`, upper or lower case), or nil.
    package static func named(_ name: String) -> DeviceMap? { all.first { $0.name.lowercased() == name.lowercased() } }

    /// The blocks that every device of the family has, each readable in one Modbus request: first what changes, then identity and
    /// configuration.
    package var readPlan: [RegisterRange] { liveRanges + configurationRanges }

    /// A file that has every register of the map, all unknown.
    package var emptyRegisters: RegisterFile { RegisterFile(readPlan + optionalRanges) }

    /// The row of a code, or nil where the map has no such code.
    package subscript(code: PointCode) -> Point? { indexes[code].map { points[$0] } }

    /// The raw value of a code: a word as it is, a bit as 0 or 1; nil for an unknown code or word, and for texts.
    package func raw(_ code: PointCode, in registers: RegisterFile) -> UInt16? { self[code].flatMap { registers.raw($0) } }

    /// The characters of a text's code; nil where there are none.
    package func text(_ code: PointCode, in registers: RegisterFile) -> String? { self[code].flatMap { registers.text($0) } }

    /// Whether the bit of `code` is known to be 1.
    package func isSet(_ code: PointCode, in registers: RegisterFile) -> Bool { raw(code, in: registers) == 1 }

    /// The value of an expression over the bits in `registers`: nil where too little is known to tell.
    package func value(of expression: AlarmExpression, in registers: RegisterFile) -> Bool? {
        expression.value { raw($0, in: registers).map { $0 == 1 } }
    }

    /// Whether an expression is known to be true.
    package func holds(_ expression: AlarmExpression, in registers: RegisterFile) -> Bool {
        value(of: expression, in: registers) == true
    }
}

extension DeviceMap {
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
        for substitute in substitutes where readings[substitute.variable] == nil {
            guard let measurement = self[substitute.code]?.measurement, let raw = raw(substitute.code, in: registers) else { continue }
            readings[substitute.variable] = measurement.value(raw, isDecimal: plate.isDecimal)
        }
        return readings
    }

    /// What the device is rated for, of every rating row that it manages; 0 tells nothing.
    func ratings(of registers: RegisterFile, isDecimal: Bool) -> [Variable: Double] {
        var ratings: [Variable: Double] = [:]
        for point in points {
            guard let rating = point.rating, let variable = rating.variable?.variable(), let raw = registers.raw(point), raw != 0,
                let value = rating.value(raw, isDecimal: isDecimal)
            else { continue }
            ratings[variable] = value
        }
        return ratings
    }
}
