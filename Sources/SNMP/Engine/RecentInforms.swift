import NIOCore

/// The informs that were delivered a short while ago, by which retransmissions of them are known (RFC 3416 §4.2.7 lets a sender repeat an
/// inform until it is acknowledged, and acknowledgements get lost).
///
/// An inform is the same if its peer, its request id and its contents are the same: a program that starts again may begin with the same
/// ids. Bounded by a number and a lifetime; what is forgotten would be delivered a second time, never lost.
struct RecentInforms: Sendable {
    /// What tells informs apart. `digest` stands for the contents.
    struct Key: Hashable, Sendable {
        let peer: PeerAddress
        let requestID: Int32
        let digest: Int

        init(_ pdu: PDU, from peer: PeerAddress) {
            self.peer = peer
            requestID = pdu.requestID
            digest = pdu.bindings.hashValue
        }
    }

    let capacity: Int
    let lifetime: TimeAmount
    private var known: Set<Key> = []
    /// In the order of their arrival.
    private var order = CircularBuffer<(key: Key, expiry: NIODeadline)>()

    init(capacity: Int, lifetime: TimeAmount) {
        self.capacity = max(capacity, 1)
        self.lifetime = lifetime
    }

    var count: Int { known.count }

    mutating func contains(_ key: Key, now: NIODeadline) -> Bool {
        while let first = order.first, first.expiry <= now { forgetFirst() }
        return known.contains(key)
    }

    mutating func insert(_ key: Key, now: NIODeadline) {
        guard known.insert(key).inserted else { return }
        if known.count > capacity { forgetFirst() }
        order.append((key, now + lifetime))
    }

    private mutating func forgetFirst() {
        guard let first = order.popFirst() else { return }
        known.remove(first.key)
    }
}
