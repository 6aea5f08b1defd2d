import FoundationEssentials
import NetVision

/// A search for cards.
struct Discovery: Sendable, Equatable {
    enum State: String, Codable, Sendable, CaseIterable { case running, done, failed, cancelled }

    let id: Int64
    let state: State
    let methods: [DiscoveryMethod]
    let ranges: [String]
    /// Take what is found into the inventory at once.
    let accept: Bool
    let startedAt: Date
    let finishedAt: Date?
    let error: String?
    /// The server that searches; nil of one that ended before servers could share a database.
    let owner: String?
}

/// What a search found at one address.
struct DiscoveredCard: Sendable, Equatable {
    enum State: String, Codable, Sendable, CaseIterable {
        /// Not in the inventory.
        case new
        /// In the inventory before.
        case known
        /// Taken into the inventory.
        case accepted
        case ignored
    }

    let number: Int
    let finding: CardFinding
    let state: State
    let card: Int64?
}

/// Searches and what they found.
struct DiscoveryStore: Sendable {
    /// Searches that are kept with what they have found, besides those under way and the last ones of schedules.
    static let capacity: Int64 = 64

    let database: FleetDatabase
    let secrets: SecretBox
    /// Which servers there are.
    let leases: LeaseStore

    /// Notes a new search, and forgets old ones.
    func start(methods: [DiscoveryMethod], ranges: [String], accept: Bool, now: Date) async throws -> Discovery {
        let owner = leases.owner
        return try await database.write { transaction in
            let id = try transaction.nextKey(for: "discovery")
            try transaction.execute(
                """
                DELETE FROM discovery WHERE id <= ? AND state <> 'running'
                  AND id NOT IN (SELECT last_discovery FROM discovery_schedule WHERE last_discovery IS NOT NULL)
                """, [.integer(id - Self.capacity)])
            let row = try transaction.row(
                """
                INSERT INTO discovery (id, state, methods, ranges, accept, started_at, owner) VALUES (?, 'running', ?, ?, ?, ?, ?)
                RETURNING *
                """,
                [
                    .integer(id), .text(try JSONCoding.text(methods)), .text(try JSONCoding.text(ranges)), SQLValue(accept), SQLValue(now),
                    .text(owner),
                ])
            guard let row else { throw SQLShapeError(column: "id") }
            return try Discovery(row)
        }
    }

    /// Ends a search that is under way; one that is over stays as it is.
    func finish(_ id: Int64, state: Discovery.State, error: String?, now: Date) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE discovery SET state = ?, error = ?, finished_at = ? WHERE id = ? AND state = 'running'",
                [.text(state.rawValue), SQLValue(error), SQLValue(now), .integer(id)])
        }
    }

    func discovery(_ id: Int64) async throws -> Discovery? {
        try await database.read { try $0.row("SELECT * FROM discovery WHERE id = ?", [.integer(id)]).map(Discovery.init) }
    }

    func discoveries(before: Int64?, limit: Int) async throws -> [Discovery] {
        try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM discovery WHERE id < ? ORDER BY id DESC LIMIT \(limit)", [.integer(before ?? .max)]
            ).map(Discovery.init)
        }
    }

    /// Notes what was found; returns it with its number within the search.
    ///
    /// - Parameter number: of what was noted of the same card before, and is replaced.
    func note(
        _ finding: CardFinding, in discovery: Int64, number: Int? = nil, state: DiscoveredCard.State, card: Int64?
    ) async throws -> DiscoveredCard {
        let secrets = secrets
        return try await database.write { transaction in
            let number = try number ?? Self.count(of: discovery, transaction) + 1
            let sealed = try secrets.seal(try JSONCoding.encoder().encode(finding), context: "discovery \(discovery)")
            let (columns, identity) = (Self.columns, finding.identity)
            let places = Array(repeating: "?", count: columns.count + 2)
            try transaction.execute(
                """
                INSERT INTO discovered_card (discovery_id, number, \(columns.joined(separator: ", ")))
                VALUES (\(places.joined(separator: ", "))) ON CONFLICT (discovery_id, number)
                DO UPDATE SET \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
                """,
                [
                    .integer(discovery), SQLValue(number), .text(finding.address), SQLValue(identity.mac), SQLValue(identity.serial),
                    SQLValue(identity.model), .text(identity.generation.rawValue), SQLValue(identity.firmware), .text(state.rawValue),
                    SQLValue(card), .blob(sealed),
                ])
            return DiscoveredCard(number: number, finding: finding, state: state, card: card)
        }
    }

    private static let columns = ["address", "mac", "serial", "model", "generation", "firmware", "state", "card_id", "finding"]

    func cards(of discovery: Int64, after: Int64?, limit: Int) async throws -> [DiscoveredCard] {
        let secrets = secrets
        return try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM discovered_card WHERE discovery_id = ? AND number > ? ORDER BY number LIMIT \(limit)",
                [.integer(discovery), SQLValue(after ?? 0)]
            ).map { try DiscoveredCard($0, discovery: discovery, secrets) }
        }
    }

    func card(_ number: Int64, of discovery: Int64) async throws -> DiscoveredCard? {
        let secrets = secrets
        return try await database.read { transaction in
            try transaction.row(
                "SELECT * FROM discovered_card WHERE discovery_id = ? AND number = ?", [.integer(discovery), .integer(number)]
            ).map { try DiscoveredCard($0, discovery: discovery, secrets) }
        }
    }

    func count(of discovery: Int64) async throws -> Int { try await database.read { try Self.count(of: discovery, $0) } }

    /// They are numbered from 1, and none is ever taken out.
    private static func count(of discovery: Int64, _ transaction: SQLTransaction) throws -> Int {
        let row = try transaction.row("SELECT MAX(number) AS last FROM discovered_card WHERE discovery_id = ?", [.integer(discovery)])
        return Int(row?.integer("last") ?? 0)
    }

    func decide(_ number: Int, of discovery: Int64, state: DiscoveredCard.State, card: Int64?) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE discovered_card SET state = ?, card_id = ? WHERE discovery_id = ? AND number = ?",
                [.text(state.rawValue), SQLValue(card), .integer(discovery), SQLValue(number)])
        }
    }
}

extension Discovery {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), state: State(rawValue: try row.required("state")) ?? .failed,
            methods: try JSONCoding.value([DiscoveryMethod].self, from: try row.required("methods")),
            ranges: try JSONCoding.value([String].self, from: try row.required("ranges")), accept: row.bool("accept"),
            startedAt: try row.requiredDate("started_at"), finishedAt: row.date("finished_at"), error: row.text("error"),
            owner: row.text("owner"))
    }
}

extension DiscoveredCard {
    init(_ row: SQLRow, discovery: Int64, _ secrets: SecretBox) throws {
        let plain = try secrets.open(row.blob("finding") ?? [], context: "discovery \(discovery)")
        self.init(
            number: Int(try row.required("number", as: Int64.self)),
            finding: try JSONCoding.decoder().decode(CardFinding.self, from: Data(plain)),
            state: State(rawValue: try row.required("state")) ?? .new, card: row.integer("card_id"))
    }
}
