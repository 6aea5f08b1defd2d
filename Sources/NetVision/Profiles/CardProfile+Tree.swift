import PowerDevice
import SNMP

extension CardProfile {
    /// The profile as a document that reads as the same profile: an owner's file begins as a copy of it.
    package var tree: ProfileTree {
        var entries: [ProfileTree.Entry] = [.init("profile", .text(name)), .init("title", .text(title))]
        entries += [.init("generation", .text(generation.rawValue)), .init("kind", .text(kind.rawValue))]
        if let match { entries.append(.init("match", match.tree)) }
        let fields = IdentityRow.Field.allCases.compactMap { field -> ProfileTree.Entry? in
            let objects = identity.filter { $0.field == field }.map { ProfileTree.text($0.object.description) }
            return objects.isEmpty ? nil : .init(field.rawValue, .list(objects))
        }
        if !fields.isEmpty { entries.append(.init("identity", .map(fields))) }
        if groups.count == 1, let group = groups.first {
            entries += group.entries
        } else if !groups.isEmpty {
            entries.append(.init("groups", .list(groups.map { .map([.init("name", .text($0.name))] + $0.entries) })))
        }
        if let registers { entries.append(.init("modbus", registers.tree)) }
        return .map(entries)
    }

    package var yaml: String { tree.yaml }
}

extension ProfileMatch {
    fileprivate var tree: ProfileTree {
        let rows: [(String, String?)] = [
            ("objectID", objectID?.description), ("description", description?.source), ("agent", agent?.source),
        ]
        return .map(rows.compactMap { key, text in text.map { .init(key, .text($0)) } })
    }
}

extension ProfileGroup {
    fileprivate var entries: [ProfileTree.Entry] {
        var entries: [ProfileTree.Entry] = []
        let counts = LineGroup.allCases.compactMap { lines -> ProfileTree.Entry? in
            let objects = lineCounts.filter { $0.lines == lines }.map { ProfileTree.text($0.object.description) }
            return objects.isEmpty ? nil : .init(lines.rawValue, .list(objects))
        }
        if !counts.isEmpty { entries.append(.init("lines", .map(counts))) }
        if let outputSource {
            entries.append(.init("outputSource", .state(outputSource.object, outputSource.values.mapValues(\.rawValue))))
        }
        if let state = batteryStatus { entries.append(.init("batteryStatus", .state(state.object, state.values.mapValues(\.rawValue)))) }
        if !transfer.isEmpty {
            entries.append(.init("transfer", .map(transfer.map { .init($0.part.rawValue, .state($0.object, $0.values)) })))
        }
        if let alarmTree { entries.append(.init("alarms", alarmTree)) }
        if !points.isEmpty { entries.append(.init("points", .list(points.map(\.tree)))) }
        return entries
    }

    private var alarmTree: ProfileTree? {
        var entries: [ProfileTree.Entry] = []
        if let alarmCount { entries.append(.init("count", .text(alarmCount.description))) }
        if let alarmTable { entries.append(.init("table", .text(alarmTable.description))) }
        if !alarms.isEmpty { entries.append(.init("flags", .list(alarms.map(\.tree)))) }
        return entries.isEmpty ? nil : .map(entries)
    }
}

extension ProfileTree {
    fileprivate static func state(_ object: OID, _ values: [Int: String]) -> ProfileTree {
        .map([.init("object", .text(object.description)), .init("values", .values(values))])
    }

    fileprivate static func values(_ values: [Int: String]) -> ProfileTree {
        .map(values.sorted { $0.key < $1.key }.map { .init(String($0.key), .text($0.value)) })
    }
}

extension ProfileAlarm {
    fileprivate var tree: ProfileTree {
        var entries: [ProfileTree.Entry] = [.init("object", .text(object.description))]
        switch test {
        case .equals(1): break
        case .equals(let value): entries.append(.init("value", .number(value)))
        case .anyBit(let mask): entries.append(.init("mask", .number(mask)))
        }
        return .map(entries + alarm.entries)
    }
}

extension Alarm {
    fileprivate var entries: [ProfileTree.Entry] {
        [.init("alarm", .text(name)), .init("title", .text(title)), .init("severity", .text(severity.rawValue))]
    }
}

extension ProfilePoint {
    fileprivate var tree: ProfileTree {
        var entries: [ProfileTree.Entry] = [.init("variable", .text(variable.pattern))]
        entries.append(.init(lines == nil ? "object" : "column", .text(object.description)))
        if let lines { entries.append(.init("lines", .text(lines.rawValue))) }
        return .map(entries + reading.entries(of: variable, defaultMarks: ReadingRule.marks) + [.init("poll", .text(poll.rawValue))])
    }
}

