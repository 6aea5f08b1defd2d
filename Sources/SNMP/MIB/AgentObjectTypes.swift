/// The MIBs that tell of an agent itself: SNMPv2-MIB (RFC 3418 §2), and the engine's in SNMP-FRAMEWORK-MIB (RFC 3411 §5), SNMP-MPD-MIB
/// (RFC 3412 §5), SNMP-TARGET-MIB (RFC 3413 §4.1) and SNMP-USER-BASED-SM-MIB (RFC 3414 §5).
///
/// The texts are the RFCs'; here is what a SET is checked by.
package enum AgentObjectTypes {
    package static let sysDescr = ObjectType("sysDescr", "1.3.6.1.2.1.1.1", .displayString())
    package static let sysObjectID = ObjectType("sysObjectID", "1.3.6.1.2.1.1.2", .objectIdentifier)
    package static let sysUpTime = ObjectType("sysUpTime", "1.3.6.1.2.1.1.3", .timeTicks)
    package static let sysContact = ObjectType("sysContact", "1.3.6.1.2.1.1.4", .displayString(), .readWrite)
    package static let sysName = ObjectType("sysName", "1.3.6.1.2.1.1.5", .displayString(), .readWrite)
    package static let sysLocation = ObjectType("sysLocation", "1.3.6.1.2.1.1.6", .displayString(), .readWrite)
    package static let sysServices = ObjectType("sysServices", "1.3.6.1.2.1.1.7", .integer(0...127))
    package static let sysORLastChange = ObjectType("sysORLastChange", "1.3.6.1.2.1.1.8", .timeStamp)
    package static let sysORID = ObjectType("sysORID", "1.3.6.1.2.1.1.9.1.2", .objectIdentifier)
    package static let sysORDescr = ObjectType("sysORDescr", "1.3.6.1.2.1.1.9.1.3", .displayString())
    package static let sysORUpTime = ObjectType("sysORUpTime", "1.3.6.1.2.1.1.9.1.4", .timeStamp)

    /// A counter of the snmp group, 1.3.6.1.2.1.11.
    static func counter(_ arc: UInt32, _ name: String) -> ObjectType { counter(arc, name, below: "1.3.6.1.2.1.11") }
    static let snmpEnableAuthenTraps = ObjectType("snmpEnableAuthenTraps", "1.3.6.1.2.1.11.30", .named("enabled", "disabled"), .readWrite)

    static let snmpEngineID = ObjectType("snmpEngineID", "1.3.6.1.6.3.10.2.1.1", .octetString(5...32))
    static let snmpEngineBoots = ObjectType("snmpEngineBoots", "1.3.6.1.6.3.10.2.1.2", .integer(1...Int32.max))
    static let snmpEngineTime = ObjectType("snmpEngineTime", "1.3.6.1.6.3.10.2.1.3", .integer(0...Int32.max))
    static let snmpEngineMaxMessageSize = ObjectType("snmpEngineMaxMessageSize", "1.3.6.1.6.3.10.2.1.4", .integer(484...Int32.max))

    private static let mpdStats: OID = "1.3.6.1.6.3.11.2.1"
    static let snmpUnknownSecurityModels = counter(1, "snmpUnknownSecurityModels", below: mpdStats)
    static let snmpInvalidMsgs = counter(2, "snmpInvalidMsgs", below: mpdStats)
    static let snmpUnknownPDUHandlers = counter(3, "snmpUnknownPDUHandlers", below: mpdStats)

    private static let targetObjects: OID = "1.3.6.1.6.3.12.1"
    static let snmpUnavailableContexts = counter(4, "snmpUnavailableContexts", below: targetObjects)
    static let snmpUnknownContexts = counter(5, "snmpUnknownContexts", below: targetObjects)

    private static let usmStats: OID = "1.3.6.1.6.3.15.1.1"
    static let usmStatsUnsupportedSecLevels = counter(1, "usmStatsUnsupportedSecLevels", below: usmStats)
    static let usmStatsNotInTimeWindows = counter(2, "usmStatsNotInTimeWindows", below: usmStats)
    static let usmStatsUnknownUserNames = counter(3, "usmStatsUnknownUserNames", below: usmStats)
    static let usmStatsUnknownEngineIDs = counter(4, "usmStatsUnknownEngineIDs", below: usmStats)
    static let usmStatsWrongDigests = counter(5, "usmStatsWrongDigests", below: usmStats)
    static let usmStatsDecryptionErrors = counter(6, "usmStatsDecryptionErrors", below: usmStats)

    private static func counter(_ arc: UInt32, _ name: String, below group: OID) -> ObjectType {
        ObjectType(name, group.appending(arc), .counter32)
    }
}
