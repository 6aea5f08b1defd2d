import FoundationEssentials

/// Of several servers on one database each has its own searches. One that gives no sign of life has left them.
extension DiscoveryStore {
    /// Seconds for which a server counts as there after a sign of life.
    static let life = 15.0
    private static let prefix = "discovery/"

    /// At the start of this server: the searches of its last run do not go on.
    func failInterrupted(now: Date) async throws {
        try await giveSignOfLife(now: now)
        let owner = leases.owner
        try await database.write { try Self.fail("owner IS NULL OR owner = ?", [.text(owner)], now: now, $0) }
    }

    /// To be called more often than once in `life`. Fails the searches of servers that are gone.
    func giveSignOfLife(now: Date) async throws {
        let clock = SteadyClock.process
        _ = try await leases.claim(Self.prefix + leases.owner, for: Self.life, now: clock.now)
        let owners = try await leases.holders(of: Self.prefix, now: clock.now).values.map(SQLValue.text)
        let places = owners.map { _ in "?" }.joined(separator: ", ")
        let hasLeft = try await database.read {
            try $0.row("SELECT id FROM discovery WHERE state = 'running' AND owner NOT IN (\(places)) LIMIT 1", owners) != nil
        }
        guard hasLeft else { return }
        try await database.write { try Self.fail("owner NOT IN (\(places))", owners, now: now, $0) }
    }

    /// This server ends: the others need not wait.
    func leave() async throws { try await leases.release(Self.prefix + leases.owner) }

    private static func fail(
        _ condition: String, _ arguments: [SQLValue], now: Date, _ transaction: SQLTransaction
    ) throws {
        try transaction.execute(
            """
            UPDATE discovery SET state = 'failed', error = 'The server was stopped.', finished_at = ?
            WHERE state = 'running' AND (\(condition))
            """, [SQLValue(now)] + arguments)
    }
}
