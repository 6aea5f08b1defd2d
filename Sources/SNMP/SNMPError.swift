package import NIOCore

/// Why an SNMP operation has no result.
package enum SNMPError: Error, Equatable, Sendable {
    case noResponse(from: SocketAddress, attempts: Int)
    /// The agent refused. `index` is the binding at fault, from 1, or 0.
    case errorStatus(ErrorStatus, index: Int)
    /// The agent's security model refused the request (v3).
    case security(SNMPSecurityError)
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

/// What an agent has against a user or his messages, as it reports it (RFC 3414 §3.2).
package enum SNMPSecurityError: Error, Hashable, Sendable {
    case unknownUser
    /// The agent's digest differs: another authentication password or protocol.
    case wrongKey
    /// The agent can't decrypt: another privacy password or protocol.
    case wrongPrivacyKey
    /// The agent doesn't give the user this security level.
    case unsupportedLevel
    /// The agent insists that the request is too old or too new, even after its clock was read anew.
    case notInTimeWindow
    /// The agent denies the engine id that it has just told.
    case unknownEngine
    case unknownContext
    /// The agent says who it is, but leaves the request without an answer.
    case ignored
    /// The agent reported what no other case stands for, by this counter.
    case other(OID)

    /// - Parameter counter: What the agent's report names.
    init(reported counter: OID) {
        self =
            switch EngineCounter(oid: counter) {
            case .unsupportedSecurityLevels: .unsupportedLevel
            case .notInTimeWindows: .notInTimeWindow
            case .unknownUserNames: .unknownUser
            case .unknownEngineIDs: .unknownEngine
            case .wrongDigests: .wrongKey
            case .decryptionErrors: .wrongPrivacyKey
            case .unavailableContexts, .unknownContexts: .unknownContext
            case .unknownSecurityModels, .invalidMessages, .unknownPDUHandlers, nil: .other(counter)
            }
    }
}

extension SNMPSecurityError: CustomStringConvertible {
    /// A sentence for the person who can mend it.
    package var description: String {
        switch self {
        case .unknownUser: "The agent doesn't know this SNMPv3 user: check the user name, or add the user to the card's USM table."
        case .wrongKey: "Wrong key: the authentication password or protocol differs from what the agent has for this user."
        case .wrongPrivacyKey: "The agent can't decrypt: the privacy password or protocol differs from what it has for this user."
        case .unsupportedLevel:
            "The agent doesn't allow this security level for the user: compare noAuthNoPriv, authNoPriv and authPriv with its USM table."
        case .notInTimeWindow: "Not in time window: the agent's SNMP clock does not keep still. Restart the card if this lasts."
        case .unknownEngine: "The agent denies its own SNMP engine id. Restart the card if this lasts."
        case .unknownContext: "The agent has no such SNMPv3 context: leave the context name empty."
        case .ignored:
            "The agent answers who it is, and nothing else: its privacy password or protocol for this user differs, or it has no such context."
        case .other(let counter): "The agent refuses the message and increases its counter \(counter)."
        }
    }
}
