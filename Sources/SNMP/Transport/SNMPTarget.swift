package import NIOCore

/// An agent to talk to, and how patiently.
package struct SNMPTarget: Hashable, Sendable {
    package var address: SocketAddress
    package var version: SNMPVersion
    package var community: Community
    /// How long the first attempt waits for its response; the nth waits n times as long.
    package var timeout: Duration
    /// What is sent after the first attempt.
    package var retries: Int
    /// The most rows that one GETBULK of a walk asks for. Large numbers hang real cards.
    package var maxRepetitions: Int32

    package init(
        _ address: SocketAddress, version: SNMPVersion = .v2c, community: Community = "public", timeout: Duration = .seconds(1),
        retries: Int = 2, maxRepetitions: Int32 = BulkSize.defaultMaximum
    ) {
        self.address = address
        self.version = version
        self.community = community
        self.timeout = timeout
        self.retries = retries
        self.maxRepetitions = maxRepetitions
    }

    var retry: RetryPolicy { RetryPolicy(timeout: TimeAmount(timeout), retries: retries) }
}
