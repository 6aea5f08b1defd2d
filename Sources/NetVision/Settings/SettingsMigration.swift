import SNMP

/// What the lines of a document set: by the names of the table, or by those of version 1.
enum SettingsMigration {
    typealias Assignment = (key: SettingKey, value: SettingValue)

    /// Settings that have another name since version 2.
    private static let renamed: [String: String] = [
        "network.dhcp": "identity.dhcp", "network.address": "identity.address", "network.subnet-mask": "identity.subnet-mask",
        "network.gateway": "identity.gateway", "polling.polling-rate": "configuration.polling-rate",
        "polling.serial-timeout": "configuration.serial-timeout", "polling.baud-rate": "configuration.baud-rate",
        "ups-control.sync-ups-clock": "date-time.sync-ups-clock", "ups-control.shutdown-delay": "shutdown.ups-shut-off-delay",
        "ups-control.turn-off-after-shutdown": "shutdown.ups-shut-off", "ups-control.auto-restart": "shutdown.auto-restart",
    ]

    /// - Parameter isOwn: whether the document is the card's own: what it has sealed once, it takes again, whatever rules came later.
    static func assignments(
        of line: SettingsDocument.Line, isOwn: Bool, _ secrets: SettingsDocument.Secrets
    ) throws(SettingValueProblem) -> [Assignment] {
        if let key = SettingsTable.key(renamed[line.name] ?? line.name) {
            return [(key, try value(of: line, key.setting, isOwn: isOwn, secrets))]
        }
        let value = SettingsText.unescaped(line.value)
        if line.section == "ups-control", let row = row(line.key, "eco-mode-") { return try ecoMode(value, row, line.key) }
        if line.key == "filter", let row = row(line.section, "trap-receiver-") { return try filter(value, row) }
        if line.section == "snmp-users", let row = row(line.key, "user-") { return try SettingsMigration.user(value, row, secrets) }
        let place = line.section.isEmpty ? "before the first section" : "in section [\(Setting.Kind.quoted(line.section))]"
        throw .init("no setting \(Setting.Kind.quoted(line.key)) \(place)")
    }

    private static func value(
        of line: SettingsDocument.Line, _ setting: Setting, isOwn: Bool, _ secrets: SettingsDocument.Secrets
    ) throws(SettingValueProblem) -> SettingValue {
        var text = SettingsText.unescaped(line.value)
        if setting.isSecret, text.hasPrefix(SettingsDocument.Secrets.prefix) {
            // Version 1 sealed communities for their section.
            guard let octets = secrets.open(text, setting.name) ?? secrets.open(text, setting.section),
                let secret = String(validating: octets, as: UTF8.self)
            else { throw .init("\(line.key) is sealed by another card") }
            if isOwn { return .text(secret) }
            text = secret
        }
        do throws(SettingValueProblem) {
            return try setting.kind.value(of: text)
        } catch {
            throw .init("\(line.key) \(error.reason)")
        }
    }

    /// The number behind a prefix.
    private static func row(_ text: String, _ prefix: String) -> Int? {
        text.hasPrefix(prefix) && text.utf8.count == prefix.utf8.count + 1 ? Int(text.dropFirst(prefix.count)) : nil
    }

    // MARK: - Version 1

    /// Values by the names of a row's settings.
    private static func assignments(_ section: String, _ values: [(String, String)]) throws(SettingValueProblem) -> [Assignment] {
        var assignments: [Assignment] = []
        for (name, text) in values {
            guard let key = SettingsTable.key("\(section).\(name)") else { throw .init("no section [\(section)]") }
            assignments.append((key, try key.setting.kind.value(of: text)))
        }
        return assignments
    }

    /// `eco-mode-1 = monday 22:00 tuesday 06:00`.
    private static func ecoMode(_ value: String, _ row: Int, _ key: String) throws(SettingValueProblem) -> [Assignment] {
        let parts = value.split(separator: " ").map(String.init)
        guard parts.count == 4 else { throw .init("\(key) must be a day and a time, and a day and a time") }
        return try assignments("eco-mode-\(row)", Array(zip(["start-day", "start-time", "end-day", "end-time"], parts)))
    }

    /// `filter = severity warning`, `filter = events 5,13,15`.
    private static func filter(_ value: String, _ row: Int) throws(SettingValueProblem) -> [Assignment] {
        let parts = value.split(separator: " ", maxSplits: 1).map(String.init)
        let section = "trap-receiver-\(row)"
        switch parts.first {
        case "severity" where parts.count == 2:
            return try assignments(section, [("event-filter", "severity"), ("severity", parts[1])])
        case "events":
            return try assignments(section, [("event-filter", "event"), ("events", parts.count == 2 ? parts[1] : "")])
        default: throw .init("filter must be severity or events, and which")
        }
    }

    /// `user-1 = read-write SHA-256 AES sealed:… operator`; what is sealed are both keys, one behind the other.
    private static func user(_ value: String, _ row: Int, _ secrets: SettingsDocument.Secrets) throws(SettingValueProblem) -> [Assignment] {
        if value.isEmpty { return try assignments("snmp-user-\(row)", [("name", "")]) }
        let parts = value.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, !parts[4].isEmpty else { throw .init("must be access, protocols, keys and name of a user") }
        var values = [("name", parts[4]), ("access", parts[0])]
        var octets: [UInt8] = []
        if parts[3] != "-" {
            guard let secret = secrets.open(parts[3], "snmp-user \(parts[0]) \(parts[1]) \(parts[2]) \(parts[4])") else {
                throw .init("user-\(row) is sealed by another card")
            }
            octets = secret
        }
        values += try keys(parts[1], parts[2], octets)
        return try assignments("snmp-user-\(row)", values)
    }

    private static func keys(
        _ authentication: String, _ privacy: String, _ octets: [UInt8]
    ) throws(SettingValueProblem) -> [(String, String)] {
        if authentication == "none", privacy == "none", octets.isEmpty { return [("security-level", "noAuthNoPriv")] }
        let isPrivate = privacy != "none"
        guard let hash = AuthenticationProtocol(rawValue: authentication), octets.count == hash.digestLength * (isPrivate ? 2 : 1) else {
            throw .init("keys don't fit the protocols")
        }
        let key = { (octets: ArraySlice<UInt8>) in USMSecret.text(MasterKey(octets: Array(octets)), hash) }
        let values = [
            ("security-level", isPrivate ? "authPriv" : "authNoPriv"), ("auth-protocol", authentication),
            ("auth-password", key(octets.prefix(hash.digestLength))),
        ]
        return isPrivate ? values + [("priv-protocol", privacy), ("priv-password", key(octets.dropFirst(hash.digestLength)))] : values
    }
}
