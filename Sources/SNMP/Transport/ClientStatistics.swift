/// A client's counters since it was made.
package struct ClientStatistics: Equatable, Sendable {
    /// Requests, each counted once however often it was sent.
    package var requests: UInt64 = 0
    package var responses: UInt64 = 0
    package var retransmissions: UInt64 = 0
    /// Requests that no attempt brought a response to.
    package var timeouts: UInt64 = 0
    /// Reports of SNMPv3 agents: an engine that was discovered, a clock that had to be read anew, a user that is unknown.
    package var reports: UInt64 = 0
    /// Requests that the system had no route for.
    package var refused: UInt64 = 0
    /// Variable bindings in the responses.
    package var oids: UInt64 = 0
    /// Received datagrams that completed no request.
    package var drops: [SNMPDropReason: UInt64] = [:]
}
