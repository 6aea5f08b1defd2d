/// The settings as a text that can be read, compared and edited: one `key = value` a line, in sections, in the order of the manual's pages.
///
///     # CardAgent settings
///     version = 2
///
///     # Identity
///     [identity]
///     mac = 00:E0:D8:FF:C1:90
///     system-name = UPS 4
///     …
///
/// Lines that begin with `#` don't count. In a value `\n`, `\r`, `\s` and `\\` stand for a line end, a carriage return, a blank at its ends and
/// a backslash. Secrets are sealed by the card (`sealed:…`); one that is given as it is, is taken, too.
package enum SettingsDocument {
    /// Of the names in the table. Version 1 had no line that says so.
    package static let version = 2
    /// No document is longer; a complete one has some 15 kB at the defaults.
    package static let maximumLength = 1 << 18
    static let maximumLineLength = 4096
    static let maximumBadLines = 1000

    /// A line that is no setting, counted from 1.
    package struct BadLine: Hashable, Sendable {
        package let number: Int
        package let reason: String

        package init(number: Int, reason: String) {
            self.number = number
            self.reason = reason
        }
    }

    /// How secrets are made unreadable for others: `place` says what a secret is for, and it opens for nothing else.
    package struct Secrets: Sendable {
        package static let prefix = "sealed:"

        let seal: @Sendable (_ secret: [UInt8], _ place: String) -> String
        let open: @Sendable (_ text: String, _ place: String) -> [UInt8]?

        package init(
            seal: @escaping @Sendable (_ secret: [UInt8], _ place: String) -> String,
            open: @escaping @Sendable (_ text: String, _ place: String) -> [UInt8]?
        ) {
            self.seal = seal
            self.open = open
        }
    }

    /// The document of all settings.
    ///
    /// - Parameter kept: lines that are nobody's but are to be carried on.
    package static func text(_ values: SettingsValues, mac: HardwareAddress, secrets: Secrets, kept: [KeptLine] = []) -> String {
        var lines = ["# CardAgent settings", "version = \(version)"]
        var page: SettingsPage?
        var section: String?
        for (setting, key) in SettingsTable.pairs {
            if setting.page != page {
                page = setting.page
                lines += ["", "# \(setting.page.rawValue)"]
            }
            if setting.section != section {
                section = setting.section
                lines.append("[\(setting.section)]")
                if setting.isIdentity { lines.append("mac = \(mac)") }
            }
            lines.append("\(setting.key) = \(text(of: values[key], setting, secrets))")
        }
        for line in kept { lines += ["[\(line.section)]", "\(line.key) = \(line.value)"] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(of value: SettingValue, _ setting: Setting, _ secrets: Secrets) -> String {
        let text = setting.kind.text(of: value)
        if setting.isSecret, !text.isEmpty { return secrets.seal(Array(text.utf8), setting.name) }
        return SettingsText.escaped(text)
    }

    /// A line of a newer version's document, as it stood.
    package struct KeptLine: Hashable, Sendable {
        package let section: String
        package let key: String
        package let value: String
    }
}
