import PowerDevice
import SNMP

extension ProfileGroup {
    static let keys = ["absent", "lines", "outputSource", "batteryStatus", "transfer", "alarms", "points"]

    var isEmpty: Bool { objects.isEmpty }

    /// An entry of `groups`.
    init(_ field: ProfileField) throws(ProfileProblem) {
        let section = try field.section(["name"] + Self.keys)
        try self.init(section, name: try section["name"]?.text() ?? field.path, isAdditional: false)
    }

    init(_ section: ProfileSection, name: String, isAdditional: Bool) throws(ProfileProblem) {
        self.init(name: name, isAdditional: isAdditional)
        let absent = try section["absent"]?.numbers() ?? ReadingRule.marks
        if let field = section["lines"] { lineCounts = try Self.lineCounts(field) }
        outputSource = try section["outputSource"].map { field throws(ProfileProblem) in
            try StateObject(field) { value throws(ProfileProblem) in try value.word(of: OutputSource.self) }
        }
        batteryStatus = try section["batteryStatus"].map { field throws(ProfileProblem) in
            try StateObject(field) { value throws(ProfileProblem) in try value.word(of: BatteryStatus.self) }
        }
        if let field = section["transfer"] { transfer = try Self.transferRows(field) }
        if let field = section["alarms"] { try readAlarms(field) }
        points = try section["points"]?.list().map { field throws(ProfileProblem) in try ProfilePoint(field, absent: absent) } ?? []
    }

    private static func lineCounts(_ field: ProfileField) throws(ProfileProblem) -> [LineCount] {
        let section = try field.section(LineGroup.allCases.map(\.rawValue))
        var counts: [LineCount] = []
        for lines in LineGroup.allCases {
            for object in try section[lines.rawValue]?.oneOrMore() ?? [] {
                counts.append(LineCount(lines: lines, object: try object.object()))
            }
        }
        return counts
    }

    private static func transferRows(_ field: ProfileField) throws(ProfileProblem) -> [TransferRow] {
        let section = try field.section(TransferPart.allCases.map(\.rawValue))
        var rows: [TransferRow] = []
        for part in TransferPart.allCases {
            guard let field = section[part.rawValue] else { continue }
            let row = try field.section(["object", "values"])
            let values = try row.required("values").values { value throws(ProfileProblem) in
                let word = try value.text()
                guard part.words.contains(word) else {
                    throw value.problem("\"\(word)\" is not known; there are \(part.words.joined(separator: ", "))")
                }
                return word
            }
            rows.append(TransferRow(part: part, object: try row.required("object").object(), values: values))
        }
        return rows
    }

    private mutating func readAlarms(_ field: ProfileField) throws(ProfileProblem) {
        let section = try field.section(["count", "table", "flags"])
        alarmCount = try section["count"]?.object()
        alarmTable = try section["table"]?.object()
        alarms = try section["flags"]?.list().map { field throws(ProfileProblem) in try ProfileAlarm(field) } ?? []
    }
}

extension ProfileGroup.StateObject {
    init(_ field: ProfileField, _ word: (ProfileField) throws(ProfileProblem) -> Value) throws(ProfileProblem) {
        let section = try field.section(["object", "values"])
        self.init(object: try section.required("object").object(), values: try section.required("values").values(word))
    }
}

extension ProfileField {
    func numbers() throws(ProfileProblem) -> Set<Int> {
        var numbers: Set<Int> = []
        for field in try list() { numbers.insert(try field.number(-2_147_483_648...4_294_967_295)) }
        return numbers
    }
}

extension ProfileAlarm {
    init(_ field: ProfileField) throws(ProfileProblem) {
        let section = try field.section(["object", "value", "bit", "mask"] + Alarm.keys)
        let given = ["value", "bit", "mask"].filter { section[$0] != nil }
        guard given.count <= 1 else { throw field.problem("\(given.joined(separator: " and ")): an alarm has one of them") }
        var test = Test.equals(1)
        if let value = section["value"] { test = .equals(try value.number(-2_147_483_648...4_294_967_295)) }
        if let bit = section["bit"] { test = .anyBit(1 << (try bit.number(0...31))) }
        if let mask = section["mask"] { test = .anyBit(try mask.number(1...4_294_967_295)) }
        self.init(object: try section.required("object").object(), test: test, alarm: try Alarm(section))
    }
}

extension Alarm {
    static let keys = ["alarm", "title", "severity"]

    /// The alarms that need no title of their own.
    private static let known: [String: Alarm] = Dictionary(
        (Alarm.wellKnown + Alarm.stsWellKnown + Alarm.rfc1628 + MIBModule.netVision6.alarms).map { ($0.name, $0) }
    ) { first, _ in first }

