import FoundationEssentials
import HTTPTypes

/// A place with cards. Cards name their site; a site is there as soon as a card names it.
struct Site: Sendable, Equatable {
    let id: Int64
    var name: String
    var description: String?
    /// The router of its network, as who looks for its cards needs to know.
    var gateway: String?
    /// Its cards by their status.
    var statuses: [String: Int] = [:]

    var cards: Int { statuses.values.reduce(0, +) }
}

/// The sites. A card's site is its name; who renames a site moves its cards.
struct SiteStore: Sendable {
    let database: FleetDatabase

    func sites(after: Int64?, limit: Int) async throws -> [Site] {
        try await database.read { transaction in
            let statuses = try Self.statuses(transaction)
            return try transaction.rows("SELECT * FROM site WHERE id > ? ORDER BY id LIMIT \(limit)", [.integer(after ?? 0)]).map {
                try Site($0, statuses: statuses)
            }
        }
    }

    func site(_ id: Int64) async throws -> Site? {
        try await database.read { transaction in
            try transaction.row("SELECT * FROM site WHERE id = ?", [.integer(id)]).map {
                try Site($0, statuses: Self.statuses(transaction))
            }
        }
    }

    func add(name: String, description: String?, gateway: String?, now: Date) async throws -> Int64 {
        try await database.write { transaction in
            try Self.refuse(name, besides: 0, transaction)
            let id = try Self.insert(name, now: now, transaction)
            try transaction.execute(
                "UPDATE site SET description = ?, gateway = ? WHERE id = ?", [SQLValue(description), SQLValue(gateway), .integer(id)])
            return id
        }
    }

    /// Stores the site as it is now; its cards follow its name. Returns the cards that were moved.
    func change(_ site: Site) async throws -> [Int64] {
        try await database.write { transaction in
            try Self.refuse(site.name, besides: site.id, transaction)
            guard let before = try transaction.row("SELECT name FROM site WHERE id = ?", [.integer(site.id)])?.text("name") else {
                throw Problem.notFound("site \(site.id)")
            }
            try transaction.execute(
                "UPDATE site SET name = ?, description = ?, gateway = ? WHERE id = ?",
                [.text(site.name), SQLValue(site.description), SQLValue(site.gateway), .integer(site.id)])
            guard before != site.name else { return [] }
            return try transaction.rows("UPDATE card SET site = ? WHERE site = ? RETURNING id", [.text(site.name), .text(before)])
                .compactMap { $0.integer("id") }
        }
    }

    /// The site goes; its cards stay, of no site. Returns them.
    func remove(_ id: Int64) async throws -> [Int64] {
        try await database.write { transaction in
            guard let row = try transaction.row("DELETE FROM site WHERE id = ? RETURNING name", [.integer(id)]) else {
                throw Problem.notFound("site \(id)")
            }
            return try transaction.rows("UPDATE card SET site = NULL WHERE site = ? RETURNING id", [SQLValue(row.text("name"))])
                .compactMap { $0.integer("id") }
        }
    }

    /// Cards that name a site which is not there yet make it.
    func adopt(now: Date) async throws {
        try await database.write { transaction in
            let names = try transaction.rows(
                "SELECT DISTINCT site FROM card WHERE site IS NOT NULL AND site NOT IN (SELECT name FROM site)"
            ).compactMap { $0.text("site") }
            for name in names { try Self.ensure(name, now: now, transaction) }
        }
    }

    static func ensure(_ name: String, now: Date, _ transaction: SQLTransaction) throws {
        guard try transaction.row("SELECT id FROM site WHERE name = ?", [.text(name)]) == nil else { return }
        _ = try insert(name, now: now, transaction)
    }

    private static func insert(_ name: String, now: Date, _ transaction: SQLTransaction) throws -> Int64 {
        let id = try transaction.nextKey(for: "site")
        try transaction.execute("INSERT INTO site (id, name, created_at) VALUES (?, ?, ?)", [.integer(id), .text(name), SQLValue(now)])
        return id
    }

    private static func refuse(_ name: String, besides id: Int64, _ transaction: SQLTransaction) throws {
        let other = try transaction.row("SELECT id FROM site WHERE name = ? AND id <> ?", [.text(name), .integer(id)])
        guard other == nil else { throw Naming.taken("site", name) }
    }

    private static func statuses(_ transaction: SQLTransaction) throws -> [String: [String: Int]] {
        let rows = try transaction.rows(
            """
            SELECT c.site, CASE WHEN s.status = 'unreachable' OR s.fresh_until >= ? THEN s.status ELSE 'unknown' END AS shown,
              COUNT(*) AS number
            FROM card c JOIN card_status s ON s.card_id = c.id WHERE c.retired_at IS NULL AND c.site IS NOT NULL GROUP BY c.site, shown
            """, [SQLValue(SteadyClock.process.now)])
        return try rows.reduce(into: [:]) { counts, row in
            counts[try row.required("site"), default: [:]][try row.required("shown")] = Int(row.integer("number") ?? 0)
        }
    }
}

extension Site {
    fileprivate init(_ row: SQLRow, statuses: [String: [String: Int]]) throws {
        let name: String = try row.required("name")
        self.init(
            id: try row.required("id"), name: name, description: row.text("description"), gateway: row.text("gateway"),
            statuses: statuses[name] ?? [:])
    }
}

/// The rules of names that people give.
enum Naming {
    static func check(_ name: String, _ field: String = "name") throws(Problem) {
        guard (1...128).contains(name.count), name.contains(where: { !$0.isWhitespace }) else {
            throw .invalid(field, "A name has 1 to 128 characters.")
        }
    }

    static func taken(_ what: String, _ name: String) -> Problem {
        Problem(.conflict, "There is a \(what) of the name \(name) already.", errors: [.init(field: "name", detail: "Taken.")])
    }
}
