import NetVision
import SNMP
import Testing

@Suite struct SettingsRulesTests {
    /// What is wrong after these settings, by the name of the setting that is told.
    private func violations(_ settings: [String: String]) throws -> [String] {
        var values = SettingsValues()
        for (name, text) in settings {
            let setting = try #require(SettingsTable[name])
            try values.set(try setting.kind.value(of: text), for: name)
        }
        return SettingsRules.violations(of: values, since: SettingsValues()).map(\.problem.name)
    }

    @Test func theDefaultsAreRight() { #expect(SettingsRules.all(SettingsValues()).isEmpty) }

    @Test func anAddressFitsItsNetwork() throws {
        #expect(try violations(["identity.address": "192.168.7.255"]) == ["identity.address"])
        #expect(try violations(["identity.gateway": "10.0.0.1"]) == ["identity.address"])
        #expect(try violations(["identity.gateway": "192.168.7.1"]) == [])
        #expect(try violations(["identity.subnet-mask": "255.0.255.0"]) == ["identity.address"])
    }

    @Test func twoServicesDoNotShareAPort() throws {
        #expect(try violations(["control.http-port": "502"]) == ["modbus-tcp.port"])
        #expect(try violations(["control.http-port": "502", "control.http": "disabled"]) == [])
        #expect(try violations(["control.snmp-port": "69"]) == ["control.snmp-port"])
        #expect(try violations(["control.snmp-port": "502"]) == [])
    }

    @Test func anAccountHasAPassword() throws {
        #expect(try violations(["user-1.name": "eve"]) == [])
        #expect(try violations(["user-1.name": "eve", "user-1.access": "read-only"]) == ["user-1.password"])
        #expect(try violations(["user-1.name": "eve", "user-1.access": "read-only", "user-1.password": "Str0ng!enough"]) == [])
        #expect(try violations(["user-1.name": "admin"]) == ["user-1.name"])
        #expect(try violations(["user-1.name": "eve", "user-8.name": "eve"]) == ["user-8.name"])
    }

    @Test func aUSMUserHasTheKeysOfHisLevel() throws {
        #expect(try violations(["snmp-user-1.name": "ops"]) == [])
        #expect(try violations(["snmp-user-1.name": "ops", "snmp-user-1.security-level": "authNoPriv"]) == ["snmp-user-1.auth-password"])
        let key = USMSecret.text(MasterKey(password: "authpass1", .sha256), .sha256)
        let user = ["snmp-user-1.name": "ops", "snmp-user-1.security-level": "authNoPriv", "snmp-user-1.auth-password": key]
        #expect(try violations(user) == ["snmp-user-1.auth-password"])
        #expect(try violations(user.merging(["snmp-user-1.auth-protocol": "SHA-256"]) { $1 }) == [])
    }

    @Test func aV3ReceiverNamesAUser() throws {
        let receiver = ["trap-receiver-1.address": "10.0.0.9", "trap-receiver-1.type": "netvision", "trap-receiver-1.version": "v3"]
        #expect(try violations(receiver) == ["trap-receiver-1.community"])
        #expect(try violations(receiver.merging(["trap-receiver-1.community": "ops", "snmp-user-3.name": "ops"]) { $1 }) == [])
    }

    @Test func aPrefixFitsItsAddress() throws {
        #expect(try violations(["firewall-1.address": "10.0.0.0", "firewall-1.prefix-length": "33"]) == ["firewall-1.prefix-length"])
        #expect(try violations(["firewall-1.address": "2001:db8::", "firewall-1.prefix-length": "33"]) == [])
    }

    @Test func setPointsAscend() throws {
        #expect(try violations(["emd.temperature-warning-low": "50.0"]) == ["emd.temperature-warning-low"])
    }

    /// A card that has a fault already can still be changed in other ways.
    @Test func anOldFaultIsNoNewOne() throws {
        var old = SettingsValues()
        try old.set(.number(502), for: "control.http-port")
        var new = old
        try new.set(.number(7), for: "configuration.polling-rate")
        #expect(SettingsRules.violations(of: new, since: old).isEmpty)
        #expect(!SettingsRules.all(new).isEmpty)
    }
}
