import FoundationEssentials
import GRDB
import Logging
import Synchronization

// From memory into blocks.

extension SampleArchive {
    /// Cards whose samples are packed in one transaction.
    static let cardsOfSlice = 8

    /// Packs the samples of some cards that have waited long enough. Returns whether there were any.
    ///
    /// What is written in one transaction holds all or nothing: the blocks, and up to where the journal is in them. A crash at any point
    /// leaves each sample in the journal or in a block.
    func packSlice(all: Bool = false) async throws -> Bool {
        let uptime = all ? Double.infinity : uptime()
        let heads = state.withLock { state in state.seal(state.due(uptime: uptime, limit: Self.cardsOfSlice)) }
        guard !heads.isEmpty else { return false }
        let blocks = try await blocks(of: heads)
        try await file.writer.write { database in
            let (firstLink, ends, metrics) = self.state.withLock { state in
                (state.firstLink(without: heads), heads.keys.map { ($0, state.packedEnd(of: $0, heads)) }, state.newMetrics)
            }
            try Self.write(metrics: metrics, database)
            for block in blocks { try Self.write(block, database) }
            for (card, end) in ends { try Self.setPacked(card, upTo: end, database) }
            try database.execute(sql: "DELETE FROM journal WHERE id < ?", arguments: [firstLink])
        }
        state.withLock { $0.packed(heads) }
        return true
    }

    /// A card's samples of an hour, with those that were there already.
    struct HourBlock: Sendable {
        let card: Int64
        let hour: Int64
        let samples: Int
        /// How many more these are than before.
        let change: Int
        let bytes: [UInt8]
    }

    /// Packs the samples hour by hour, each hour together with its block if it has one.
    private func blocks(of heads: [Int64: CardHead]) async throws -> [HourBlock] {
        let logger = logger
        return try await file.writer.read { database in
            var blocks: [HourBlock] = []
            for (card, head) in heads {
                let (rows, damage) = CardHead(sealed: head.sealed).rows
                if let damage { logger.error("samples can't be read", metadata: ["card": "\(card)", "error": "\(damage)"]) }
                for (hour, rows) in Dictionary(grouping: rows, by: { $0.at.floored(to: .hour) }) {
                    blocks += try Self.merge(SampleTable(rows), intoHour: hour, of: card, database, logger).map { [$0] } ?? []
                }
            }
            return blocks
        }
    }

    /// Nil if the hour has all of it already.
    static func merge(
        _ table: SampleTable, intoHour hour: Int64, of card: Int64, _ database: Database, _ logger: Logger
    ) throws -> HourBlock? {
        let old = try Row.fetchOne(
            database, sql: "SELECT samples, block FROM raw WHERE card_id = ? AND start = ?", arguments: [card, hour])
        let before = old.flatMap { readable($0["block"], of: card, logger) } ?? .empty
        let merged = before.merged(with: table)
        guard merged != before, merged.times.count <= SampleBlock.maximumRows else { return nil }
        return HourBlock(
            card: card, hour: hour, samples: merged.count, change: merged.count - (old?["samples"] ?? 0), bytes: SampleBlock.encode(merged))
    }

    /// A block's table; nil, and a word in the log, if it is damaged.
    static func readable(_ block: Data, of card: Int64, only keys: Set<Int>? = nil, _ logger: Logger) -> SampleTable? {
        do throws(DamagedSamples) {
            return try SampleBlock.decode(Array(block), only: keys)
        } catch {
            logger.error("a block of the history can't be read", metadata: ["card": "\(card)", "error": "\(error)"])
            return nil
        }
    }

    static func write(_ block: HourBlock, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO raw (card_id, start, samples, block) VALUES (?, ?, ?, ?)
                ON CONFLICT (card_id, start) DO UPDATE SET samples = excluded.samples, block = excluded.block
                """, arguments: [block.card, block.hour, block.samples, block.bytes.data])
        try database.execute(
            sql: "INSERT INTO open_day (card_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING",
            arguments: [block.card, block.hour.floored(to: .day)])
        try database.countSamples(block.change)
    }
}

extension ArchiveState {
    /// Up to which row of the journal all of a card's samples are packed with these.
    func packedEnd(of card: Int64, _ packed: [Int64: CardHead]) -> Int64 {
        let end = packed[card]?.sealed.map(\.last).max() ?? 0
        return heads[card]?.open.map { min(end, $0.first - 1) } ?? end
    }
}
