import Modbus
import NetVision
import SNMP
import Testing

@testable import CardAgent

@Suite struct CardSettingsTests {
    private let vault = SecretVault()
    private let mac = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))
    private var factory: CardSettings {
        CardSettings(
            factory: CardPlan(
                mac: mac, portOffset: .none, network: NetworkSettings(address: 0x0A00_0005, mask: 0xFFFF_0000, gateway: 0x0A00_0001),
                systemName: "UPS 1"))
    }

    @Test func whatIsWrittenIsRead() {
        var settings = factory
        settings.systemName = "  a = b # c \\n\n[x]\r "
        settings.systemContact = ""
        settings.systemLocation = "\u{301}x\r\n\u{85}\u{2028}\t"
        settings.network.usesDHCP = true
        settings.isNetworkUpgradeEnabled = false
        settings.polling = .init(rate: 7, serialTimeout: 120, baudRate: .baud19200)
        settings.dataUnit = 12
        settings.isModbusEnabled = false
        settings.modbusPort = 1502
        let text = SettingsDocument.text(settings, mac: mac, vault: vault)
        var read = factory
        #expect(SettingsDocument.apply(text, to: &read, vault: vault) == [])
        #expect(SettingsDocument.mac(in: text) == mac)
        #expect(read.systemName == settings.systemName)
        #expect(read == settings)
    }

    @Test func aBadLineIsToldAndTheOthersCount() {
        var settings = factory
        let bad = SettingsDocument.apply(
            """
            [identity]
            system-name = UPS 2
            colour = red
            [network]
            address = 10.0.0.300
            dhcp = perhaps
            nonsense
            gateway = 10.0.0.9
            """, to: &settings, vault: vault)
        #expect(bad.map(\.number) == [3, 5, 6, 7])
        #expect(settings.systemName == "UPS 2")
        #expect(settings.network.gateway == 0x0A00_0009)
        #expect(settings.network.address == 0x0A00_0005)
    }

    @Test func usersAndTrapReceiversAreKeptAndTheirSecretsSealed() throws {
        var settings = factory
        let specifications = ["ops one:SHA-512:authpass1:AES-256-C:privpass1", "guest/ro", "signer:MD5:authpass1"]
        settings.users = try specifications.map { try CardUser(specification: $0) }
        settings.isTrapFilterEnabled = true
        settings.trapReceivers[0] = try TrapReceiverArgument("10.0.0.9:1162,community=so secret,version=v1,type=rfc1628").receiver
        settings.trapReceivers[7] = try TrapReceiverArgument("10.0.0.10,user=ops one,inform,events=5+13").receiver
        settings.trapReceivers[3] = try TrapReceiverArgument("10.0.0.11,severity=critical").receiver
        let text = SettingsDocument.text(settings, mac: mac, vault: vault)
        #expect(!text.contains("so secret"))
        var read = factory
        #expect(SettingsDocument.apply(text, to: &read, vault: vault) == [])
        #expect(read == settings)
        #expect(SettingsDocument.text(read, mac: mac, vault: vault) == text)
    }

    /// Another card's secrets can't be opened: each of their lines is told, and such a user is none.
    @Test func secretsOfAnotherCardAreBadLines() throws {
        var settings = factory
        settings.users = [try CardUser(specification: "ops:SHA:authpass1")]
        let text = SettingsDocument.text(settings, mac: mac, vault: SecretVault())
        var read = factory
        let bad = SettingsDocument.apply(text, to: &read, vault: vault)
        #expect(bad.count == 1 + 2 + TrapReceiver.count)
        #expect(bad.allSatisfy { $0.reason.hasSuffix("is sealed by another card") })
        #expect(read.users == [])
        #expect(read.trapReceivers == factory.trapReceivers)
    }

    /// What version 1 had sealed for the user with all that was said of him.
    @Test func theUsersOfVersion1AreOpened() throws {
        let user = try CardUser(specification: "ops one:SHA-512:authpass1:AES-256-C:privpass1")
        let keys = (user.user.authentication?.key.octets ?? []) + (user.user.privacy?.key.octets ?? [])
        let sealed = vault.sealed(keys, for: "snmp-user read-write SHA-512 AES-256-C ops one")
        var settings = factory
        let line = "user-3 = read-write SHA-512 AES-256-C \(sealed) ops one"
        #expect(SettingsDocument.apply("[snmp-users]\n\(line)", to: &settings, vault: vault) == [])
        #expect(settings.users == [user])
    }

    @Test func aUserKeepsHisRow() throws {
        var settings = factory
        let users = try ["a", "b", "c"].map { try CardUser(specification: "\($0):SHA:authpass1") }
        settings.users = users
        settings.users = [users[2]]
        #expect(settings.values["snmp-user-3.name"] == .text("c"))
        settings.users = [users[0], users[2]]
        #expect(settings.values["snmp-user-1.name"] == .text("a"))
        #expect(settings.users == [users[0], users[2]])
    }

    @Test func aPasswordOfAUserBecomesAKey() throws {
        var settings = factory
        let text = """
            [snmp-user-1]
            name = ops
            auth-password = authpass1
            auth-protocol = SHA-256
            priv-password = privpass1
            security-level = authPriv
            access = read-write
            """
        #expect(SettingsDocument.apply(text, to: &settings, vault: vault) == [])
        #expect(settings.users == [try CardUser(specification: "ops:SHA-256:authpass1:AES:privpass1")])
        settings.makeKeys()
        #expect(settings.values["snmp-user-1.auth-password"].text.hasPrefix("key:SHA-256:"))
        #expect(settings.users == [try CardUser(specification: "ops:SHA-256:authpass1:AES:privpass1")])
    }

    @Test func aCommunityMayBeGivenAsItIs() {
        var settings = factory
        #expect(SettingsDocument.apply("[trap-receiver-2]\ncommunity = tr4ps", to: &settings, vault: vault) == [])
        #expect(settings.trapReceivers[1].community == "tr4ps")
    }

    @Test(arguments: [
        "user-1 = read-write SHA none - ops", "user-1 = read-write none AES - ops", "user-1 = all none none - ops", "user-1 = ops",
        "user-1 = read-only none none - ", "user-9 = read-only none none - ops",
    ])
    func whatIsNoUserIsABadLine(_ line: String) {
        var settings = factory
        #expect(SettingsDocument.apply("[snmp-users]\n\(line)", to: &settings, vault: vault).count == 1)
        #expect(settings == factory)
    }

    @Test func thePollingSettingsHaveTheManualsDefaults() {
        #expect(factory.polling.rate == 2)
        #expect(factory.polling.serialTimeout == nil)
        #expect(factory.polling.baudRate == nil)
        #expect(factory.dataUnit == 0)
        #expect(factory.isModbusEnabled)
        #expect(factory.modbusPort == 502)
    }

    @Test(arguments: [
        "[polling]\npolling-rate = 0", "[polling]\npolling-rate = 61", "[polling]\nbaud-rate = 4800", "[polling]\nserial-timeout = -1",
        "[control]\ndata-unit-selection = 13", "[modbus-tcp]\nport = 0", "[modbus-tcp]\nport = 65536", "[modbus-tcp]\nmodbus = on",
    ])
    func aSettingOutOfItsRangeIsABadLine(_ text: String) {
        var settings = factory
        #expect(SettingsDocument.apply(text, to: &settings, vault: vault).count == 1)
        #expect(settings == factory)
    }
}