extension ReadingRule {
    fileprivate func entries(of variable: VariableTemplate, defaultMarks: Set<Int>) -> [ProfileTree.Entry] {
        var entries: [ProfileTree.Entry] = [
            .init("scale", .text(scale.word)), .init("unit", .text(variable.variable().unit.rawValue)),
        ]
        if isSigned { entries.append(.init("signed", .truth(true))) }
        if absent != defaultMarks { entries.append(.init("absent", .list(absent.sorted().map { .number($0) }))) }
        if plausible != PlausibleRange(of: variable) {
            entries.append(.init("range", .list([.decimal(plausible.lowest), .decimal(plausible.highest)])))
        }
        return entries
    }
}

extension RegisterProfile {
    fileprivate var tree: ProfileTree {
        var entries: [ProfileTree.Entry] = []
        if let map { entries.append(.init("map", .text(map.name))) }
        if let state = outputSource { entries.append(.init("outputSource", Self.state(state.address, state.values.mapValues(\.rawValue)))) }
        if let state = batteryStatus {
            entries.append(.init("batteryStatus", Self.state(state.address, state.values.mapValues(\.rawValue))))
        }
        if !texts.isEmpty { entries.append(.init("identity", .map(texts.map(\.entry)))) }
        if !alarms.isEmpty { entries.append(.init("alarms", .list(alarms.map(\.tree)))) }
        if !points.isEmpty { entries.append(.init("points", .list(points.map(\.tree)))) }
        return .map(entries)
    }

    private static func state(_ address: UInt16, _ values: [Int: String]) -> ProfileTree {
        .map([.init("register", .number(Int(address))), .init("values", .values(values))])
    }
}

extension RegisterText {
    fileprivate var entry: ProfileTree.Entry {
        .init(field.rawValue, .map([.init("register", .number(Int(address))), .init("count", .number(count))]))
    }
}

extension RegisterAlarm {
    fileprivate var tree: ProfileTree {
        .map([.init("register", .number(Int(address))), .init("bit", .number(bit))] + alarm.entries)
    }
}

extension RegisterPoint {
    fileprivate var tree: ProfileTree {
        var entries: [ProfileTree.Entry] = [
            .init("variable", .text(variable.pattern)), .init("register", .number(Int(address))), .init("type", .text(number.rawValue)),
        ]
        if let bit { entries.append(.init("bit", .number(bit))) }
        if let lines { entries.append(.init("lines", .text(lines.rawValue))) }
        if let line { entries.append(.init("line", .number(line))) }
        if isFactored { entries.append(.init("decimals", .text("device"))) }
        return .map(entries + reading.entries(of: variable, defaultMarks: Self.marks(of: number)) + [.init("poll", .text(poll.rawValue))])
    }

    /// What a register answers for "not managed", unless the row says otherwise.
    static func marks(of number: Number) -> Set<Int> { number.isSigned ? [-1, -2] : [65534, 65535] }
}

extension MIBScale {
    private static let words: [(String, MIBScale)] = [
        ("whole", .whole), ("tenths", .tenths), ("hundredths", .hundredths), ("thousandths", MIBScale(numerator: 1, denominator: 1000)),
        ("tens", MIBScale(numerator: 10)), ("hundreds", .hundreds), ("thousands", .thousands), ("minutes", .minutes),
        ("hours", MIBScale(numerator: 3600)),
    ]

    /// The scale of a multiplier and a divisor, of which one divides the other.
    init(reducing multiplier: Int, to divisor: Int) {
        let isWhole = multiplier % divisor == 0
        let text = isWhole ? "\(multiplier / divisor)" : "1/\(divisor / multiplier)"
        let plain = MIBScale(numerator: isWhole ? multiplier / divisor : 1, denominator: isWhole ? 1 : divisor / multiplier)
        self =
            Self.words.first { $0.1.numerator == plain.numerator && $0.1.denominator == plain.denominator }?.1 ?? MIBScale(word: text)
            ?? plain
    }

    /// The words that scales have.
    static let allWords = words.map(\.0)

    /// `tenths`, else the fraction: `1/4`.
    var word: String {
        Self.words.first { $0.1.numerator == numerator && $0.1.denominator == denominator }?.0 ?? "\(numerator)/\(denominator)"
    }

    /// Takes a word, a whole number or a fraction of whole numbers up to a million; nil for anything else.
    init?(word text: String) {
        if let scale = Self.words.first(where: { $0.0 == text })?.1 {
            self = scale
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let numerator = Int(parts[0]), let denominator = parts.count == 2 ? Int(parts[1]) : 1,
            1...1_000_000 ~= numerator.magnitude, 1...1_000_000 ~= denominator
        else { return nil }
        self.init(numerator: numerator, denominator: denominator)
    }
}
