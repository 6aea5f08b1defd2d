import NetVision

/// What there is to say of the settings table, for people.
enum SettingsReference {
    /// A line a setting: name, values, default.
    static var plain: String {
        SettingsTable.all.map { setting in
            "\(setting.name)  \(setting.kind.description)  default \(value(setting))\(setting.status == .stored ? "  (stored only)" : "")\n"
        }.joined()
    }

    /// The page docs/settings.md. Rows of a table that differ in their number only are told once.
    static var markdown: String {
        var lines = [introduction]
        for page in SettingsPage.allCases {
            lines += ["## \(page.rawValue)", ""]
            var tables: [[Setting]] = []
            for setting in SettingsTable.all where setting.page == page {
                if tables.last?.first?.section == setting.section {
                    tables[tables.count - 1].append(setting)
                } else if row(setting) ?? 1 == 1 {
                    tables.append([setting])
                }
            }
            for table in tables { lines += self.table(table) + [""] }
        }
        return lines.joined(separator: "\n")
    }

    private static let introduction = """
        # Settings of a card

        Written by `CardAgent settings list --markdown`; a test holds it equal. Each setting is a line `key = value` of its section in the
        settings document (`settings.conf`), and `section.key` is its name everywhere else. *Secret*: sealed in the document. *Stored*: kept,
        shown and carried over, but the service that would act on it is not there yet. *Read/write*: users with read/write access may
        change it, too; the others are the administrator's; those of *the card* are nobody's. The numbers behind the titles are the
        manual's chapters.

        """

    private static func table(_ settings: [Setting]) -> [String] {
        guard let first = settings.first else { return [] }
        let count = rows(first)
        let section = count > 1 ? "`[\(base(first))-1]` to `[\(base(first))-\(count)]`" : "`[\(first.section)]`"
        let head = ["### \(section)", "", "| Key | Title | Values | Default | Notes |", "|---|---|---|---|---|"]
        return head
            + settings.map { setting in
                let title = count > 1 ? "\(setting.title.dropLast(2)) *n*" : setting.title
                let notes = [
                    setting.isSecret ? "secret" : nil, setting.status == .stored ? "stored" : nil, writer(setting.writer),
                    setting.summary.isEmpty ? nil : setting.summary,
                ]
                let cells = [
                    "`\(setting.key)`", "\(title) (\(setting.source))", setting.kind.description, "`\(value(setting))`",
                    notes.compactMap { $0 }.joined(separator: "; "),
                ]
                return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
            }
    }

    private static func writer(_ writer: Setting.Writer) -> String? {
        switch writer {
        case .admin: nil
        case .readWrite: "read/write"
        case .card: "the card"
        }
    }

    private static func value(_ setting: Setting) -> String {
        let text = setting.kind.text(of: setting.defaultValue)
        return text.isEmpty ? " " : text
    }

    /// The number of a row of a table: it stands behind the section and the title.
    private static func row(_ setting: Setting) -> Int? {
        guard let number = setting.section.split(separator: "-").last.flatMap({ Int($0) }), setting.title.hasSuffix(" \(number)") else {
            return nil
        }
        return number
    }

    private static func base(_ setting: Setting) -> String {
        setting.section.split(separator: "-").dropLast().joined(separator: "-")
    }

    private static func rows(_ first: Setting) -> Int {
        guard row(first) != nil else { return 1 }
        return SettingsTable.all.count { $0.key == first.key && row($0) != nil && base($0) == base(first) }
    }
}