extension CardSettingsTests {
    /// Everything that can be set by its type is read again.
    @Test func typedSettingsAreReadAsTheyWereWritten() throws {
        var settings = factory
        settings.snmp = SNMPSettings(
            isEnabled: false, port: 1161, versions: [.v3], readCommunity: "r", writeCommunity: "w", servesOldBranch: false)
        #expect(settings.snmp.port == 1161 && settings.snmp.versions == [.v3] && settings.snmp.readCommunity == "r")
        #expect(!settings.enabledPorts.contains(.snmp))
        settings.time = TimeSettings(zone: 31, daylightSaving: .automatic)
        try settings.values.set(.text("ntp.example.org"), for: "date-time.ntp-server")
        settings.logs = LogSettings(historyInterval: 5, extendedInterval: 3)
        settings.firewall.isEnabled = true
        settings.firewall.rules[7] = FirewallRule(address: "10.0.0.0", prefixLength: 8, isAccepting: false)
        try settings.values.set(.text("client-shutdown"), for: "shutdown-emd-alarm-2.action")
        try settings.values.set(.number(10_080), for: "shutdown-emd-alarm-2.warning-period")
        try settings.values.set(.text("friday"), for: "weekly-schedule-7.shutdown-day")
        try settings.values.set(.text("06:00"), for: "weekly-schedule-7.restart-time")
        try settings.values.set(.text("29/02/2028"), for: "special-schedule-1.shutdown-date")
        settings.accounts.adminSecret = "scrypt:x"
        settings.accounts.adminChangedAt = 1_800_000_000
        settings.accounts.users[7] = .init(name: "eve", secret: "scrypt:y", access: .readOnly, changedAt: 5)
        #expect(settings.values.problems.isEmpty)
        let text = SettingsDocument.text(settings, mac: mac, vault: vault)
        var read = factory
        #expect(SettingsDocument.apply(text, to: &read, vault: vault) == [])
        #expect(read == settings)
        #expect(read.time == settings.time && read.logs == settings.logs && read.firewall == settings.firewall)
        #expect(read.accounts == settings.accounts && read.snmp == settings.snmp)
        settings.resetAccounts()
        #expect(settings.accounts == factory.accounts)
    }
}
