import PowerDevice

/// A value that is written as YAML or as JSON.
private indirect enum RuleValue {
    case text(String)
    case number(Double)
    case truth(Bool)
    case list([RuleValue])
    case map([(key: String, value: RuleValue)])

    /// In one line, which is JSON: a reader of YAML takes that too.
    var json: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): RuleThreshold.word(number)
        case .truth(let truth): truth ? "true" : "false"
        case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
        case .map(let entries): "{" + entries.map { "\(Self.quoted($0.key)): \($0.value.json)" }.joined(separator: ", ") + "}"
        }
    }

    /// In one line of YAML, with quotes only where they are needed.
    var flow: String {
        switch self {
        case .text(let text): Self.word(text)
        case .number(let number): RuleThreshold.word(number)
        case .truth(let truth): truth ? "true" : "false"
        case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
        case .map(let entries): "{" + entries.map { "\(Self.word($0.key)): \($0.value.flow)" }.joined(separator: ", ") + "}"
        }
    }

    /// Plain where no reader could take it for anything else.
    private static func word(_ text: String) -> String {
        let isPlain =
            text.utf8.first.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A } ?? false
            && text.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || "._-".utf8.contains($0) }
        let isReserved = ["yes", "no", "true", "false", "on", "off", "null", "y", "n"].contains(text.lowercased())
        return isPlain && !isReserved || RuleDuration(text) != nil ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: quoted += "\\\""
            case 0x5C: quoted += "\\\\"
            // What YAML does not let stand, or takes for the end of a line.
            case 0..<0x20, 0x7F...0xA0, 0x2028...0x2029, 0xFEFF, 0xFFFE...0xFFFF:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension AlarmRule {
    /// All rules as a text that can be read again.
    package static func yaml(_ rules: [AlarmRule]) -> String {
        var text = "nvfleetRules: \(RuleDocument.version)\n"
        guard !rules.isEmpty else { return text + "rules: []\n" }
        text += "rules:\n"
        for rule in rules {
            for (index, entry) in rule.entries.enumerated() {
                text += "\(index == 0 ? "  - " : "    ")\(entry.key): \(entry.value.flow)\n"
            }
        }
        return text
    }

    /// The rule in one line of JSON; what is as it is by default is left out.
    package var json: String { RuleValue.map(entries).json }

    private var entries: [(key: String, value: RuleValue)] {
        var entries: [(key: String, value: RuleValue)] = [("name", .text(name))]
        if !isEnabled { entries.append(("enabled", .truth(false))) }
        entries.append(("severity", .text(severity.rawValue)))
        if let title { entries.append(("title", .text(title))) }
        let scope = scope.entries
        if !scope.isEmpty { entries.append(("scope", .map(scope))) }
        entries.append(condition.entry)
        return entries
    }
}

extension RuleScope {
    /// Its lists that are not empty, as a JSON object.
    package var json: String { RuleValue.map(entries).json }

    fileprivate var entries: [(key: String, value: RuleValue)] {
        let lists = [
            ("sites", sites), ("tags", tags), ("cards", cards), ("models", models), ("generations", generations),
            ("kinds", kinds.map(\.rawValue)),
        ]
        return lists.filter { !$0.1.isEmpty }.map { ($0.0, .list($0.1.map(RuleValue.text))) }
    }
}

extension RuleCondition {
    /// Its kind, and the condition as a JSON object.
    package var json: (kind: String, text: String) { (entry.key, entry.value.json) }

    fileprivate var entry: (key: String, value: RuleValue) {
        switch self {
        case .threshold(let threshold): ("threshold", .map(threshold.entries))
        case .noData(let variable, let duration):
            ("noData", .map((variable.map { [("variable", .text($0.rawValue))] } ?? []) + [("for", .text(duration.description))]))
        case .firmware(let policy): ("firmware", .map(policy.entries))
        case .clockSkew(let seconds): ("clockSkew", .map([("seconds", .number(seconds))]))
        case .batteryTest(let failed, let olderThan):
            (
                "batteryTest",
                .map((failed ? [("failed", .truth(true))] : []) + (olderThan.map { [("olderThan", .text($0.description))] } ?? []))
            )
        case .expiry(let expiring, let within):
            ("expiry", .map([("of", .text(expiring.rawValue)), ("within", .text(within.description))]))
        case .status(let statuses, let duration):
            ("status", .map([("is", .list(statuses.map(\.rawValue).sorted().map(RuleValue.text)))] + duration.entries))
        }
    }
}

extension RuleDuration {
    fileprivate var entries: [(key: String, value: RuleValue)] { self == .zero ? [] : [("for", .text(description))] }
}

extension RuleThreshold {
    fileprivate var entries: [(key: String, value: RuleValue)] {
        var entries: [(key: String, value: RuleValue)] = [("variable", .text(variable.rawValue)), (side.rawValue, .number(limit))]
        if let clear { entries.append(("clear", .number(clear))) }
        return entries + duration.entries
    }
}

extension FirmwarePolicy {
    fileprivate var entries: [(key: String, value: RuleValue)] {
        var entries: [(key: String, value: RuleValue)] = []
        if !allowed.isEmpty { entries.append(("allowed", .list(allowed.map(RuleValue.text)))) }
        if let minimum { entries.append(("minimum", .text(minimum))) }
        if !minimums.isEmpty {
            entries.append(("minimum", .map(minimums.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })))
        }
        return entries
    }
}
