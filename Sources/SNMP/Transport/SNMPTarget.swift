package import NIOCore

/// By what an agent is asked: a community, or a user.
package enum SNMPCredentials: Hashable, Sendable {
    case v1(Community)
    case v2c(Community)
    /// - Parameter contextName: "" for the agent's only context, which is what cards have.
    case v3(USMUser, contextName: String = "")

    package init(_ version: SNMPVersion, _ community: Community) {
        self = version == .v1 ? .v1(community) : .v2c(community)
    }

    package var version: SNMPVersion {
        switch self {
        case .v1: .v1
        case .v2c: .v2c
        case .v3: .v3
        }
    }
}

/// An agent to talk to, and how patiently.
package struct SNMPTarget: Hashable, Sendable {
    package var address: SocketAddress { didSet { peer = PeerAddress(address) } }
    package var credentials: SNMPCredentials
    /// How long the first attempt waits for its response; the nth waits n times as long.
    package var timeout: Duration
    /// What is sent after the first attempt.
    package var retries: Int
    /// The most rows that one GETBULK of a walk asks for. Large numbers hang real cards.
    package var maxRepetitions: Int32
    /// The address as the sockets take it; nil for none of IP.
    private(set) var peer: PeerAddress?

    package init(
        _ address: SocketAddress, credentials: SNMPCredentials, timeout: Duration = .seconds(1), retries: Int = 2,
        maxRepetitions: Int32 = BulkSize.defaultMaximum
    ) {
        self.address = address
        self.credentials = credentials
        self.timeout = timeout
        self.retries = retries
        self.maxRepetitions = maxRepetitions
        peer = PeerAddress(address)
    }

    /// An agent of v1 or v2c.
    package init(
        _ address: SocketAddress, version: SNMPVersion = .v2c, community: Community = "public", timeout: Duration = .seconds(1),
        retries: Int = 2, maxRepetitions: Int32 = BulkSize.defaultMaximum
    ) {
        self.init(
            address, credentials: SNMPCredentials(version, community), timeout: timeout, retries: retries, maxRepetitions: maxRepetitions)
    }

    package var version: SNMPVersion { credentials.version }

    var retry: RetryPolicy { RetryPolicy(timeout: TimeAmount(timeout), retries: retries) }
}
