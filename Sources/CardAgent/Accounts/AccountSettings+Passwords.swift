extension AccountSettings {
    /// Longer names are cut: a row holds none.
    static let longestName = 32

    mutating func setSecret(_ secret: String, at now: Int64, of user: String) {
        if user == Accounts.admin {
            adminSecret = secret
        } else if let row = users.firstIndex(where: { $0.name == user }) {
            users[row].secret = secret
        }
        setChangedAt(now, of: user)
    }

    func secret(of user: String) -> String? {
        user == Accounts.admin ? adminSecret : users.first { $0.name == user }?.secret
    }

    mutating func setChangedAt(_ now: Int64, of user: String) {
        let now = min(max(now, 0), Int64(UInt32.max))
        if user == Accounts.admin {
            adminChangedAt = now
        } else if let row = users.firstIndex(where: { $0.name == user }) {
            users[row].changedAt = now
        }
    }
}
