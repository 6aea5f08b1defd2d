package import NIOCore

/// A sender whose notifications are not let in, and why the last one was not.
package struct RefusedSender: Hashable, Sendable {
    let peer: PeerAddress
    package var count: UInt64
    package var reason: NotificationDropReason
    /// Of version 3: who the message says it is from, unchecked.
    package var engine: EngineID?
    package var user: String?
    /// Where the datagrams came from; the port is that of the first one.
    package var source: SocketAddress { peer.socketAddress }
}

/// Whose notifications were refused since somebody asked. Bounded: of more addresses than there is room for, the first ones are kept.
struct RefusedSenders: Sendable {
    static let capacity = 1024
    /// What is no notification at all, or was only untimely, tells nothing of its sender.
    private static let reasons: Set<NotificationDropReason> = [
        .unknownCommunity, .unknownUser, .unsupportedSecurityLevel, .wrongDigest, .notInTimeWindow, .decryption, .unknownContext,
        .rateLimited,
    ]

    /// An address without its port.
    private struct Host: Hashable {
        let high: UInt64
        let low: UInt64
        let scope: UInt32

        init(_ peer: PeerAddress) { (high, low, scope) = (peer.high, peer.low, peer.scope) }
    }

    private var senders: [Host: RefusedSender] = [:]

    var isEmpty: Bool { senders.isEmpty }

    mutating func note(_ reason: NotificationDropReason, _ octets: UnsafeRawBufferPointer, from peer: PeerAddress) {
        guard Self.reasons.contains(reason) else { return }
        let host = Host(peer)
        if let index = senders.index(forKey: host), senders.values[index].reason == reason {
            senders.values[index].count &+= 1
            return
        }
        var sender = RefusedSender(peer: senders[host]?.peer ?? peer, count: 1, reason: reason)
        if let message = try? SecureMessage(octets) {
            sender.engine = message.engineID(in: octets)
            sender.user = message.slice(message.userName, of: octets).map { String(decoding: $0, as: UTF8.self) }
        }
        add(sender)
    }

    mutating func add(_ others: RefusedSenders) {
        for sender in others.senders.values { add(sender) }
    }

    private mutating func add(_ sender: RefusedSender) {
        let host = Host(sender.peer)
        let before = senders[host]
        guard before != nil || senders.count < Self.capacity else { return }
        var sum = sender
        sum.count &+= before?.count ?? 0
        senders[host] = sum
    }

    mutating func take() -> [RefusedSender] {
        defer { senders.removeAll(keepingCapacity: true) }
        return Array(senders.values)
    }

    mutating func takeAll() -> RefusedSenders {
        defer { senders.removeAll(keepingCapacity: true) }
        return self
    }
}
