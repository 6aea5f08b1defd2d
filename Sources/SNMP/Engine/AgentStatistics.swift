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
    package var outTooBigs: UInt32 = 0
    package var outNoSuchNames: UInt32 = 0
    package var outBadValues: UInt32 = 0
    package var outGeneralErrors: UInt32 = 0
    package var outGetResponses: UInt32 = 0
    package var silentDrops: UInt32 = 0

    package init() {}

    mutating func recordResponse(_ response: PDU, to kind: PDU.Kind) {
        outGetResponses &+= 1
        switch response.errorStatus {
        case .noError where kind == .set: inTotalSetVariables &+= UInt32(clamping: response.bindings.count)
        case .noError: inTotalRequestVariables &+= UInt32(clamping: response.bindings.count)
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

    /// The objects of the snmp group that these counters fill, 1.3.6.1.2.1.11.n.0. `statistics` is asked at each request.
    package static func snmpGroup(reading statistics: @escaping @Sendable () -> AgentStatistics) -> [ManagedObject] {
        let group: OID = "1.3.6.1.2.1.11"
        return counters.map { arc, counter in
            ManagedObject(group.appending(arc, 0)) { .counter32(counter(statistics())) }
        }
    }

    private static let counters: [(UInt32, @Sendable (AgentStatistics) -> UInt32)] = [
        (1, { $0.inPackets }), (2, { $0.outPackets }), (3, { $0.inBadVersions }), (4, { $0.inBadCommunityNames }),
        (5, { $0.inBadCommunityUses }), (6, { $0.inASNParseErrors }), (13, { $0.inTotalRequestVariables }),
        (14, { $0.inTotalSetVariables }),
        (15, { $0.inGetRequests }), (16, { $0.inGetNexts }), (17, { $0.inSetRequests }), (20, { $0.outTooBigs }),
        (21, { $0.outNoSuchNames }), (22, { $0.outBadValues }), (24, { $0.outGeneralErrors }), (28, { $0.outGetResponses }),
        (31, { $0.silentDrops }),
    ]
}
