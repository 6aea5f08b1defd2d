import FoundationEssentials
import GRDB
import Logging
import Synchronization

/// What the upkeep remembers between its rounds.
struct UpkeepState: Sendable {
    /// When the last round was.
    var now: Int64 = 0
    var clock: RetentionClock?
    var retentionDue = -Double.infinity
    var hasLegacyRows = true
    /// The cards from this one on are next to lose what is too old; nil: none are.
    var expiring: Int64?
}

/// How many transactions of each sort one round of the upkeep may take.
package struct UpkeepShare: Sendable {
    package var packing: Int
    package var days: Int

    package init(packing: Int, days: Int) { (self.packing, self.days) = (packing, days) }

    /// For a round every second: ten thousand cards' days are summed up in less than ten minutes, with a small part of a core.
    package static let ofSecond = UpkeepShare(packing: 50, days: 20)
    package static let unlimited = UpkeepShare(packing: .max, days: .max)
}

extension SampleArchive {
    /// Packs, sums up and forgets, in many small transactions, until nothing is left to do or the round has done its share.
    ///
    /// - Parameter now: the time of day, in milliseconds since 1970.
    package func upkeep(now: Int64, retention: Retention, share: UpkeepShare = .ofSecond) async throws {
        upkeepState.withLock { $0.now = now }
        do {
            try await Self.upTo(share.packing) { try await self.packSlice() }
            try await Self.upTo(share.packing) { try await self.moveLegacySlice() }
            try await Self.upTo(share.days) { try await self.closeSlice(now: now) }
            try await Self.upTo(share.packing) { try await self.expireSlice(now: now, retention) }
            try await Self.upTo(share.days) { try await self.shrinkSlice() }
        } catch  where ArchiveFile.isDamage(error) {
            try replaceDamaged(error)
            throw error
        }
    }

    private static func upTo(_ count: Int, _ slice: () async throws -> Bool) async throws {
        for _ in 0..<count where try await !slice() { return }
    }

    /// Packs all that waits in memory.
    package func packAll() async throws {
        while try await packSlice(all: true) {}
    }

    // MARK: - Rows of earlier versions

    /// Moves an hour of a card from the table of earlier versions into a block.
    private func moveLegacySlice() async throws -> Bool {
        guard upkeepState.withLock({ $0.hasLegacyRows }) else { return false }
        let logger = logger
        let found = try await file.writer.write { database -> Bool in
            guard let first = try Row.fetchOne(database, sql: "SELECT card_id, at FROM sample ORDER BY card_id, at LIMIT 1") else {
                return false
            }
            let card: Int64 = first["card_id"]
            let at: Int64 = first["at"]
            let hour = at.floored(to: .hour)
            let span: StatementArguments = [card, hour, hour + .hour]
            let rows = try Row.fetchAll(
                database, sql: "SELECT at, packed FROM sample WHERE card_id = ? AND at >= ? AND at < ? ORDER BY at", arguments: span)
            let table = SampleTable(rows.map { SampleRow(at: $0["at"], values: LegacyRow.values(in: Array($0["packed"] as Data))) })
            if let block = try Self.merge(table, intoHour: hour, of: card, database, logger) { try Self.write(block, database) }
            try Self.setPacked(card, upTo: 0, database)
            try database.execute(sql: "DELETE FROM sample WHERE card_id = ? AND at >= ? AND at < ?", arguments: span)
            return true
        }
        if !found { upkeepState.withLock { $0.hasLegacyRows = false } }
        return found
    }

    // MARK: - Forgetting

