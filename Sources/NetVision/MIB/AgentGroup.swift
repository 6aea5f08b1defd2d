package import SNMP

/// The group upsAgent: the card itself, its clock, its logs, and who may do what.
///
///     upsAgent ─ 1 … 20, 23, 50 scalars
///              ├ 21.1.{1 index, 2 address, 3 community, 4 type}.row      who gets traps
///              └ 22.1.{1 index, 2 address, 3 prefix or community, 4 mode}.row   the firewall, or in the older branch who is answered
///
/// Both branches have it, with the same arcs, the same settings behind them, and other ranges and numbers here and there.
package struct AgentGroup: Sendable {
    package let upsAgentIpaddress: ObjectType
    package let upsAgentGateway: ObjectType
    package let upsAgentSubnetMask: ObjectType
    package let upsAgentDate: ObjectType
    package let upsAgentTime: ObjectType
    package let upsAgentNtpTimeServer: ObjectType
    package let upsAgentNtpTimeZone: ObjectType
    package let upsAgentHistoryLogFrequency: ObjectType
    package let upsAgentExtHistoryLogFrequency: ObjectType
    package let upsAgentPollRate: ObjectType
    package let upsAgentBaudRate: ObjectType
    /// upsAgentDhcpStatue in the newer branch.
    package let upsAgentDhcpStatus: ObjectType
    package let upsAgentTelnetStatus: ObjectType
    package let upsAgentTftpStatus: ObjectType
    package let upsAgentResetToDefault: ObjectType
    package let upsAgentRestart: ObjectType
    package let upsAgentClearAgentLog: ObjectType
    package let upsAgentClearEventLog: ObjectType
    package let upsAgentClearExtHistoryLog: ObjectType
    package let upsAgentClearHistoryLog: ObjectType
    package let upsAgentMibVersion: ObjectType
    package let upsAgentTrapString: ObjectType
    package let receivers: Receivers
    package let guests: Guests

    /// upsAgentTrapsReceiversTable.
    package struct Receivers: Sendable {
        package let trapsIndex: ObjectType
        package let trapsReceiverAddr: ObjectType
        package let receiverCommunityString: ObjectType
        package let receiverNmstype: ObjectType
        package let table: ConceptualTable

        var all: [ObjectType] { [trapsIndex, trapsReceiverAddr, receiverCommunityString, receiverNmstype] }
    }

    /// The table 22: upsAgentFirewallControlTable, or upsAgentAccessControlTable in the older branch.
    package struct Guests: Sendable {
        package let index: ObjectType
        package let address: ObjectType
        /// firewallPrefixLength, or accessCommunityString.
        package let extent: ObjectType
        /// firewallActionMode, or accessControlMode.
        package let mode: ObjectType
        package let table: ConceptualTable

        var all: [ObjectType] { [index, address, extent, mode] }
    }

    package static let netVision7 = AgentGroup(.netVision7)
    package static let netVision6 = AgentGroup(.netVision6)

    /// Rows of the tables 21 and 22; there are always that many.
    package static let rows = 8

    private init(_ branch: UPSBranch) {
        let isOlder = branch == .netVision6
        let group = ObjectGroup(branch.agent)
        upsAgentIpaddress = group.scalar(1, "upsAgentIpaddress", .ipAddress, "The address of the card.")
        upsAgentGateway = group.scalar(2, "upsAgentGateway", .ipAddress, "The router of the card; 0.0.0.0 if it has none.")
        upsAgentSubnetMask = group.scalar(3, "upsAgentSubnetMask", .ipAddress, "The mask of the card's network.")
        upsAgentDate = group.scalar(4, "upsAgentDate", .displayString(10...10), "The card's local date, as dd/mm/yyyy.")
        upsAgentTime = group.scalar(5, "upsAgentTime", .displayString(8...8), "The card's local time, as hh:mm:ss.")
        upsAgentNtpTimeServer = group.scalar(
            6, "upsAgentNtpTimeServer", .displayString(), "The server that the card's clock follows; empty if it follows none.")
        upsAgentNtpTimeZone = group.scalar(
            7, "upsAgentNtpTimeZone", isOlder ? TimeZoneNames.older : TimeZoneNames.newer, "The time zone of the card's clock.")
        upsAgentHistoryLogFrequency = group.scalar(
            8, "upsAgentHistoryLogFrequency", .integer(5...(isOlder ? 21_600 : 28_800)), units: "seconds",
            "How often a sample goes to the history log.")
        upsAgentExtHistoryLogFrequency = group.scalar(
            9, "upsAgentExtHistoryLogFrequency", .integer((isOlder ? 1 : 3)...10_080), units: "minutes",
            "The period of which the extended history log keeps minimum, average and maximum.")
        upsAgentPollRate = group.scalar(
            10, "upsAgentPollRate", .integer((isOlder ? 3 : 1)...60), units: "seconds", "How often the card asks the UPS.")
        upsAgentBaudRate = Self.baudRate(group, isOlder)
        upsAgentDhcpStatus = group.scalar(
            12, isOlder ? "upsAgentDhcpStatus" : "upsAgentDhcpStatue", .enabledOrDisabled, "Whether the card gets its address by DHCP.")
        upsAgentTelnetStatus = group.scalar(13, "upsAgentTelnetStatus", .enabledOrDisabled, "Whether the card has a remote console.")
        upsAgentTftpStatus = group.scalar(14, "upsAgentTftpStatus", .enabledOrDisabled, "Whether the card takes firmware by TFTP.")
        upsAgentResetToDefault = group.request(
            15, "upsAgentResetToDefault", "reset", "all settings of the card become what they were at first")
        upsAgentRestart = group.request(16, "upsAgentRestart", "restart", "the card restarts")
        upsAgentClearAgentLog = group.request(17, "upsAgentClearAgentLog", "clear", "the log of the card's own events is emptied")
        upsAgentClearEventLog = group.request(18, "upsAgentClearEventLog", "clear", "the log of the UPS's events is emptied")
        upsAgentClearExtHistoryLog = group.request(19, "upsAgentClearExtHistoryLog", "clear", "the extended history log is emptied")
        upsAgentClearHistoryLog = group.request(20, "upsAgentClearHistoryLog", "clear", "the history log is emptied")
        receivers = Receivers(branch.agent.appending(21), isOlder: isOlder)
        guests = isOlder ? .access(branch.agent.appending(22)) : .firewall(branch.agent.appending(22))
        upsAgentMibVersion = group.scalar(
            23, "upsAgentMibVersion", .integer(), .readOnly, "The version of the vendor's MIB that is followed, times 100.")
        upsAgentTrapString = group.scalar(
            50, "upsAgentTrapString", .displayString(), .readOnly, "What a trap says in words. Reads as empty.",
            reference: isOlder ? nil : "the manual of NET VISION 8; SOCOMECUPS-MIB has it up to 6.20 only")
    }

    private static func baudRate(_ group: ObjectGroup, _ isOlder: Bool) -> ObjectType {
        isOlder
            ? group.scalar(
                11, "upsAgentBaudRate", .named("br2400", "br9600", "br19200"),
                "The speed of the line to the UPS. br9600(2) where the card finds it out, br19200(3) for what is faster.")
            : group.scalar(
                11, "upsAgentBaudRate", .integer(), .readOnly, units: "bits per second",
                "The speed of the line to the UPS; 9600 where the card finds it out.")
    }

    package var all: [ObjectType] {
        let network = [upsAgentIpaddress, upsAgentGateway, upsAgentSubnetMask]
        let clock = [upsAgentDate, upsAgentTime, upsAgentNtpTimeServer, upsAgentNtpTimeZone]
        let polling = [upsAgentHistoryLogFrequency, upsAgentExtHistoryLogFrequency, upsAgentPollRate, upsAgentBaudRate]
        let services = [upsAgentDhcpStatus, upsAgentTelnetStatus, upsAgentTftpStatus]
        let requests = [
            upsAgentResetToDefault, upsAgentRestart, upsAgentClearAgentLog, upsAgentClearEventLog, upsAgentClearExtHistoryLog,
            upsAgentClearHistoryLog,
        ]
        return network + clock + polling + services + requests + receivers.all + guests.all + [upsAgentMibVersion, upsAgentTrapString]
    }

    package var tables: [ConceptualTable] { [receivers.table, guests.table] }
}

