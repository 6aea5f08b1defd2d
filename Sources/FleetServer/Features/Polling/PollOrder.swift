import NetVision
import SNMP

/// How a card of the inventory is to be polled.
struct PollOrder: Sendable, Equatable {
    var card: Card
    var target: SNMPTarget
    var timing: PollTiming
    var origin = PollIntervals.Origin.configuration

    /// Whether what was learnt of reading the card does not hold any more.
    func isReadDifferently(from other: PollOrder) -> Bool {
        card.kind != other.card.kind || card.protocol != other.card.protocol || card.profile != other.card.profile
    }
}

/// The division of all cards among the servers of one database.
enum PollShards {
    static let count = 64

    /// Neighbouring numbers are far apart: servers hold runs of shards, and a small fleet is to be shared too.
    static func shard(of card: Int64) -> Int { Int(UInt64(bitPattern: card &* 37) % UInt64(count)) }
}
