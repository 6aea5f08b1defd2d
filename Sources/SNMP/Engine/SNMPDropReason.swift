/// Why a received datagram completes no request.
package enum SNMPDropReason: Hashable, Sendable, CaseIterable {
    case malformed
    case notAResponse
    /// Late, duplicate or forged: nobody has asked this peer with this id.
    case unknownRequest
    /// What is under way with the peer is of another version of SNMP.
    case wrongVersion
    /// A v3 message whose signature, engine, user, level or context is not that of the request.
    case notAuthentic
}
