import Alarming
import FoundationEssentials
import NetVision

/// A rule as it is stored.
struct StoredRule: Sendable, Equatable {
    let id: Int64
    var rule: AlarmRule
    let changedAt: Date
    let changedBy: String
}

/// The rules that raise alarms.
struct AlarmRuleStore: Sendable {
    /// The generations of cards that a rule may name.
    static let generations = CardGeneration.allCases.map(\.rawValue)

    struct Contents: Sendable {
        /// By name.
        var rules: [StoredRule] = []
        /// Names of rules that this version can't read.
        var unreadable: [String] = []
    }

    /// What became of a rule of a file, or of one that is in none.
    struct Change: Encodable, Sendable, Equatable {
        enum Action: String, Encodable, CaseIterable { case added, changed, unchanged, removed }
        let name: String
        let action: Action
    }

    let database: FleetDatabase

    func contents() async throws -> Contents { try await database.read { try Self.contents($0) } }

    /// When each rule was changed last: tells whether there is anything new.
    func stamps() async throws -> [Int64: Int64] {
        try await database.read { transaction in
            let rows = try transaction.rows("SELECT id, changed_at FROM alarm_rule")
            return Dictionary(try rows.map { (try $0.required("id"), try $0.required("changed_at")) }) { first, _ in first }
        }
    }

    func rule(_ id: Int64) async throws -> StoredRule? {
        try await database.read { transaction in
            try transaction.row("SELECT * FROM alarm_rule WHERE id = ?", [.integer(id)]).flatMap(StoredRule.init)
        }
    }

    func add(_ rule: AlarmRule, by user: String, now: Date) async throws -> StoredRule {
        try await database.write { transaction in
            try Self.refuse(rule.name, besides: 0, transaction)
            let count = try transaction.row("SELECT COUNT(*) AS n FROM alarm_rule")?.integer("n") ?? 0
            guard count < RuleDocument.maximumRules else { throw Self.tooMany }
            return try Self.insert(rule, by: user, now: now, transaction)
        }
    }

    func change(_ id: Int64, to rule: AlarmRule, by user: String, now: Date) async throws {
        try await database.write { transaction in
            try Self.refuse(rule.name, besides: id, transaction)
            try Self.update(id, rule, by: user, now: now, transaction)
        }
    }

    func remove(_ id: Int64) async throws {
        try await database.write { try $0.execute("DELETE FROM alarm_rule WHERE id = ?", [.integer(id)]) }
    }

    /// Takes over rules by their names.
    ///
    /// - Parameters:
    ///   - isReplacing: rules of other names are removed.
    ///   - isRehearsal: only tells what would be done.
    func take(
        _ rules: [AlarmRule], isReplacing: Bool, isRehearsal: Bool, by user: String, now: Date
    ) async throws -> [Change] {
        try await database.write { transaction in
            let contents = try Self.contents(transaction)
            let known = Dictionary(contents.rules.map { ($0.rule.name, $0) }) { first, _ in first }
            let rows = try transaction.rows("SELECT id, name FROM alarm_rule ORDER BY name")
            let ids = Dictionary(try rows.map { (try $0.required("name", as: String.self), try $0.required("id", as: Int64.self)) }) { $1 }
            var changes: [Change] = []
            for rule in rules {
                guard known[rule.name]?.rule != rule else {
                    changes.append(Change(name: rule.name, action: .unchanged))
                    continue
                }
                changes.append(Change(name: rule.name, action: ids[rule.name] == nil ? .added : .changed))
                guard !isRehearsal else { continue }
                if let id = ids[rule.name] {
                    try Self.update(id, rule, by: user, now: now, transaction)
                } else {
                    _ = try Self.insert(rule, by: user, now: now, transaction)
                }
            }
            let named = Set(rules.map(\.name))
            let others = ids.keys.filter { !named.contains($0) }.sorted()
            guard isReplacing else {
                guard named.count + others.count <= RuleDocument.maximumRules else { throw Self.tooMany }
                return changes
            }
            for name in others {
                changes.append(Change(name: name, action: .removed))
                if !isRehearsal { try transaction.execute("DELETE FROM alarm_rule WHERE name = ?", [.text(name)]) }
            }
            return changes
        }
    }

    private static let tooMany = Problem.invalid("rules", "There are \(RuleDocument.maximumRules) rules at most. Remove some first.")

    private static func contents(_ transaction: SQLTransaction) throws -> Contents {
        var contents = Contents()
        for row in try transaction.rows("SELECT * FROM alarm_rule ORDER BY name") {
            if let stored = try StoredRule(row) {
                contents.rules.append(stored)
            } else {
                contents.unreadable.append(row.text("name") ?? "")
            }
        }
        return contents
    }

    private static func refuse(_ name: String, besides id: Int64, _ transaction: SQLTransaction) throws {
        let other = try transaction.row("SELECT id FROM alarm_rule WHERE name = ? AND id <> ?", [.text(name), .integer(id)])
        guard other == nil else { throw Naming.taken("rule", name) }
    }

    private static func insert(_ rule: AlarmRule, by user: String, now: Date, _ transaction: SQLTransaction) throws -> StoredRule {
        let id = try transaction.nextKey(for: "alarm rule")
        try transaction.execute(
            "INSERT INTO alarm_rule (id, name, enabled, document, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?)",
            [.integer(id), .text(rule.name), SQLValue(rule.isEnabled), .text(rule.json), SQLValue(now), .text(user)])
        return StoredRule(id: id, rule: rule, changedAt: now, changedBy: user)
    }

    /// However the clock goes, the time of the change is another one than before.
    private static func update(_ id: Int64, _ rule: AlarmRule, by user: String, now: Date, _ transaction: SQLTransaction) throws {
        try transaction.execute(
            """
            UPDATE alarm_rule SET name = ?, enabled = ?, document = ?, changed_by = ?,
              changed_at = CASE WHEN changed_at < ? THEN ? ELSE changed_at + 1 END WHERE id = ?
            """,
            [
                .text(rule.name), SQLValue(rule.isEnabled), .text(rule.json), .text(user), SQLValue(now), SQLValue(now), .integer(id),
            ])
    }
}

extension StoredRule {
    /// Nil if this version can't read it.
    fileprivate init?(_ row: SQLRow) throws {
        let document: String = try row.required("document")
        guard let rule = try? RuleDocument.rule(document, generations: AlarmRuleStore.generations) else { return nil }
        self.init(
            id: try row.required("id"), rule: rule, changedAt: try row.requiredDate("changed_at"), changedBy: try row.required("changed_by")
        )
    }
}
