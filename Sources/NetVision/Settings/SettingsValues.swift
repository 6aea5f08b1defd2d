/// The settings of a card. Only what differs from its default takes room.
package struct SettingsValues: Hashable, Sendable {
    private var changed: [SettingKey: SettingValue] = [:]

    /// All settings at their defaults.
    package init() {}

    /// - Parameter name: one of the table, `section.key`. A name that comes from outside is looked up in the table first.
    package subscript(name: String) -> SettingValue { self[SettingKey(known: name)] }

    /// Setting takes the value as it is: what can't be is told by `problems`.
    package subscript(key: SettingKey) -> SettingValue {
        get { changed[key] ?? key.setting.defaultValue }
        set { changed[key] = newValue == key.setting.defaultValue ? nil : newValue }
    }

    /// Sets a setting, if the value can be.
    package mutating func set(_ value: SettingValue, for name: String) throws(SettingsProblem) {
        guard let key = SettingsTable.key(name) else { throw SettingsProblem(name: name, title: name, reason: "is no setting") }
        try set(value, for: key)
    }

    package mutating func set(_ value: SettingValue, for key: SettingKey) throws(SettingsProblem) {
        do throws(SettingValueProblem) {
            self[key] = try key.setting.kind.canonical(value)
        } catch {
            throw SettingsProblem(key.setting, error.reason)
        }
    }

    /// The settings that differ, in the order of the table.
    package func changes(from old: SettingsValues) -> [Setting] { changedKeys(from: old).map(\.setting) }

    package func changedKeys(from old: SettingsValues) -> [SettingKey] {
        if changed == old.changed { return [] }
        return Set(changed.keys).union(old.changed.keys).filter { self[$0] != old[$0] }.sorted()
    }

    /// The settings that are not at their defaults, in the order of the table.
    package var changedKeys: [SettingKey] { changed.keys.sorted() }

    /// What no value of its setting's kind is.
    package var problems: [SettingsProblem] { problems(among: changedKeys) }

    package func problems(among keys: [SettingKey]) -> [SettingsProblem] {
        keys.compactMap { key in
            guard let value = changed[key] else { return nil }
            do throws(SettingValueProblem) {
                _ = try key.setting.kind.canonical(value)
                return nil
            } catch {
                return SettingsProblem(key.setting, error.reason)
            }
        }
    }
}

/// What is wrong with a setting: `Polling Rate must be 1 to 60, not 77`.
package struct SettingsProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let name: String
    package let title: String
    package let reason: String

    package init(name: String, title: String, reason: String) {
        self.name = name
        self.title = title
        self.reason = reason
    }

    package init(_ setting: Setting, _ reason: String) { self.init(name: setting.name, title: setting.title, reason: reason) }

    package var description: String { "\(title) \(reason)" }
}

extension SettingsValues {
    package subscript(flag key: SettingKey) -> Bool {
        get { self[key].flag }
        set { self[key] = .flag(newValue) }
    }

    package subscript(number key: SettingKey) -> Int {
        get { self[key].number }
        set { self[key] = .number(newValue) }
    }

    package subscript(text key: SettingKey) -> String {
        get { self[key].text }
        set { self[key] = .text(newValue) }
    }
}
