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
/// In a value `\n`, `\r`, `\s` and `\\` stand for a line end, a carriage return, a blank at its ends and a backslash. Secrets are sealed by
/// the card's `SecretVault`.
enum SettingsDocument {
    /// A line that is no setting, counted from 1.
    struct BadLine: Equatable, Sendable {
        let number: Int
        let reason: String
    }

    /// A setting: where it stands, and how its value is written and read.
    struct Entry: Sendable {
        let section: String
        let key: String
        let read: @Sendable (CardSettings, SecretVault) -> String
        /// Nil where the value can't be.
        let write: @Sendable (inout CardSettings, String, SecretVault) -> Void?
    }

    static func text(_ settings: CardSettings, mac: HardwareAddress, vault: SecretVault) -> String {
        var lines = ["# CardAgent settings", "[identity]", "mac = \(mac)"]
        var section = "identity"
        for entry in entries {
            if entry.section != section {
                section = entry.section
                lines += ["", "[\(section)]"]
            }
            lines.append("\(entry.key) = \(SettingsText.escaped(entry.read(settings, vault)))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Applies every line of the text that is a setting, and tells which are not.
    static func apply(_ text: String, to settings: inout CardSettings, vault: SecretVault) -> [BadLine] {
        var section = ""
        var bad: [BadLine] = []
        for (index, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = SettingsText.trimmed(line)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast())
            } else if let reason = applyLine(line, section, to: &settings, vault) {
                bad.append(BadLine(number: index + 1, reason: reason))
            }
        }
        return bad
    }

    /// The MAC address that a document belongs to.
    static func mac(in text: String) -> HardwareAddress? {
        for line in text.unicodeScalars.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1).map(SettingsText.trimmed)
            if parts.count == 2, parts[0] == "mac" { return HardwareAddress(parts[1]) }
        }
        return nil
    }

    private static func applyLine(_ line: String, _ section: String, to settings: inout CardSettings, _ vault: SecretVault) -> String? {
        let parts = line.unicodeScalars.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(SettingsText.trimmed)
        guard parts.count == 2 else { return "not of the form key = value" }
        if section == "identity", parts[0] == "mac" { return nil }
        guard let entry = entries.first(where: { $0.section == section && $0.key == parts[0] }) else {
            return "no setting \(parts[0]) in section [\(section)]"
        }
        return entry.write(&settings, SettingsText.unescaped(parts[1]), vault) == nil ? "\(entry.key) can't be \(parts[1])" : nil
    }

    /// Every setting, in the order of the manual's pages.
    private static let entries = identity + network + polling + control + modbus + deviceControl + sensor + users + trapReceivers
}
