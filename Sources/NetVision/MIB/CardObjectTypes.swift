package import SNMP

/// The objects of the NET VISION 7 and 8 branch that tell of the card and of the UPS's make-up, and not what the UPS measures.
///
///     4555.1.1.7.1 ─ 8 upsConfig ─ 9 upsAgent ─ …
///                                    ├ 1 … 20, 23 scalars
///                                    └ 21.1.{1 index, 2 address, 3 community, 4 type}.row  upsAgentTrapsReceiversTable
package enum CardObjectTypes {
    private static let config = MIBModule.netVision7.root.appending(8)
    private static let agent = MIBModule.netVision7.root.appending(9)
    private static let receivers = agent.appending(21)

    package static let upsConfigNbrUnit = ObjectType(
        "upsConfigNbrUnit", config.appending(2), .integer(), description: "The number of units in parallel.")
    package static let upsConfigUnitKva = ObjectType(
        "upsConfigUnitKva", config.appending(3), .integer(), units: "0.1 kVA",
        description: "Rated apparent power of one unit. 65535 where the UPS does not tell it.",
        reference: "SOCOMECUPS-MIB 8.11, whose text says kVA; its neighbour upsConfigNomKva counts tenths")
    package static let upsConfigRemoteCtrl = ObjectType(
        "upsConfigRemoteCtrl", config.appending(4), .integer(0...1), description: "1 if the UPS takes orders from afar, else 0.")

    package static let upsAgentIpaddress = ObjectType(
        "upsAgentIpaddress", agent.appending(1), .ipAddress, .readWrite, description: "The address of the card.")
    package static let upsAgentGateway = ObjectType(
        "upsAgentGateway", agent.appending(2), .ipAddress, .readWrite, description: "The router of the card; 0.0.0.0 if it has none.")
    package static let upsAgentSubnetMask = ObjectType(
        "upsAgentSubnetMask", agent.appending(3), .ipAddress, .readWrite, description: "The mask of the card's network.")
    package static let upsAgentPollRate = ObjectType(
        "upsAgentPollRate", agent.appending(10), .integer(1...60), .readWrite, units: "seconds",
        description: "How often the card asks the UPS.")
    package static let upsAgentDhcpStatue = ObjectType(
        "upsAgentDhcpStatue", agent.appending(12), .named("enabled", "disabled"), .readWrite,
        description: "Whether the card gets its address by DHCP.")
    package static let upsAgentTftpStatus = ObjectType(
        "upsAgentTftpStatus", agent.appending(14), .named("enabled", "disabled"), .readWrite,
        description: "Whether the card takes firmware by TFTP.")
    package static let upsAgentRestart = ObjectType(
        "upsAgentRestart", agent.appending(16), .named("restart", "nothing"), .readWrite,
        description: "Set to restart(1), the card restarts. Reads as nothing(2).")
    package static let upsAgentMibVersion = ObjectType(
        "upsAgentMibVersion", agent.appending(23), .integer(), description: "The version of the vendor's MIB that is followed, times 100.")

    package static let trapsIndex = receiver(1, "trapsIndex", .integer(1...8), .readOnly, "The number of the row.")
    package static let trapsReceiverAddr = receiver(
        2, "trapsReceiverAddr", .displayString(), .readWrite,
        "Who gets traps: an IPv4 address, or one with a colon and a port after it. Empty where nobody does.")
    package static let receiverCommunityString = receiver(
        3, "receiverCommunityString", .displayString(0...31), .readWrite, "The community of the traps.")
    package static let receiverNmstype = receiver(
        4, "receiverNmstype", .named("none", "rfc1628", "netVision"), .readWrite,
        "Which traps the receiver gets: none, those of UPS-MIB (RFC 1628), or those of this module.")

    package static let receiversTable = ConceptualTable(
        "upsAgentTrapsReceiversTable", receivers, entry: "upsAgentTrapsReceiversEntry", index: ["trapsIndex"],
        description: "Who gets traps. There are always eight rows.", rowDescription: "One receiver, or a place for one.")

    package static let all: [ObjectType] = [
        upsConfigNbrUnit, upsConfigUnitKva, upsConfigRemoteCtrl, upsAgentIpaddress, upsAgentGateway, upsAgentSubnetMask, upsAgentPollRate,
        upsAgentDhcpStatue, upsAgentTftpStatus, upsAgentRestart, upsAgentMibVersion, trapsIndex, trapsReceiverAddr,
        receiverCommunityString, receiverNmstype,
    ]

    private static func receiver(
        _ column: UInt32, _ name: String, _ syntax: ObjectSyntax, _ access: ObjectType.Access, _ description: String
    ) -> ObjectType {
        ObjectType(name, receivers.appending(1, column), syntax, access, description: description)
    }
}
