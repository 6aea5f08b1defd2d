package import NIOCore

/// Why an SNMP operation has no result.
package enum SNMPError: Error, Equatable, Sendable {
    case noResponse(from: SocketAddress, attempts: Int)
    /// The agent refused. `index` is the binding at fault, from 1, or 0.
    case errorStatus(ErrorStatus, index: Int)
    /// The agent's objects do not come in order: this name came twice, or too late.
    case nonIncreasing(OID)
    /// A walk ended before the subtree did: at its row limit, or because the agent fell silent.
    case incomplete(rows: Int)
    /// As many requests as the client allows are waiting already.
    case tooManyRequests
    /// The socket cannot send there: another address family, no port, or (`errno`) no route.
    case unreachable(SocketAddress, errno: CInt)
    /// The client's `run()` has ended.
    case closed
}
