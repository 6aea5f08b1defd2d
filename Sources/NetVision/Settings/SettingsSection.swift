/// Makes the rows of one section of the settings table.
struct SettingsSection {
    let name: String
    let page: SettingsPage
    let source: String
    var writer = Setting.Writer.admin
    var status = Setting.Status.served
    /// Behind the labels of a table's row: its number.
    var row: Int?

    init(
        _ name: String, _ page: SettingsPage, _ source: String, writer: Setting.Writer = .admin, status: Setting.Status = .served,
        row: Int? = nil
    ) {
        self.name = name
        self.page = page
        self.source = source
        self.writer = writer
        self.status = status
        self.row = row
    }

    /// A setting of any kind.
    func setting(
        _ key: String, _ title: String, _ kind: Setting.Kind, _ value: SettingValue, _ summary: String = "", isSecret: Bool = false,
        writer: Setting.Writer? = nil, status: Setting.Status? = nil
    ) -> Setting {
        Setting(
            section: name, key: key, title: row.map { "\(title) \($0)" } ?? title, page: page, kind: kind, defaultValue: value,
            isSecret: isSecret, writer: writer ?? self.writer, status: status ?? self.status, source: source, summary: summary)
    }

    func flag(_ key: String, _ title: String, _ value: Bool, _ summary: String = "", status: Setting.Status? = nil) -> Setting {
        setting(key, title, .flag, .flag(value), summary, status: status)
    }

    func number(
        _ key: String, _ title: String, _ value: Int, _ range: ClosedRange<Int>, _ unit: String = "", _ summary: String = "",
        status: Setting.Status? = nil
    ) -> Setting {
        setting(key, title, .number(range, unit), .number(value), summary, status: status)
    }

    func choice(_ key: String, _ title: String, _ words: [String], _ value: String, _ summary: String = "", status: Setting.Status? = nil)
        -> Setting
    {
        setting(key, title, .choice(words), .text(value), summary, status: status)
    }

    /// - Parameter length: the most octets.
    func text(_ key: String, _ title: String, _ length: Int, _ value: String = "", _ summary: String = "") -> Setting {
        setting(key, title, .text(.init(0...length)), .text(value), summary)
    }

    func secret(_ key: String, _ title: String, _ length: Int, _ value: String = "", _ summary: String = "") -> Setting {
        setting(key, title, .text(.init(0...length, .password)), .text(value), summary, isSecret: true)
    }

    func address(_ key: String, _ title: String, _ kind: Setting.Kind, _ value: String = "", _ summary: String = "") -> Setting {
        setting(key, title, kind, .text(value), summary)
    }
}

extension SettingsTable {
    /// Rows of a table: sections `name-1`, `name-2`, …
    static func rows(
        _ count: Int, _ name: String, _ page: SettingsPage, _ source: String, writer: Setting.Writer = .admin,
        status: Setting.Status = .served, _ row: (SettingsSection) -> [Setting]
    ) -> [Setting] {
        (1...count).flatMap { number in
            row(SettingsSection("\(name)-\(number)", page, source, writer: writer, status: status, row: number))
        }
    }
}
