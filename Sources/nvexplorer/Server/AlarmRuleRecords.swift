/// A rule that raises alarms; its conditions are the server's business.
struct AlarmRuleFields: NamedFields {
    static let kind = RecordKind(path: "rules", one: "alarm rule", command: "alarm-rules")

    let id: Int
    let name: String
    var enabled: Bool?
    var severity: String?
    var title: String?
}

typealias AlarmRuleRecord = Answer<AlarmRuleFields>

extension AlarmRuleRecord {
    /// What the server adds to a rule, and takes back from nobody.
    private static let additions: Set = ["id", "alarm", "alarmTitle", "activeAlarms", "notes", "changedAt", "changedBy"]

    /// The rule itself, as documents of rules have it.
    var document: [String: APIValue] {
        all.members.filter { !Self.additions.contains($0.key) && $0.value != .null }.mapValues { $0.withoutGaps }
    }
}

extension APIValue {
    /// Without members that are null, or empty lists: those that are not given.
    fileprivate var withoutGaps: APIValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.value != .null && $0.value != .list([]) }.mapValues(\.withoutGaps))
    }
}

/// What a rule would have done with stored history.
struct RuleRehearsal: Decodable, Sendable, Equatable {
    struct Card: Decodable, Sendable, Equatable {
        var card: Int?
        var name: String?
        let fired: Int
        var longestSeconds: Double?
        var firstAt: String?
    }

    let fired: Int
    let cards: [Card]
    /// `would have fired 3 times …`
    let text: String
    var notes: [String]?
}

/// What is wrong with a document of rules.
struct RuleProblem: Decodable, Sendable, Equatable {
    var line: Int?
    var column: Int?
    /// `rules[2].threshold.for`; empty for the whole text.
    var key: String?
    let reason: String

    /// `rules.yaml:3:5: rules[0].threshold.for: …`
    func words(_ file: String) -> String {
        let place = ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
        return [place, key.flatMap { $0.isEmpty ? nil : $0 }, reason].compactMap(\.self).joined(separator: ": ")
    }
}

/// Whether a document of rules could be imported.
struct RuleCheck: Decodable, Sendable, Equatable {
    let isValid: Bool
    let problems: [RuleProblem]
    var rules: Int?
    var notes: [String]?
}

/// What an import of rules did, or would do.
struct RuleImport: Decodable, Sendable, Equatable {
    struct Item: Decodable, Sendable, Equatable {
        let name: String
        /// added, changed, unchanged or removed.
        let action: String
    }

    let items: [Item]
    let added: Int
    let changed: Int
    let unchanged: Int
    let removed: Int
    var notes: [String]?
}