extension AgentGroup.Receivers {
    fileprivate init(_ oid: OID, isOlder: Bool) {
        let columns = ObjectGroup(oid.appending(1))
        trapsIndex = columns.scalar(1, "trapsIndex", .integer(1...Int32(AgentGroup.rows)), .readOnly, "The number of the row.")
        trapsReceiverAddr = columns.scalar(
            2, "trapsReceiverAddr", .displayString(),
            "Who gets traps: an IPv4 address, or one with a colon and a port after it. Empty where nobody does.")
        receiverCommunityString = columns.scalar(
            3, "receiverCommunityString", .displayString(0...(isOlder ? 15 : 31)), "The community of the traps.")
        receiverNmstype = columns.scalar(
            4, "receiverNmstype", isOlder ? .named("none", "netVision", "rfc1628") : .named("none", "rfc1628", "netVision"),
            "Which traps the receiver gets: none, those of UPS-MIB (RFC 1628), or those of NET VISION.")
        table = ConceptualTable(
            "upsAgentTrapsReceiversTable", oid, entry: "upsAgentTrapsReceiversEntry", index: ["trapsIndex"],
            description: "Who gets traps. There are always eight rows.", rowDescription: "One receiver, or a place for one.")
    }
}

extension AgentGroup.Guests {
    fileprivate static func firewall(_ oid: OID) -> Self {
        let columns = ObjectGroup(oid.appending(1))
        return Self(
            index: columns.scalar(1, "firewallIndex", .integer(1...Int32(AgentGroup.rows)), .readOnly, "The number of the row."),
            address: columns.scalar(
                2, "firewallControlAddr", .displayString(),
                "The address, or the first one of the network, that the rule is for. Empty in a row that is not used."),
            extent: columns.scalar(
                3, "firewallPrefixLength", .integer(1...64), "How many bits of the address count: 1 to 32 for IPv4, to 64 for IPv6."),
            mode: columns.scalar(
                4, "firewallActionMode", .named("accept", "reject"), "Whether hosts with such an address are served."),
            table: ConceptualTable(
                "upsAgentFirewallControlTable", oid, entry: "upsAgentFirewallControlEntry", index: ["firewallIndex"],
                description: "The rules of the firewall, of which the first that fits counts. There are always eight rows.",
                rowDescription: "One rule, or a place for one."))
    }

    fileprivate static func access(_ oid: OID) -> Self {
        let columns = ObjectGroup(oid.appending(1))
        return Self(
            index: columns.scalar(1, "accessIndex", .integer(1...Int32(AgentGroup.rows)), .readOnly, "The number of the row."),
            address: columns.scalar(
                2, "accessControlAddr", .displayString(),
                "The manager that the row is for. Always empty, which is every manager: the firewall tells managers apart."),
            extent: columns.scalar(
                3, "accessCommunityString", .displayString(0...15),
                "The community: of readers in row 1, of those who may also write in row 2. The other rows are not used."),
            mode: columns.scalar(
                4, "accessControlMode", .named("readOnly", "readWrite", "notAccess"),
                "What the community may do: readOnly(1) in row 1, readWrite(2) in row 2, notAccess(3) where there is none."),
            table: ConceptualTable(
                "upsAgentAccessControlTable", oid, entry: "upsAgentAccessControlEntry", index: ["accessIndex"],
                description: "Who is answered. There are always eight rows.", rowDescription: "One community, or a place for one."))
    }
}
