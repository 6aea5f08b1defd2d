import NetVision
import SNMP

/// "SNMP Support" of the manual's §15.3, and the communities of §15.2.
struct SNMPSettings: Equatable, Sendable {
    var isEnabled: Bool
    /// Without the card's offset.
    var port: Int
    var versions: Set<SNMPVersion>
    var readCommunity: String
    var writeCommunity: String
    /// Whether 4555.1.1.1 is served beside 4555.1.1.7.
    var servesOldBranch: Bool
}

/// "Firewall setup" (manual §15.16).
struct FirewallSettings: Equatable, Sendable {
    var isEnabled: Bool
    /// Eight, in the order in which they are tried.
    var rules: [FirewallRule]

    static let count = 8
}

struct FirewallRule: Equatable, Sendable {
    /// IPv4 or IPv6; empty in a rule that is not used.
    var address: String
    /// Bits that must be those of `address`.
    var prefixLength: Int
    var isAccepting: Bool
}

extension CardSettings {
    private enum SNMPKey {
        static let versions: [(SNMPVersion, SettingKey)] = SNMPVersion.allCases.map {
            ($0, SettingKey(known: "control.snmp-\($0.word)"))
        }
        static let readCommunity = SettingKey(known: "configuration.snmp-read-community")
        static let writeCommunity = SettingKey(known: "configuration.snmp-write-community")
        static let oldBranch = SettingKey(known: "control.snmp-old-branch")
    }

    var snmp: SNMPSettings {
        get {
            SNMPSettings(
                isEnabled: values[flag: Key.snmp], port: values[number: Key.snmpPort],
                versions: Set(SNMPKey.versions.filter { values[flag: $0.1] }.map(\.0)),
                readCommunity: values[text: SNMPKey.readCommunity], writeCommunity: values[text: SNMPKey.writeCommunity],
                servesOldBranch: values[flag: SNMPKey.oldBranch])
        }
        set {
            values[flag: Key.snmp] = newValue.isEnabled
            values[number: Key.snmpPort] = newValue.port
            for (version, key) in SNMPKey.versions { values[flag: key] = newValue.versions.contains(version) }
            values[text: SNMPKey.readCommunity] = newValue.readCommunity
            values[text: SNMPKey.writeCommunity] = newValue.writeCommunity
            values[flag: SNMPKey.oldBranch] = newValue.servesOldBranch
        }
    }

    private enum FirewallKey {
        static let enabled = SettingKey(known: "firewall.enabled")
        static let rules = (1...FirewallSettings.count).map { row in
            (
                address: SettingKey(known: "firewall-\(row).address"), length: SettingKey(known: "firewall-\(row).prefix-length"),
                action: SettingKey(known: "firewall-\(row).action")
            )
        }
    }

    var firewall: FirewallSettings {
        get {
            FirewallSettings(
                isEnabled: values[flag: FirewallKey.enabled],
                rules: FirewallKey.rules.map { key in
                    FirewallRule(
                        address: values[text: key.address], prefixLength: values[number: key.length],
                        isAccepting: values[text: key.action] == "accept")
                })
        }
        set {
            values[flag: FirewallKey.enabled] = newValue.isEnabled
            for (key, rule) in zip(FirewallKey.rules, newValue.rules) {
                values[text: key.address] = rule.address
                values[number: key.length] = rule.prefixLength
                values[text: key.action] = rule.isAccepting ? "accept" : "reject"
            }
        }
    }
}
