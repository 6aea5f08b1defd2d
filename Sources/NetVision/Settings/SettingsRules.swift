import SNMP

/// What must hold between settings that are each right alone.
package enum SettingsRules {
    package struct Violation: Hashable, Sendable {
        package let problem: SettingsProblem
        /// The settings that take part.
        package let keys: [SettingKey]

        init(_ key: SettingKey, _ reason: String, _ keys: [SettingKey]) {
            problem = SettingsProblem(key.setting, reason)
            self.keys = keys
        }
    }

    /// What is wrong, and was not before: a card that has a fault already can still be changed.
    package static func violations(of values: SettingsValues, since old: SettingsValues) -> [Violation] {
        let changed = Set(values.changedKeys(from: old))
        guard !changed.isEmpty else { return [] }
        return all(values).filter { !changed.isDisjoint(with: $0.keys) }
    }

    /// Everything that is wrong.
    package static func all(_ values: SettingsValues) -> [Violation] {
        network(values) + ports(values) + accounts(values) + users(values) + receivers(values) + firewall(values) + sensor(values)
    }
}

extension SettingsRules {
    private static func key(_ name: String) -> SettingKey { SettingKey(known: name) }

    private enum Key {
        static let address = key("identity.address")
        static let mask = key("identity.subnet-mask")
        static let gateway = key("identity.gateway")
        static let dhcp = key("identity.dhcp")
        /// Ports of TCP that one address can't have twice, and what switches them on.
        static let tcp = [
            (key("control.https"), key("control.https-port")), (key("control.http"), key("control.http-port")),
            (key("control.ssh"), key("control.ssh-port")), (key("modbus-tcp.modbus"), key("modbus-tcp.port")),
        ]
        static let udp = [(key("control.snmp"), key("control.snmp-port")), (key("bacnet.enabled"), key("bacnet.port"))]
        static let accounts = (1...8).map { (key("user-\($0).name"), key("user-\($0).password"), key("user-\($0).access")) }
        static let userNames = (1...8).map { key("snmp-user-\($0).name") }
        static let users = (1...8).map { row in
            ["name", "security-level", "auth-protocol", "auth-password", "priv-password"].map { key("snmp-user-\(row).\($0)") }
        }
        static let receivers = (1...8).map { row in
            ["community", "version", "type", "address"].map { key("trap-receiver-\(row).\($0)") }
        }
        static let firewall = (1...8).map { (key("firewall-\($0).prefix-length"), key("firewall-\($0).address")) }
        static let setPoints = ["temperature", "humidity"].map { quantity in
            ["critical-low", "warning-low", "warning-high", "critical-high"].map { key("emd.\(quantity)-\($0)") }
        }
    }

    // MARK: - Network

    private static func network(_ values: SettingsValues) -> [Violation] {
        let number = { (key: SettingKey) in AddressRange.number(values[text: key]) ?? 0 }
        let network = NetworkSettings(
            address: number(Key.address), mask: number(Key.mask), gateway: number(Key.gateway), usesDHCP: values[flag: Key.dhcp])
        guard let problem = network.problem else { return [] }
        return [Violation(Key.address, "does not fit: \(problem)", [Key.address, Key.mask, Key.gateway, Key.dhcp])]
    }

    /// UDP ports that are always the card's: TFTP, shutdown agents, SSDP, LAN protocol.
    private static let fixedUDPPorts = [69: "TFTP", 200: "shutdown agents", 1900: "UPnP", 4555: "the LAN protocol"]

    private static func ports(_ values: SettingsValues) -> [Violation] {
        var violations: [Violation] = []
        for group in [Key.tcp, Key.udp] {
            let enabled = group.filter { values[flag: $0.0] }
            for (index, (flag, port)) in enabled.enumerated() {
                guard let other = enabled[..<index].first(where: { values[$0.1] == values[port] }) else { continue }
                let reason = "\(values[number: port]) is that of \(other.1.setting.title), too"
                violations.append(Violation(port, reason, [flag, port, other.0, other.1]))
            }
        }
        for (flag, port) in Key.udp where values[flag: flag] {
            if let owner = fixedUDPPorts[values[number: port]] {
                violations.append(Violation(port, "\(values[number: port]) is that of \(owner)", [flag, port]))
            }
        }
        return violations
    }

    private static func firewall(_ values: SettingsValues) -> [Violation] {
        Key.firewall.compactMap { length, address in
            guard values[number: length] > 32, AddressRange.number(values[text: address]) != nil else { return nil }
            return Violation(length, "must be 0 to 32 with an IPv4 address, not \(values[number: length])", [length, address])
        }
    }

    // MARK: - Accounts and users

    private static func accounts(_ values: SettingsValues) -> [Violation] {
        var violations: [Violation] = []
        var names: [String: SettingKey] = [:]
        for (name, password, access) in Key.accounts where !values[text: name].isEmpty {
            let text = values[text: name]
            if text == "admin" { violations.append(Violation(name, "can't be that of the administrator", [name])) }
            if let other = names[text] { violations.append(Violation(name, "is that of another account", [name, other])) }
            names[text] = name
            if values[text: access] != "disabled", values[text: password].isEmpty {
                violations.append(Violation(password, "is missing: an account has a password", [name, password, access]))
            }
        }
        return violations
    }

    private static func users(_ values: SettingsValues) -> [Violation] {
        var violations: [Violation] = []
        var names: [String: SettingKey] = [:]
        for keys in Key.users where !values[text: keys[0]].isEmpty {
            if let other = names[values[text: keys[0]]] {
                violations.append(Violation(keys[0], "is that of another user", [keys[0], other]))
            }
            names[values[text: keys[0]]] = keys[0]
            let level = values[text: keys[1]]
            let needed = level == "authPriv" ? [keys[3], keys[4]] : level == "authNoPriv" ? [keys[3]] : []
            for key in needed {
                let secret = values[text: key]
                if secret.isEmpty {
                    violations.append(Violation(key, "is missing: the security level is \(level)", keys))
                } else if let kept = USMSecret.key(secret), kept.protocol.rawValue != values[text: keys[2]] {
                    violations.append(Violation(key, "must be set again with another authentication protocol", keys))
                }
            }
        }
        return violations
    }

    /// A v3 receiver names a user.
    private static func receivers(_ values: SettingsValues) -> [Violation] {
        Key.receivers.compactMap { keys in
            guard values[text: keys[1]] == "v3", values[text: keys[2]] != "none", !values[text: keys[3]].isEmpty,
                !Key.userNames.contains(where: { values[$0] == values[keys[0]] })
            else { return nil }
            return Violation(keys[0], "must name a user of the USM table: the trap version is v3", keys + Key.userNames)
        }
    }

    // MARK: - Sensor

    private static func sensor(_ values: SettingsValues) -> [Violation] {
        Key.setPoints.compactMap { keys in
            let points = keys.map { values[number: $0] }
            if points[0] <= points[1], points[1] < points[2], points[2] <= points[3] { return nil }
            return Violation(keys[1], "does not fit: set points ascend from critical low to critical high", keys)
        }
    }
}
