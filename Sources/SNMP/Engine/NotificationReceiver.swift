package import NIOCore

/// Somebody who wants to be told: where, in which version, and whether he confirms.
package struct NotificationReceiver: Hashable, Sendable {
    package var address: SocketAddress { didSet { peer = PeerAddress(address) } }
    /// A v3 user has to be known at the receiver: for traps with our engine id, for informs with the receiver's.
    package var credentials: SNMPCredentials
    /// Informs, which are repeated until they are acknowledged, instead of traps. v1 has traps only.
    package var isConfirmed: Bool
    /// How long the first attempt of an inform waits for its acknowledgement; the nth waits n times as long.
    package var timeout: Duration
    /// What is sent of an inform after the first attempt.
    package var retries: Int
    private(set) var peer: PeerAddress?

    package init(
        _ address: SocketAddress, credentials: SNMPCredentials, isConfirmed: Bool = false, timeout: Duration = .seconds(1), retries: Int = 3
    ) {
        self.address = address
        self.credentials = credentials
        self.isConfirmed = isConfirmed
        self.timeout = timeout
        self.retries = retries
        peer = PeerAddress(address)
    }

    /// Whether informs are sent.
    var takesInforms: Bool { isConfirmed && credentials.version != .v1 }

    var retry: RetryPolicy { RetryPolicy(timeout: TimeAmount(timeout), retries: retries) }
}

/// Why a notification was not sent, or not taken.
package enum NotificationLoss: String, Hashable, Sendable, CaseIterable {
    /// As many as allowed wait for the receiver, or for the socket, already.
    case queueFull
    /// As many receivers as allowed are being told things already.
    case tooManyReceivers
    /// It has a value of a type that v1 has not.
    case notInVersion1
    /// Longer than a datagram.
    case tooLong
    /// No route, another address family, or no port.
    case unreachable
    /// The receiver answered an inform with an error, or with a report that has no cure: it does not know the user, or not with this key.
    case refused
    /// No attempt of an inform was acknowledged.
    case unanswered
    /// The sender ended before.
    case closed
}

/// A sender's counters, of one receiver or of all. All that was submitted is sent, merged or lost, or still waits.
package struct NotificationSendStatistics: Equatable, Sendable {
    package var submitted: UInt64 = 0
    /// Notifications that left, each counted once.
    package var sent: UInt64 = 0
    /// Informs sent again.
    package var retransmissions: UInt64 = 0
    /// Informs that the receiver has confirmed.
    package var acknowledged: UInt64 = 0
    /// Notifications in whose place a newer, equal one was sent.
    package var merged: UInt64 = 0
    package var losses: [NotificationLoss: UInt64] = [:]

    package init() {}

    mutating func count(_ loss: NotificationLoss, _ number: Int = 1) {
        guard number > 0 else { return }
        losses[loss, default: 0] &+= UInt64(number)
    }

    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.submitted &+= right.submitted
        sum.sent &+= right.sent
        sum.retransmissions &+= right.retransmissions
        sum.acknowledged &+= right.acknowledged
        sum.merged &+= right.merged
        sum.losses.merge(right.losses) { $0 &+ $1 }
        return sum
    }
}
