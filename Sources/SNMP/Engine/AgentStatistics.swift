/// An agent's counters, by the names of the snmp group (RFC 1213 §6.11, RFC 3418 §2).
package struct AgentStatistics: Equatable, Sendable {
    package var inPackets: UInt32 = 0
    package var outPackets: UInt32 = 0
    package var inBadVersions: UInt32 = 0
    package var inBadCommunityNames: UInt32 = 0
    package var inBadCommunityUses: UInt32 = 0
    package var inASNParseErrors: UInt32 = 0
    package var inTotalRequestVariables: UInt32 = 0
    package var inTotalSetVariables: UInt32 = 0
    package var inGetRequests: UInt32 = 0
    package var inGetNexts: UInt32 = 0
    package var inSetRequests: UInt32 = 0
    /// Responses that somebody sent to the agent.
    package var inGetResponses: UInt32 = 0
    /// Notifications that somebody sent to the agent.
    package var inTraps: UInt32 = 0
    package var outTooBigs: UInt32 = 0
    package var outNoSuchNames: UInt32 = 0
    package var outBadValues: UInt32 = 0
    package var outGeneralErrors: UInt32 = 0
    package var outGetResponses: UInt32 = 0
    /// Left to whoever sends the notifications.
    package var outTraps: UInt32 = 0
    package var silentDrops: UInt32 = 0
    /// Those of v3. One of them, the unknown PDU handlers, counts the requests of v1 and v2c too (RFC 3412 §4.2.2).
    package var engine = EngineStatistics()

    package init() {}

    /// Messages of somebody who is not who he says: what an authenticationFailure notification tells of (RFC 3418 §2).
    package var authenticationFailures: UInt32 { inBadCommunityNames &+ engine.unknownUserNames &+ engine.wrongDigests }

    /// A PDU that could be read, before it is answered.
    mutating func recordRequest(_ kind: PDU.Kind) {
        switch kind {
        case .get: inGetRequests &+= 1
        case .getNext: inGetNexts &+= 1
        case .set: inSetRequests &+= 1
        case .response: inGetResponses &+= 1
        case .trapV2, .inform: inTraps &+= 1
        case .getBulk, .report: break
        }
    }

    mutating func recordReply(_ reply: Responder.Reply) {
        switch reply {
        case .response(let status):
            outPackets &+= 1
            outGetResponses &+= 1
            recordError(status)
        case .tooBigForAnError: silentDrops &+= 1
        case .notARequest: engine.unknownPDUHandlers &+= 1
        }
    }

    private mutating func recordError(_ status: ErrorStatus) {
        switch status {
        case .tooBig: outTooBigs &+= 1
        case .noSuchName: outNoSuchNames &+= 1
        case .badValue: outBadValues &+= 1
        case .genErr: outGeneralErrors &+= 1
        default: break
        }
    }

    mutating func recordDecodingError(_ error: SNMPDecodingError) {
        if case .unsupportedVersion = error.reason { inBadVersions &+= 1 } else { inASNParseErrors &+= 1 }
    }
}
