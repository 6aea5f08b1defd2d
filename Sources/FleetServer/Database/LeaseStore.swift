import FoundationEssentials

/// Claims on work, so that no two servers on one database do the same thing.
///
/// A lease belongs to a server instance until it expires. An instance keeps its name over restarts (it is stored in the data directory),
/// and so takes its own work up again at once after a crash.
struct LeaseStore: Sendable {
    let database: FleetDatabase
    /// This server instance.
    let owner: String

    /// Claims or renews `resource` until `now + duration`. False when another instance holds it.
    func claim(_ resource: String, for duration: TimeInterval, now: Date) async throws -> Bool {
        let owner = owner
        return try await database.write { transaction in
            try transaction.row(
                """
                INSERT INTO lease (resource, owner, expires_at) VALUES (?, ?, ?)
                ON CONFLICT (resource) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
                WHERE lease.owner = excluded.owner OR lease.expires_at < ? RETURNING owner
                """,
                [.text(resource), .text(owner), SQLValue(now.addingTimeInterval(duration)), SQLValue(now)]) != nil
        }
    }

    func release(_ resource: String) async throws {
        let owner = owner
        try await database.write { transaction in
            try transaction.execute("DELETE FROM lease WHERE resource = ? AND owner = ?", [.text(resource), .text(owner)])
        }
    }
}
