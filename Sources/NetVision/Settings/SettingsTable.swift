/// Every setting of a card, in the order of the document and of the manual's pages.
package enum SettingsTable {
    package static let all: [Setting] = {
        let device: [Setting] = identity + batteryTest + ecoMode + weekly + special + powerShare + shutdown + sensor
        let card: [Setting] = dateTime + configuration + control + users + remoteViewPro + usm + trapReceivers + mail
        let services: [Setting] = authentication + wakeOnLAN + modbus + bacnet + syslog + ddns + firewall + iot + links
        return device + card + services
    }()

    /// Every setting with its place.
    static let pairs: [(setting: Setting, key: SettingKey)] = all.enumerated().map { ($1, SettingKey(number: UInt16($0))) }

    private static let numbers: [String: UInt16] = {
        var numbers: [String: UInt16] = [:]
        for (number, setting) in all.enumerated() { numbers[setting.name] = UInt16(number) }
        return numbers
    }()

    /// The setting of this name; nil if there is none.
    package static subscript(name: String) -> Setting? { key(name)?.setting }

    package static func key(_ name: String) -> SettingKey? { numbers[name].map(SettingKey.init(number:)) }
}

/// The place of a setting in the table: what it is found by without its name.
package struct SettingKey: Hashable, Sendable, Comparable {
    fileprivate let number: UInt16

    fileprivate init(number: UInt16) { self.number = number }

    /// The setting of a name that the program itself has written down.
    package init(known name: String) {
        guard let key = SettingsTable.key(name) else { preconditionFailure("no setting \(name)") }
        self = key
    }

    package var setting: Setting { SettingsTable.all[Int(number)] }

    package static func < (left: SettingKey, right: SettingKey) -> Bool { left.number < right.number }
}