    /// Forgets what is too old, of a few cards. A round over all cards begins every ten minutes.
    private func expireSlice(now: Int64, _ retention: Retention) async throws -> Bool {
        let uptime = uptime()
        guard try await beginExpiry(now: now, uptime: uptime, retention) else { return false }
        let (from, clock) = upkeepState.withLock { ($0.expiring, $0.clock) }
        guard let from, let clock else { return false }
        let next = try await file.writer.write { database -> Int64? in
            try database.setTally("clock", to: clock.believed)
            try database.setTally("doubt", to: Int64(clock.doubted))
            let cards = try Int64.fetchAll(
                database,
                sql: "SELECT card_id FROM packed WHERE card_id >= ? ORDER BY card_id LIMIT 16", arguments: [from])
            for card in cards { try Self.expire(card, now: clock.believed, retention, database) }
            return cards.last.map { $0 + 1 }
        }
        upkeepState.withLock { $0.expiring = next }
        return next != nil
    }

    private func beginExpiry(now: Int64, uptime: Double, _ retention: Retention) async throws -> Bool {
        let (stored, doubted) = try await file.writer.read { (try $0.tally("clock"), try $0.tally("doubt")) }
        let believed = upkeepState.withLock { upkeep -> Int64 in
            var clock = upkeep.clock ?? RetentionClock(believed: stored ?? now, doubted: Double(doubted ?? 0))
            clock.advance(to: now, uptime: uptime)
            upkeep.clock = clock
            if upkeep.expiring == nil, uptime >= upkeep.retentionDue {
                upkeep.expiring = .min
                upkeep.retentionDue = uptime + 600
            }
            return clock.believed
        }
        state.withLock { $0.limit = believed - retention.raw }
        return upkeepState.withLock { $0.expiring != nil }
    }

    /// Raw samples go only when their day is summed up.
    private static func expire(_ card: Int64, now: Int64, _ retention: Retention, _ database: Database) throws {
        let rawLimit = now - retention.raw
        let old = try Row.fetchOne(
            database,
            sql: """
                SELECT COUNT(*) AS rows, SUM(samples) AS samples FROM raw WHERE card_id = ?1 AND start < ?2 - 86400000
                AND NOT EXISTS (SELECT 1 FROM open_day WHERE card_id = ?1 AND day <= ?2)
                """, arguments: [card, rawLimit])
        if let count: Int = old?["rows"], count > 0 {
            try database.execute(sql: "DELETE FROM raw WHERE card_id = ? AND start < ? - 86400000", arguments: [card, rawLimit])
            try database.countSamples(-(old?["samples"] ?? 0))
        }
        for (table, limit) in [("hourly", now - retention.hourly - hourlySpan), ("daily", now - retention.daily - dailySpan)] {
            try database.execute(sql: "DELETE FROM \(table) WHERE card_id = ? AND start < ?", arguments: [card, limit])
        }
    }

    /// Gives pages that are free back to the disk, a megabyte at a time, where they are more than a tenth of the file.
    private func shrinkSlice() async throws -> Bool {
        try await file.writer.write { database in
            let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            guard free > max(256, pages / 10), try Int64.fetchOne(database, sql: "PRAGMA auto_vacuum") == 2 else { return false }
            _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum(256)")
            return true
        }
    }
}

/// The time by which old data is forgotten: a clock that is set wrong for some hours must not cost the history.
///
/// It follows the time of day, but believes a leap of more than a day only when the time of day has stayed there for a day of uptime, in
/// one run or in several.
struct RetentionClock: Sendable {
    static let leap: Int64 = .day
    static let doubt = 86_400.0

    private(set) var believed: Int64
    /// Seconds of uptime for which the time of day has stayed where it leapt to.
    private(set) var doubted: Double
    /// When that was counted last.
    private var countedAt: Double?

    init(believed: Int64, doubted: Double = 0) { (self.believed, self.doubted) = (believed, doubted) }

    mutating func advance(to now: Int64, uptime: Double) {
        guard now - believed > Self.leap else {
            // Back: what is kept may be kept longer.
            believe(now)
            return
        }
        doubted += uptime - (countedAt ?? uptime)
        countedAt = uptime
        if doubted >= Self.doubt { believe(now) }
    }

    private mutating func believe(_ now: Int64) { (believed, doubted, countedAt) = (now, 0, nil) }
}
