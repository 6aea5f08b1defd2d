import NetVision
import SNMP

// The system group, upsSystem and upsAgent.

extension SettingObject {
    static let system: [SettingObject] = [
        SettingObject(AgentObjectTypes.sysContact, "identity.system-contact", .text),
        SettingObject(AgentObjectTypes.sysName, "identity.system-name", .text),
        SettingObject(AgentObjectTypes.sysLocation, "identity.system-location", .text),
    ]

    /// The same texts in the branch of a UPS, and what UPS-MIB (RFC 1628) lets an owner say of it.
    static let upsIdentity: [SettingObject] = {
        let own: [(field: IdentityObject.Field, setting: String)] = [
            (.systemName, "identity.system-name"), (.systemContact, "identity.system-contact"),
            (.systemLocation, "identity.system-location"),
        ]
        let declarations = MIBModule.netVision7.declarations
        let texts = own.compactMap { field, setting in declarations.identity(field).map { SettingObject($0, setting, .text) } }
        let name = MIBModule.rfc1628.declarations.identity(.unitName).map { SettingObject($0, "identity.ups-name", .text) }
        return texts + (name.map { [$0] } ?? []) + [
            SettingObject(StandardObjectTypes.upsIdentAttachedDevices, "identity.attached-devices", .text),
            SettingObject(StandardObjectTypes.upsAutoRestart, "shutdown.auto-restart", .flag(on: 1, off: 2)),
        ]
    }()

    static func agent(_ group: AgentGroup, _ dialect: Dialect) -> [SettingObject] {
        let rates = SettingCoding.words(dialect.baudRates)
        let scalars: [SettingObject] = [
            SettingObject(group.upsAgentIpaddress, "identity.address", .address),
            SettingObject(group.upsAgentGateway, "identity.gateway", .address),
            SettingObject(group.upsAgentSubnetMask, "identity.subnet-mask", .mask),
            SettingObject(group.upsAgentNtpTimeServer, "date-time.ntp-server", .text),
            SettingObject(group.upsAgentNtpTimeZone, "date-time.time-zone", .number),
            SettingObject(group.upsAgentHistoryLogFrequency, "configuration.history-interval", .number),
            SettingObject(group.upsAgentExtHistoryLogFrequency, "configuration.extended-interval", .number),
            SettingObject(group.upsAgentPollRate, "configuration.polling-rate", .number),
            SettingObject(group.upsAgentBaudRate, "configuration.baud-rate", rates),
            SettingObject(group.upsAgentDhcpStatus, "identity.dhcp", .enabled),
            SettingObject(group.upsAgentTelnetStatus, "control.ssh", .enabled),
            SettingObject(group.upsAgentTftpStatus, "control.network-upgrade", .enabled),
        ]
        let receivers = (1...AgentGroup.rows).flatMap { row in
            [
                SettingObject(group.receivers.trapsReceiverAddr, row: row, "trap-receiver-\(row).address", .text),
                SettingObject(group.receivers.receiverCommunityString, row: row, "trap-receiver-\(row).community", .text),
                SettingObject(group.receivers.receiverNmstype, row: row, "trap-receiver-\(row).type", .words(dialect.receiverKinds)),
            ]
        }
        return scalars + receivers
    }

    static let firewall: [SettingObject] = (1...AgentGroup.rows).flatMap { row in
        let rules = AgentGroup.netVision7.guests
        return [
            SettingObject(rules.address, row: row, "firewall-\(row).address", .text),
            SettingObject(rules.extent, row: row, "firewall-\(row).prefix-length", .number),
            SettingObject(rules.mode, row: row, "firewall-\(row).action", .words([(1, "accept"), (2, "reject")])),
        ]
    }

    /// Rows 1 and 2 of upsAgentAccessControlTable. The write community is not shown: a reader could write with it.
    static let communities: [SettingObject] = {
        let table = AgentGroup.netVision6.guests
        let read = "configuration.snmp-read-community"
        let write = "configuration.snmp-write-community"
        return [
            SettingObject(table.extent, row: 1, read, .text), SettingObject(table.mode, row: 1, read, .community(right: 1)),
            SettingObject(table.extent, row: 2, write, .text, isHidden: true),
            SettingObject(table.mode, row: 2, write, .community(right: 2)),
        ]
    }()
}
