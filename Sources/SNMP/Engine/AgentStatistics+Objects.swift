/// The objects that show an agent's counters. `statistics` is asked whenever one is read.
extension AgentStatistics {
    /// The snmp group, 1.3.6.1.2.1.11.n.0 (RFC 1213 §6.11, RFC 3418 §2), with the counters that RFC 3418 calls obsolete: real cards have them.
    package static func snmpGroup(reading statistics: @escaping @Sendable () -> AgentStatistics) -> [ManagedObject] {
        snmpCounters.map { type, value in ManagedObject(type) { .counter32(value(statistics())) } }
            + never.map { ManagedObject($0, .counter32(0)) } + [ManagedObject(AgentObjectTypes.snmpEnableAuthenTraps, .integer(2))]
    }

    /// snmpMPDStats, usmStats, and the contexts' counters of SNMP-TARGET-MIB (RFC 3412 §5, RFC 3413 §4.1, RFC 3414 §5).
    package static func engineGroups(reading statistics: @escaping @Sendable () -> AgentStatistics) -> [ManagedObject] {
        EngineCounter.allCases.map { counter in ManagedObject(counter.type) { .counter32(statistics().engine[counter]) } }
    }

    private typealias Counter = (type: ObjectType, value: @Sendable (AgentStatistics) -> UInt32)

    private static let snmpCounters: [Counter] = [
        (AgentObjectTypes.counter(1, "snmpInPkts"), { $0.inPackets }),
        (AgentObjectTypes.counter(2, "snmpOutPkts"), { $0.outPackets }),
        (AgentObjectTypes.counter(3, "snmpInBadVersions"), { $0.inBadVersions }),
        (AgentObjectTypes.counter(4, "snmpInBadCommunityNames"), { $0.inBadCommunityNames }),
        (AgentObjectTypes.counter(5, "snmpInBadCommunityUses"), { $0.inBadCommunityUses }),
        (AgentObjectTypes.counter(6, "snmpInASNParseErrs"), { $0.inASNParseErrors }),
        (AgentObjectTypes.counter(13, "snmpInTotalReqVars"), { $0.inTotalRequestVariables }),
        (AgentObjectTypes.counter(14, "snmpInTotalSetVars"), { $0.inTotalSetVariables }),
        (AgentObjectTypes.counter(15, "snmpInGetRequests"), { $0.inGetRequests }),
        (AgentObjectTypes.counter(16, "snmpInGetNexts"), { $0.inGetNexts }),
        (AgentObjectTypes.counter(17, "snmpInSetRequests"), { $0.inSetRequests }),
        (AgentObjectTypes.counter(18, "snmpInGetResponses"), { $0.inGetResponses }),
        (AgentObjectTypes.counter(19, "snmpInTraps"), { $0.inTraps }),
        (AgentObjectTypes.counter(20, "snmpOutTooBigs"), { $0.outTooBigs }),
        (AgentObjectTypes.counter(21, "snmpOutNoSuchNames"), { $0.outNoSuchNames }),
        (AgentObjectTypes.counter(22, "snmpOutBadValues"), { $0.outBadValues }),
        (AgentObjectTypes.counter(24, "snmpOutGenErrs"), { $0.outGeneralErrors }),
        (AgentObjectTypes.counter(28, "snmpOutGetResponses"), { $0.outGetResponses }),
        (AgentObjectTypes.counter(29, "snmpOutTraps"), { $0.outTraps }),
        (AgentObjectTypes.counter(31, "snmpSilentDrops"), { $0.silentDrops }),
    ]

    /// What an agent without requests of its own and without a proxy does not count: the errors in responses to it, requests sent, requests
    /// that a proxy dropped.
    private static let never: [ObjectType] = [
        AgentObjectTypes.counter(8, "snmpInTooBigs"), AgentObjectTypes.counter(9, "snmpInNoSuchNames"),
        AgentObjectTypes.counter(10, "snmpInBadValues"),
        AgentObjectTypes.counter(11, "snmpInReadOnlys"), AgentObjectTypes.counter(12, "snmpInGenErrs"),
        AgentObjectTypes.counter(25, "snmpOutGetRequests"),
        AgentObjectTypes.counter(26, "snmpOutGetNexts"), AgentObjectTypes.counter(27, "snmpOutSetRequests"),
        AgentObjectTypes.counter(32, "snmpProxyDrops"),
    ]
}
