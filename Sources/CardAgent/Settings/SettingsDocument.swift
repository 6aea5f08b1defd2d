import NetVision

/// `settings.conf`: one `key = value` a line, in sections.
///
///     # CardAgent settings
///     [identity]
///     mac = 00:E0:D8:FF:C1:90
///     system-name = UPS 4
///     [network]
///     address = 127.77.0.4
///     …
///
/// In a value `\n`, `\r`, `\s` and `\\` stand for a line end, a carriage return, a blank at its ends and a backslash.
enum SettingsDocument {
    /// A line that is no setting, counted from 1.
    struct BadLine: Equatable, Sendable {
        let number: Int
        let reason: String
    }

    private struct Entry: Sendable {
        let section: String
        let key: String
        let read: @Sendable (CardSettings) -> String
        /// Nil where the value can't be.
        let write: @Sendable (inout CardSettings, String) -> Void?
    }

    static func text(_ settings: CardSettings, mac: HardwareAddress) -> String {
        var lines = ["# CardAgent settings", "[identity]", "mac = \(mac)"]
        var section = "identity"
        for entry in entries {
            if entry.section != section {
                section = entry.section
                lines += ["", "[\(section)]"]
            }
            lines.append("\(entry.key) = \(escaped(entry.read(settings)))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Applies every line of the text that is a setting, and tells which are not.
    static func apply(_ text: String, to settings: inout CardSettings) -> [BadLine] {
        var section = ""
        var bad: [BadLine] = []
        for (index, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = trimmed(line)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast())
            } else if let reason = applyLine(line, section, to: &settings) {
                bad.append(BadLine(number: index + 1, reason: reason))
            }
        }
        return bad
    }

    /// The MAC address that a document belongs to.
    static func mac(in text: String) -> HardwareAddress? {
        for line in text.unicodeScalars.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1).map(trimmed)
            if parts.count == 2, parts[0] == "mac" { return HardwareAddress(parts[1]) }
        }
        return nil
    }

    private static func applyLine(_ line: String, _ section: String, to settings: inout CardSettings) -> String? {
        let parts = line.unicodeScalars.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
        guard parts.count == 2 else { return "not of the form key = value" }
        if section == "identity", parts[0] == "mac" { return nil }
        guard let entry = entries.first(where: { $0.section == section && $0.key == parts[0] }) else {
            return "no setting \(parts[0]) in section [\(section)]"
        }
        return entry.write(&settings, unescaped(parts[1])) == nil ? "\(entry.key) can't be \(parts[1])" : nil
    }

    private static let entries: [Entry] = [
        text("identity", "system-name", \.systemName),
        text("identity", "system-contact", \.systemContact),
        text("identity", "system-location", \.systemLocation),
        flag("network", "dhcp", \.network.usesDHCP),
        address("network", "address", \.network.address),
        address("network", "subnet-mask", \.network.mask),
        address("network", "gateway", \.network.gateway),
        flag("control", "network-upgrade", \.isNetworkUpgradeEnabled),
    ]

    private static func text(_ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, String> & Sendable) -> Entry {
        Entry(section: section, key: key) {
            $0[keyPath: path]
        } write: { settings, value in
            value.utf8.count <= CardSettings.longestText ? (settings[keyPath: path] = value) : nil
        }
    }

    private static func flag(_ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, Bool> & Sendable) -> Entry {
        Entry(section: section, key: key) {
            $0[keyPath: path] ? "enabled" : "disabled"
        } write: { settings, value in
            guard value == "enabled" || value == "disabled" else { return nil }
            settings[keyPath: path] = value == "enabled"
            return ()
        }
    }

    /// A dotted address; 0.0.0.0 for none.
    private static func address(_ section: String, _ key: String, _ path: any WritableKeyPath<CardSettings, UInt32> & Sendable) -> Entry {
        Entry(section: section, key: key) {
            AddressRange.text($0[keyPath: path])
        } write: { settings, value in
            guard let number = AddressRange.number(value) else { return nil }
            settings[keyPath: path] = number
            return ()
        }
    }

    /// By scalars, because a mark that combines with the blank before it is not to be lost with it.
    private static func trimmed(_ text: Substring.UnicodeScalarView) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\r" }
        let start = text.drop(while: isBlank)
        let end = start.lastIndex { !isBlank($0) }
        return end.map { String(start[...$0]) } ?? ""
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\\": escaped += "\\\\"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        // The reader takes no notice of blanks at the ends of a line.
        if escaped.unicodeScalars.first == " " { escaped.unicodeScalars.replaceSubrange(...escaped.startIndex, with: "\\s".unicodeScalars) }
        if escaped.unicodeScalars.last == " " {
            escaped.unicodeScalars.removeLast()
            escaped += "\\s"
        }
        return escaped
    }

    private static func unescapedScalar(after scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "n": "\n"
        case "r": "\r"
        case "s": " "
        default: scalar
        }
    }

    private static func unescaped(_ text: String) -> String {
        var unescaped = ""
        var isEscape = false
        for scalar in text.unicodeScalars {
            if isEscape {
                unescaped.unicodeScalars.append(unescapedScalar(after: scalar))
                isEscape = false
            } else if scalar == "\\" {
                isEscape = true
            } else {
                unescaped.unicodeScalars.append(scalar)
            }
        }
        return unescaped
    }
}
