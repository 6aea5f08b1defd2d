import NetVision

/// The plain settings.
extension SettingsDocument {
    static let identity: [Entry] = [
        text("identity", "system-name", \.systemName),
        text("identity", "system-contact", \.systemContact),
        text("identity", "system-location", \.systemLocation),
    ]

    static let network: [Entry] = [
        flag("network", "dhcp", \.network.usesDHCP),
        address("network", "address", \.network.address),
        address("network", "subnet-mask", \.network.mask),
        address("network", "gateway", \.network.gateway),
    ]

    static let control: [Entry] = [
        flag("control", "network-upgrade", \.isNetworkUpgradeEnabled),
        flag("control", "trap-filter", \.isTrapFilterEnabled),
    ]

    private static func text(_ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, String> & Sendable) -> Entry {
        Entry(section: section, key: key) { settings, _ in
            settings[keyPath: path]
        } write: { settings, value, _ in
            value.utf8.count <= CardSettings.longestText ? (settings[keyPath: path] = value) : nil
        }
    }

    static func flag(_ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, Bool> & Sendable) -> Entry {
        Entry(section: section, key: key) { settings, _ in
            settings[keyPath: path] ? "enabled" : "disabled"
        } write: { settings, value, _ in
            guard value == "enabled" || value == "disabled" else { return nil }
            settings[keyPath: path] = value == "enabled"
            return ()
        }
    }

    /// A dotted address; 0.0.0.0 for none.
    private static func address(_ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, UInt32> & Sendable) -> Entry {
        Entry(section: section, key: key) { settings, _ in
            AddressRange.text(settings[keyPath: path])
        } write: { settings, value, _ in
            guard let number = AddressRange.number(value) else { return nil }
            settings[keyPath: path] = number
            return ()
        }
    }
}