    /// An alarm of the fleet's vocabulary by its name, or one of an owner's with title and severity.
    init(_ section: ProfileSection) throws(ProfileProblem) {
        let name = try section.required("alarm").text()
        let known = Self.known[name]
        let title = try section["title"]?.text()
        let severity = try section["severity"]?.word(of: Severity.self)
        guard let title = title ?? known?.title, let severity = severity ?? known?.severity else {
            throw try section.required("alarm").problem("\"\(name)\" is no alarm that the fleet knows; give it a title and a severity")
        }
        guard (1...64).contains(name.utf8.count) else { throw try section.required("alarm").problem("must have 1 to 64 characters") }
        self.init(name, title, severity)
    }
}

extension ProfilePoint {
    init(_ field: ProfileField, absent: Set<Int>) throws(ProfileProblem) {
        let section = try field.section(["object", "column", "lines"] + ReadingRule.keys)
        let variable = try VariableTemplate(section)
        guard (section["object"] == nil) != (section["column"] == nil) else {
            throw field.problem("must have object (with the instance, .0 as a rule), or column and lines")
        }
        let poll = try section["poll"]?.word(of: CardProfile.PollClass.self) ?? variable.usualPoll
        let reading = try ReadingRule(section, variable, absent: absent)
        guard let column = section["column"] else {
            if variable.hasLine { throw try section.required("variable").problem("has a place for a line; that takes column and lines") }
            if let lines = section["lines"] { throw lines.problem("goes with column") }
            self.init(variable, try section.required("object").object(), reading: reading, poll: poll)
            return
        }
        self.init(
            variable, try column.object(), lines: try section.required("lines").word(of: LineGroup.self), reading: reading, poll: poll)
    }
}

extension ReadingRule {
    static let keys = ["variable", "scale", "unit", "signed", "absent", "range", "poll"]

    init(_ section: ProfileSection, _ variable: VariableTemplate, absent: Set<Int>, isSigned: Bool = false) throws(ProfileProblem) {
        var scale = MIBScale.whole
        if let field = section["scale"] {
            let word = try field.text()
            guard let known = MIBScale(word: word) else {
                throw field.problem(
                    "\"\(word)\" is no scale; there are \(MIBScale.allWords.joined(separator: ", ")), and fractions such as 1/4")
            }
            scale = known
        }
        var plausible = PlausibleRange(of: variable)
        if let field = section["range"] {
            let bounds = try field.list().map { bound throws(ProfileProblem) in try bound.decimal() }
            guard bounds.count == 2, bounds[0] <= bounds[1] else {
                throw field.problem("must be the lowest and the highest value, [0, 60]")
            }
            plausible = PlausibleRange(bounds[0]...bounds[1])
        }
        self.init(
            scale: scale, absent: try section["absent"]?.numbers() ?? absent, isSigned: try section["signed"]?.truth() ?? isSigned,
            plausible: plausible)
    }
}

extension VariableTemplate {
    /// The variables that built-in profiles have, with and without a place for the line.
    private static let known: Set<String> = {
        let points = CardProfile.builtIn.flatMap { profile in
            profile.groups.flatMap { $0.points.map(\.variable) } + (profile.registers?.points.map(\.variable) ?? [])
        }
        return Set(points.map(\.pattern) + points.map { $0.variable().rawValue })
    }()

    /// The last parts of names that tell a unit.
    private static let quantities =
        "voltage (V), current (A), frequency (Hz), temperature (°C), power (VA), realpower (W), charge, load, percent, humidity (%), "
        + "capacity (Ah), runtime (s), shift (°), powerfactor, crestfactor"

    /// A known variable, or a new one whose name tells its unit.
    init(_ section: ProfileSection) throws(ProfileProblem) {
        let field = try section.required("variable")
        self.init(try field.text())
        guard isWellFormed else {
            throw field.problem("\"\(pattern)\" must be words with dots, such as battery.voltage or output.{L-N}.voltage")
        }
        let unit = variable().unit
        if let given = section["unit"] {
            let word = try given.text()
            guard word == unit.rawValue || word == "C" && unit == .celsius else {
                throw given.problem(
                    Self.known.contains(pattern) || unit != .none
                        ? "\"\(word)\" is wrong: the values of \(pattern) are in \"\(unit.rawValue)\", and the scale leads there"
                        : "\"\(word)\" is wrong: the name \(pattern) tells no unit. Names that do end in \(Self.quantities)")
            }
        } else if !Self.known.contains(pattern) {
            throw field.problem("\"\(pattern)\" is new to the fleet; say its unit: \"\(unit.rawValue)\" as its name tells it")
        }
    }

    private var isWellFormed: Bool {
        let parts = pattern.split(separator: ".", omittingEmptySubsequences: false)
        let places = parts.filter { $0.hasPrefix("{") }
        return (1...64).contains(pattern.utf8.count) && parts.count >= 2 && places.count <= 1
            && places.allSatisfy { ["{L}", "{L-N}", "{L-L}"].contains($0) }
            && parts.filter { !$0.hasPrefix("{") }.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy {
                        $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A || $0 == 0x2D
                    }
            }
    }

    /// The variables of the card list are asked with the status.
    var usualPoll: CardProfile.PollClass {
        ReadPlan.statusVariables.contains(variable()) || pattern == "output.{L}.power.percent" ? .status : .full
    }
}
