import FoundationEssentials
import NetVision

/// What is to be done with cards of a kind that a search finds, when nobody has said that it accepts all.
struct DiscoveryRule: Sendable, Equatable {
    enum Action: String, Codable, Sendable, CaseIterable { case accept, ignore }

    /// What a finding must be; what is empty does not matter.
    struct Conditions: Codable, Sendable, Equatable {
        var ranges: [String] = []
        var generations: [CardGeneration] = []
        /// The beginning of the model's name, whatever the case.
        var model: String?
        var methods: [DiscoveryMethod] = []
    }

    let id: Int64
    /// The first rule that matches decides.
    var position: Int
    var name: String
    var conditions: Conditions
    var action: Action
    /// What accepted cards get.
    var site: String?
    var tags: [String]

    func matches(_ finding: CardFinding, by method: DiscoveryMethod) -> Bool {
        let (identity, conditions) = (finding.identity, conditions)
        if !conditions.generations.isEmpty, !conditions.generations.contains(identity.generation) { return false }
        if !conditions.methods.isEmpty, !conditions.methods.contains(method) { return false }
        if let model = conditions.model, !model.isEmpty, identity.model?.lowercased().hasPrefix(model.lowercased()) != true { return false }
        return conditions.ranges.isEmpty || conditions.ranges.compactMap { AddressRange($0) }.contains(finding.address)
    }

    /// Gives an accepted card the rule's site and tags.
    func dress(_ card: Int64, now: Date, _ transaction: SQLTransaction) throws {
        if let site {
            try SiteStore.ensure(site, now: now, transaction)
            try transaction.execute("UPDATE card SET site = COALESCE(site, ?) WHERE id = ?", [.text(site), .integer(card)])
        }
        let tags = try CardStore.card(card, transaction).tags
        let more = self.tags.filter { !tags.contains($0) }
        guard !more.isEmpty else { return }
        try transaction.execute("UPDATE card SET tags = ? WHERE id = ?", [.text(try JSONCoding.text(tags + more)), .integer(card)])
    }
}

struct RuleStore: Sendable {
    let database: FleetDatabase

    /// In their order.
    func rules() async throws -> [DiscoveryRule] {
        try await database.read { transaction in
            try transaction.rows("SELECT * FROM discovery_rule ORDER BY position, id").map(DiscoveryRule.init)
        }
    }

    func rule(_ id: Int64) async throws -> DiscoveryRule? {
        try await database.read { try $0.row("SELECT * FROM discovery_rule WHERE id = ?", [.integer(id)]).map(DiscoveryRule.init) }
    }

    /// Stores a new rule. Its key is given here; without a position it comes after the others.
    func add(_ rule: DiscoveryRule, position: Int?) async throws -> Int64 {
        try await database.write { transaction in
            try Ordering.refuse(rule.name, in: "discovery_rule", besides: 0, transaction)
            let id = try transaction.nextKey(for: "discovery rule")
            let position = try position ?? Ordering.last(in: "discovery_rule", transaction) + 1
            try transaction.execute(
                "INSERT INTO discovery_rule (id, position, name, conditions, action, site, tags) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [.integer(id), SQLValue(position)] + Self.values(rule))
            return id
        }
    }

    func change(_ rule: DiscoveryRule) async throws {
        try await database.write { transaction in
            try Ordering.refuse(rule.name, in: "discovery_rule", besides: rule.id, transaction)
            try transaction.execute(
                "UPDATE discovery_rule SET position = ?, name = ?, conditions = ?, action = ?, site = ?, tags = ? WHERE id = ?",
                [SQLValue(rule.position)] + Self.values(rule) + [.integer(rule.id)])
        }
    }

    func remove(_ id: Int64) async throws {
        try await database.write { try $0.execute("DELETE FROM discovery_rule WHERE id = ?", [.integer(id)]) }
    }

    private static func values(_ rule: DiscoveryRule) throws -> [SQLValue] {
        [
            .text(rule.name), .text(try JSONCoding.text(rule.conditions)), .text(rule.action.rawValue), SQLValue(rule.site),
            .text(try JSONCoding.text(rule.tags)),
        ]
    }
}

extension DiscoveryRule {
    fileprivate init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), position: Int(try row.required("position", as: Int64.self)), name: try row.required("name"),
            conditions: try JSONCoding.value(Conditions.self, from: try row.required("conditions")),
            action: Action(rawValue: try row.required("action")) ?? .ignore, site: row.text("site"),
            tags: try JSONCoding.value([String].self, from: try row.required("tags")))
    }
}
