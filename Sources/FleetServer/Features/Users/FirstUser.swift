import FoundationEssentials

/// The first start makes the user `admin`.
struct FirstUser: Sendable {
    let users: UserStore

    /// The new user's password when it was made up here, to be shown once; nil when the user exists or the password was given.
    func create(givenPassword: String?, now: Date) async throws -> String? {
        guard try await users.users().isEmpty else { return nil }
        let password = givenPassword ?? randomText(16)
        _ = try await users.add(username: "admin", password: password, role: .admin, now: now)
        return givenPassword == nil ? password : nil
    }
}
