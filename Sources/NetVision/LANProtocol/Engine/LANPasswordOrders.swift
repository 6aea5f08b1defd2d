import NIOCore

/// The orders for another password that a card has had lately.
///
/// An asker whose result was lost repeats his datagram. The password that it is authentic under no longer counts by then, and the nonce is used:
/// he gets the result once more, and nothing is done a second time.
struct LANPasswordOrders: Sendable {
    static let capacity = 8
    static let lifetime = TimeAmount.seconds(30)

    private struct Entry {
        let message: LANMessage
        let host: String
        let until: NIODeadline
        var result: ByteBuffer?
    }

    private var entries: [Entry] = []

    enum Repetition: Equatable { case none, underWay, answered(ByteBuffer) }

    func repetition(_ message: LANMessage, from host: String, now: NIODeadline) -> Repetition {
        guard let entry = entries.first(where: { $0.message == message && $0.host == host && $0.until > now }) else { return .none }
        return entry.result.map { .answered($0) } ?? .underWay
    }

    mutating func began(_ message: LANMessage, from host: String, now: NIODeadline) {
        entries.removeAll { $0.until <= now }
        if entries.count >= Self.capacity { entries.removeFirst() }
        entries.append(Entry(message: message, host: host, until: now + Self.lifetime))
    }

    mutating func answered(_ transaction: UInt64, from host: String?, _ result: ByteBuffer) {
        for index in entries.indices where entries[index].message.transaction == transaction && entries[index].host == host {
            entries[index].result = result
        }
    }
}
