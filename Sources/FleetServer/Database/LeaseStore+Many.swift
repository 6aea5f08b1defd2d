import FoundationEssentials

extension LeaseStore {
    /// Claims or renews all of `resources` in one transaction. Returns those that are this instance's now.
    func claim(_ resources: [String], for duration: TimeInterval, now: Date) async throws -> Set<String> {
        let owner = owner
        return try await database.write { transaction in
            var claimed: Set<String> = []
            for resource in resources {
                let row = try transaction.row(
                    """
                    INSERT INTO lease (resource, owner, expires_at) VALUES (?, ?, ?)
                    ON CONFLICT (resource) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
                    WHERE lease.owner = excluded.owner OR lease.expires_at < ? RETURNING owner
                    """,
                    [.text(resource), .text(owner), SQLValue(now.addingTimeInterval(duration)), SQLValue(now)])
                if row != nil { claimed.insert(resource) }
            }
            return claimed
        }
    }

    /// Gives back what this instance holds of `resources`.
    func release(_ resources: [String]) async throws {
        let owner = owner
        try await database.write { transaction in
            for resource in resources {
                try transaction.execute("DELETE FROM lease WHERE resource = ? AND owner = ?", [.text(resource), .text(owner)])
            }
        }
    }

    /// Who holds the resources whose names begin with `prefix` (without `%` and `_`), as far as their leases have not run out.
    func holders(of prefix: String, now: Date) async throws -> [String: String] {
        try await database.read { transaction in
            let rows = try transaction.rows(
                "SELECT resource, owner FROM lease WHERE resource LIKE ? AND expires_at >= ?", [.text("\(prefix)%"), SQLValue(now)])
            return try Dictionary(rows.map { (try $0.required("resource"), try $0.required("owner")) }) { first, _ in first }
        }
    }
}
