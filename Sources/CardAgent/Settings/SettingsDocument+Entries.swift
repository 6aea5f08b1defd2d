import Modbus
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

    static let polling: [Entry] = [
        number("polling", "polling-rate", \.polling.rate, in: CardSettings.Polling.rates),
        automatic(
            "polling", "serial-timeout", \.polling.serialTimeout, text: { String($0) },
            value: { text in Int(text).flatMap { CardSettings.Polling.serialTimeouts.contains($0) ? $0 : nil } }),
        automatic(
            "polling", "baud-rate", \.polling.baudRate, text: { String($0.rawValue) },
            value: { text in CardSettings.Polling.baudRates.first { String($0.rawValue) == text } }),
    ]

    static let control: [Entry] = [
        flag("control", "network-upgrade", \.isNetworkUpgradeEnabled),
        flag("control", "trap-filter", \.isTrapFilterEnabled),
        number("control", "data-unit-selection", \.dataUnit, in: CardSettings.dataUnits),
    ]

    static let modbus: [Entry] = [
        flag("modbus-tcp", "modbus", \.isModbusEnabled),
        number("modbus-tcp", "port", \.modbusPort, in: CardSettings.ports),
    ]

    private static func text(_ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, String> & Sendable) -> Entry {
        Entry(section: section, key: key) { settings, _ in
            settings[keyPath: path]
        } write: { settings, value, _ in
            value.utf8.count <= CardSettings.longestText ? (settings[keyPath: path] = value) : nil
        }
    }

    private static func number(
        _ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, Int> & Sendable, in allowed: ClosedRange<Int>
    ) -> Entry {
        Entry(section: section, key: key) { settings, _ in
            String(settings[keyPath: path])
        } write: { settings, value, _ in
            guard let number = Int(value), allowed.contains(number) else { return nil }
            settings[keyPath: path] = number
            return ()
        }
    }

    /// A value that may be left to the card: `auto`.
    private static func automatic<Value: Sendable>(
        _ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, Value?> & Sendable,
        text: @escaping @Sendable (Value) -> String, value: @escaping @Sendable (String) -> Value?
    ) -> Entry {
        Entry(section: section, key: key) { settings, _ in
            settings[keyPath: path].map(text) ?? "auto"
        } write: { settings, written, _ in
            if written == "auto" {
                settings[keyPath: path] = nil
            } else {
                guard let value = value(written) else { return nil }
                settings[keyPath: path] = value
            }
            return ()
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
