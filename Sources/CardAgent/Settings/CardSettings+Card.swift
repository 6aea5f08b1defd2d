import NetVision

/// "Date and Time" (manual §15.1).
struct TimeSettings: Equatable, Sendable {
    enum DaylightSaving: String, Sendable, CaseIterable {
        case disabled
        case enabled
        case automatic = "auto"
    }

    /// 1…77, by the numbers of upsAgentNtpTimeZone.
    var zone: Int
    var daylightSaving: DaylightSaving
}

/// The intervals of the logs (manual §15.2).
struct LogSettings: Equatable, Sendable {
    /// Seconds, 5 to 28,800.
    var historyInterval: Int
    /// Minutes, 3 to 10,080.
    var extendedInterval: Int
}

/// The login accounts (manual §11.6, §15.2, §15.4).
struct AccountSettings: Equatable, Sendable {
    enum Access: String, Sendable, CaseIterable {
        case disabled
        case readOnly = "read-only"
        case readWrite = "read-write"
    }

    struct User: Equatable, Sendable {
        /// Empty in a row that is not used.
        var name: String
        /// `scrypt:…`.
        var secret: String
        var access: Access
        var changedAt: Int64
    }

    /// Days for which a password is valid, 1 to 720.
    var validityDays: Int
    /// Seconds that a session may be idle.
    var loginTimeout: Int
    /// `scrypt:…`; empty as long as the first password counts.
    var adminSecret: String
    /// Seconds since 1970; 0 for never.
    var adminChangedAt: Int64
    /// Eight.
    var users: [User]
    static let count = 8
}

extension CardSettings {
    private enum CardKey {
        static let zone = SettingKey(known: "date-time.time-zone")
        static let daylightSaving = SettingKey(known: "date-time.daylight-saving")
        static let historyInterval = SettingKey(known: "configuration.history-interval")
        static let extendedInterval = SettingKey(known: "configuration.extended-interval")
    }

    var time: TimeSettings {
        get {
            TimeSettings(
                zone: values[number: CardKey.zone], daylightSaving: .init(rawValue: values[text: CardKey.daylightSaving]) ?? .disabled)
        }
        set {
            values[number: CardKey.zone] = newValue.zone
            values[text: CardKey.daylightSaving] = newValue.daylightSaving.rawValue
        }
    }

    var logs: LogSettings {
        get {
            LogSettings(
                historyInterval: values[number: CardKey.historyInterval], extendedInterval: values[number: CardKey.extendedInterval])
        }
        set {
            values[number: CardKey.historyInterval] = newValue.historyInterval
            values[number: CardKey.extendedInterval] = newValue.extendedInterval
        }
    }
}

// MARK: - Accounts

extension CardSettings {
    private struct UserKeys {
        let name: SettingKey
        let secret: SettingKey
        let access: SettingKey
        let changedAt: SettingKey
    }

    private enum AccountKey {
        static let validity = SettingKey(known: "configuration.password-validity")
        static let loginTimeout = SettingKey(known: "configuration.login-timeout")
        static let adminSecret = SettingKey(known: "configuration.admin-password")
        static let adminChangedAt = SettingKey(known: "configuration.admin-password-changed")
        static let users = (1...AccountSettings.count).map { row in
            UserKeys(
                name: SettingKey(known: "user-\(row).name"), secret: SettingKey(known: "user-\(row).password"),
                access: SettingKey(known: "user-\(row).access"), changedAt: SettingKey(known: "user-\(row).password-changed"))
        }
    }

    var accounts: AccountSettings {
        get {
            AccountSettings(
                validityDays: values[number: AccountKey.validity], loginTimeout: values[number: AccountKey.loginTimeout],
                adminSecret: values[text: AccountKey.adminSecret], adminChangedAt: Int64(values[number: AccountKey.adminChangedAt]),
                users: AccountKey.users.map { keys in
                    AccountSettings.User(
                        name: values[text: keys.name], secret: values[text: keys.secret],
                        access: .init(rawValue: values[text: keys.access]) ?? .disabled, changedAt: Int64(values[number: keys.changedAt]))
                })
        }
        set {
            values[number: AccountKey.validity] = newValue.validityDays
            values[number: AccountKey.loginTimeout] = newValue.loginTimeout
            values[text: AccountKey.adminSecret] = newValue.adminSecret
            values[number: AccountKey.adminChangedAt] = Int(newValue.adminChangedAt)
            for (keys, user) in zip(AccountKey.users, newValue.users) {
                values[text: keys.name] = user.name
                values[text: keys.secret] = user.secret
                values[text: keys.access] = user.access.rawValue
                values[number: keys.changedAt] = Int(user.changedAt)
            }
        }
    }
}

extension CardSettings {
    /// The administrator has the first password again, and there are no other users.
    mutating func resetAccounts() {
        let keys =
            [AccountKey.adminSecret, AccountKey.adminChangedAt]
            + AccountKey.users.flatMap { [$0.name, $0.secret, $0.access, $0.changedAt] }
        for key in keys { values[key] = key.setting.defaultValue }
    }
}
