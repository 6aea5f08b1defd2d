import NetVision
import PowerDevice
import SNMP

// The USM table and the trap receivers table (manual §15.7, §15.8).

extension CardSettings {
    struct USMKeys {
        let name: SettingKey
        let authenticationPassword: SettingKey
        let authenticationProtocol: SettingKey
        let privacyPassword: SettingKey
        let privacyProtocol: SettingKey
        let level: SettingKey
        let access: SettingKey

        init(_ row: Int) {
            let key = { (name: String) in SettingKey(known: "snmp-user-\(row).\(name)") }
            name = key("name")
            authenticationPassword = key("auth-password")
            authenticationProtocol = key("auth-protocol")
            privacyPassword = key("priv-password")
            privacyProtocol = key("priv-protocol")
            level = key("security-level")
            access = key("access")
        }

        static let rows = (1...CardUser.maximumCount).map(USMKeys.init)
    }

    /// The users of the USM table that can be served: rows with a name, and with the keys that their level asks for.
    ///
    /// Setting leaves a user that stays in his row.
    var users: [CardUser] {
        get { USMKeys.rows.compactMap(user) }
        set {
            var rest = newValue
            for keys in USMKeys.rows {
                if let index = rest.firstIndex(where: { $0.user.name == values[text: keys.name] }) {
                    setUser(keys, rest.remove(at: index))
                } else {
                    clearUser(keys)
                }
            }
            for keys in USMKeys.rows where values[text: keys.name].isEmpty && !rest.isEmpty { setUser(keys, rest.removeFirst()) }
        }
    }

    private func user(_ keys: USMKeys) -> CardUser? {
        let name = values[text: keys.name]
        guard !name.isEmpty, let access = LocalEngine.Access(word: values[text: keys.access]) else { return nil }
        let level = values[text: keys.level]
        let hash = AuthenticationProtocol(rawValue: values[text: keys.authenticationProtocol])
        let cipher = PrivacyProtocol(rawValue: values[text: keys.privacyProtocol])
        var authentication: (AuthenticationProtocol, MasterKey)?
        var privacy: (PrivacyProtocol, MasterKey)?
        if level != "noAuthNoPriv" {
            guard let hash, let key = Self.masterKey(values[text: keys.authenticationPassword], hash) else { return nil }
            authentication = (hash, key)
        }
        if level == "authPriv" {
            guard let hash, let cipher, let key = Self.masterKey(values[text: keys.privacyPassword], hash) else { return nil }
            privacy = (cipher, key)
        }
        let user = try? USMUser(name: name, authenticationKey: authentication, privacyKey: privacy)
        return user.map { CardUser(user: $0, access: access) }
    }

    /// The key of a kept secret; nil where there is none, or one of another hash function.
    private static func masterKey(_ secret: String, _ hash: AuthenticationProtocol) -> MasterKey? {
        if let kept = USMSecret.key(secret) { return kept.protocol == hash ? kept.key : nil }
        return secret.isEmpty ? nil : MasterKey(password: secret, hash)
    }

    private mutating func setUser(_ keys: USMKeys, _ new: CardUser) {
        clearUser(keys)
        values[text: keys.name] = new.user.name
        values[text: keys.access] = new.access.word
        guard let authentication = new.user.authentication else { return }
        values[text: keys.level] = "authNoPriv"
        values[text: keys.authenticationProtocol] = authentication.protocol.rawValue
        values[text: keys.authenticationPassword] = USMSecret.text(authentication.key, authentication.protocol)
        guard let privacy = new.user.privacy else { return }
        values[text: keys.level] = "authPriv"
        values[text: keys.privacyProtocol] = privacy.protocol.rawValue
        values[text: keys.privacyPassword] = USMSecret.text(privacy.key, authentication.protocol)
    }

    private mutating func clearUser(_ keys: USMKeys) {
        for key in [
            keys.name, keys.authenticationPassword, keys.authenticationProtocol, keys.privacyPassword, keys.privacyProtocol, keys.level,
            keys.access,
        ] { values[key] = key.setting.defaultValue }
    }

    /// Makes keys of the passwords of the USM table: about a millisecond each.
    mutating func makeKeys() {
        for keys in USMKeys.rows {
            guard let hash = AuthenticationProtocol(rawValue: values[text: keys.authenticationProtocol]) else { continue }
            for key in [keys.authenticationPassword, keys.privacyPassword] {
                let secret = values[text: key]
                guard !secret.isEmpty, USMSecret.key(secret) == nil else { continue }
                values[text: key] = USMSecret.text(MasterKey(password: secret, hash), hash)
            }
        }
    }
}

// MARK: - Trap receivers

extension CardSettings {
    private struct ReceiverKeys {
        let address: SettingKey
        let community: SettingKey
        let kind: SettingKey
        let version: SettingKey
        let inform: SettingKey
        let filter: SettingKey
        let severity: SettingKey
        let events: SettingKey

        init(_ row: Int) {
            let key = { (name: String) in SettingKey(known: "trap-receiver-\(row).\(name)") }
            address = key("address")
            community = key("community")
            kind = key("type")
            version = key("version")
            inform = key("inform")
            filter = key("event-filter")
            severity = key("severity")
            events = key("events")
        }

        static let rows = (1...TrapReceiver.count).map(ReceiverKeys.init)
    }

    var trapReceivers: TrapReceiverTable {
        get {
            var table = TrapReceiverTable()
            for (row, keys) in ReceiverKeys.rows.enumerated() { table[row] = receiver(keys) }
            return table
        }
        set {
            for (row, keys) in ReceiverKeys.rows.enumerated() where newValue[row] != receiver(keys) { setReceiver(keys, newValue[row]) }
        }
    }

    private func receiver(_ keys: ReceiverKeys) -> TrapReceiver {
        let isByEvent = values[text: keys.filter] == "event"
        let filter: TrapFilter =
            isByEvent
            ? .events(TrapFilter.numbers(values[text: keys.events], separator: ",") ?? [])
            : .severity(Severity(rawValue: values[text: keys.severity]) ?? .information)
        return TrapReceiver(
            address: TrapAddress(values[text: keys.address]), community: values[text: keys.community],
            kind: .init(word: values[text: keys.kind]) ?? .none, version: .init(word: values[text: keys.version]) ?? .v2c,
            isConfirmed: values[flag: keys.inform], filter: filter)
    }

    private mutating func setReceiver(_ keys: ReceiverKeys, _ receiver: TrapReceiver) {
        values[text: keys.address] = receiver.address?.description ?? ""
        values[text: keys.community] = receiver.community
        values[text: keys.kind] = receiver.kind.word
        values[text: keys.version] = receiver.version.word
        values[flag: keys.inform] = receiver.isConfirmed
        switch receiver.filter {
        case .severity(let least):
            values[text: keys.filter] = "severity"
            values[text: keys.severity] = least.rawValue
        case .events(let numbers):
            values[text: keys.filter] = "event"
            values[text: keys.events] = numbers.sorted().map(String.init).joined(separator: ",")
        }
    }
}
