import FoundationEssentials

/// Puts the cards' chains together again from the rows of a journal.
struct JournalReading: Sendable {
    private let packed: [Int64: Int64]
    private let uptime: Double
    private var segments: [Int64: CardHead.Segment] = [:]
    private(set) var last: Int64 = 0
    private(set) var damage: DamagedSamples?

    /// - Parameter packed: up to which row each card's samples are in blocks.
    init(packed: [Int64: Int64], uptime: Double) {
        self.packed = packed
        self.uptime = uptime
    }

    /// The next row, in the order of the rows.
    mutating func add(_ links: Data, link: Int64) {
        last = max(last, link)
        var reader = ByteReader(Array(links))
        do throws(DamagedSamples) {
            while !reader.isAtEnd {
                let card = try reader.zigzag()
                let bytes = try reader.bytes(reader.count(upTo: reader.remaining))
                if link > packed[card] ?? .min { add(bytes, of: card, link: link) }
            }
        } catch {
            damage = damage ?? error
        }
    }

    private mutating func add(_ bytes: [UInt8], of card: Int64, link: Int64) {
        segments[card, default: CardHead.Segment(first: link, last: link, arrived: uptime)].bytes += bytes
        segments[card]?.last = link
    }

    /// What has been read, ready to be packed.
    mutating func finish() -> [Int64: CardHead] {
        var heads: [Int64: CardHead] = [:]
        for (card, segment) in segments {
            var head = CardHead(sealed: [segment])
            let (rows, damage) = head.rows
            self.damage = self.damage ?? damage
            head.sealed[0].samples = rows.reduce(0) { $0 + $1.values.count }
            heads[card] = head
        }
        return heads
    }
}

extension [UInt8] {
    var data: Data { Data(self) }
}
