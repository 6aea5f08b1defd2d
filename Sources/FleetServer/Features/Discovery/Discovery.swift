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
    let database: FleetDatabase
    let secrets: SecretBox

    func start(methods: [DiscoveryMethod], ranges: [String], accept: Bool, now: Date) async throws -> Discovery {
        try await database.write { transaction in
            let id = try transaction.nextKey(for: "discovery")
            let row = try transaction.row(
                """
                INSERT INTO discovery (id, state, methods, ranges, accept, started_at) VALUES (?, 'running', ?, ?, ?, ?) RETURNING *
                """,
                [
                    .integer(id), .text(try JSONCoding.text(methods)), .text(try JSONCoding.text(ranges)), SQLValue(accept), SQLValue(now),
                ])
            guard let row else { throw SQLShapeError(column: "id") }
            return try Discovery(row)
        }
    }

    func finish(_ id: Int64, state: Discovery.State, error: String?, now: Date) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE discovery SET state = ?, error = ?, finished_at = ? WHERE id = ?",
                [.text(state.rawValue), SQLValue(error), SQLValue(now), .integer(id)])
        }
    }

    /// Searches that a crash interrupted do not go on.
    func failInterrupted(now: Date) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE discovery SET state = 'failed', error = 'The server was stopped.', finished_at = ? WHERE state = 'running'",
                [SQLValue(now)])
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

    /// Notes what was found; returns its number within the search.
    @discardableResult
    func note(_ finding: CardFinding, in discovery: Int64, state: DiscoveredCard.State, card: Int64?) async throws -> Int {
        let secrets = secrets
        return try await database.write { transaction in
            let last = try transaction.row(
                "SELECT COALESCE(MAX(number), 0) AS n FROM discovered_card WHERE discovery_id = ?", [.integer(discovery)])
            let number = (last?.integer("n") ?? 0) + 1
            let sealed = try secrets.seal(try JSONCoding.encoder().encode(finding), context: "discovery \(discovery)")
            try transaction.execute(
                """
                INSERT INTO discovered_card (discovery_id, number, address, mac, serial, model, generation, firmware, state, card_id, finding)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(discovery), .integer(number), .text(finding.address), SQLValue(finding.identity.mac),
                    SQLValue(finding.identity.serial),
                    SQLValue(finding.identity.model), .text(finding.identity.generation.rawValue), SQLValue(finding.identity.firmware),
                    .text(state.rawValue),
                    SQLValue(card), .blob(sealed),
                ])
            return Int(number)
        }
    }

    func cards(of discovery: Int64, after: Int64?, limit: Int) async throws -> [DiscoveredCard] {
        let secrets = secrets
        return try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM discovered_card WHERE discovery_id = ? AND number > ? ORDER BY number LIMIT \(limit)",
                [.integer(discovery), SQLValue(after ?? 0)]
            ).map { try DiscoveredCard($0, discovery: discovery, secrets) }
        }
    }

    func count(of discovery: Int64) async throws -> Int {
        try await database.read { transaction in
            let row = try transaction.row("SELECT COUNT(*) AS n FROM discovered_card WHERE discovery_id = ?", [.integer(discovery)])
            return Int(row?.integer("n") ?? 0)
        }
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
            startedAt: try row.requiredDate("started_at"), finishedAt: row.date("finished_at"), error: row.text("error"))
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
