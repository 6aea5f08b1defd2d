import FoundationEssentials
import Hummingbird

/// `/users` and `/tokens`.
struct UserRoutes: Sendable {
    let users: UserStore
    let audit: AuditLog
    let now: @Sendable () -> Date

    private struct NewUser: Decodable {
        let username: String
        let password: String
        let role: Role
    }

    private struct UserChange: Decodable {
        let password: String?
        let role: Role?
    }

    private struct NewToken: Decodable {
        let name: String
        let role: Role?
        let expiresAt: Date?
    }

    struct IssuedToken: ResponseEncodable, Sendable {
        let id: Int64
        let token: String
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("users") { _, context -> Page<User> in
            _ = try context.user(atLeast: .admin)
            return Page(try await users.users())
        }
        group.post("users", use: addUser)
        group.patch("users/:id", use: changeUser)
        group.delete("users/:id", use: removeUser)
        group.get("tokens") { _, context -> Page<AccessToken> in
            let identity = try context.user()
            return Page(try await users.apiTokens(ofUser: identity.role == .admin ? nil : identity.userID))
        }
        group.post("tokens", use: addToken)
        group.delete("tokens/:id", use: removeToken)
    }

    private func addUser(request: Request, context: FleetRequestContext) async throws -> EditedResponse<User> {
        let identity = try context.user(atLeast: .admin)
        let new = try await request.body(NewUser.self, context: context)
        let user = try await users.add(username: new.username, password: new.password, role: new.role, now: now())
        try await audit.record("user.add", by: identity.username, target: user.username, detail: user.role.rawValue)
        return EditedResponse(status: .created, response: user)
    }

    /// Everybody may change their own password; the rest is the administrators'.
    private func changeUser(request: Request, context: FleetRequestContext) async throws -> User {
        let identity = try context.user()
        let id = try context.key("id", of: "user")
        let change = try await request.body(UserChange.self, context: context)
        if change.role != nil || id != identity.userID { _ = try context.user(atLeast: .admin) }
        guard let user = try await users.user(id: id) else { throw Problem.notFound("user \(id)") }
        if let password = change.password {
            try await users.changePassword(id: id, to: password)
            try await audit.record("user.password", by: identity.username, target: user.username)
        }
        if let role = change.role {
            try await users.changeRole(id: id, to: role)
            try await audit.record("user.role", by: identity.username, target: user.username, detail: role.rawValue)
        }
        guard let changed = try await users.user(id: id) else { throw Problem.notFound("user \(id)") }
        return changed
    }

    private func removeUser(request: Request, context: FleetRequestContext) async throws -> HTTPResponse.Status {
        let identity = try context.user(atLeast: .admin)
        let id = try context.key("id", of: "user")
        guard let user = try await users.user(id: id) else { throw Problem.notFound("user \(id)") }
        try await users.remove(id: id)
        try await audit.record("user.remove", by: identity.username, target: user.username)
        return .noContent
    }

    private func addToken(request: Request, context: FleetRequestContext) async throws -> EditedResponse<IssuedToken> {
        let identity = try context.user()
        let new = try await request.body(NewToken.self, context: context)
        guard (1...64).contains(new.name.count) else { throw Problem.invalid("name", "A token's name has 1 to 64 characters.") }
        guard let user = try await users.user(id: identity.userID) else { throw Problem.notFound("user") }
        let token = try await users.issueToken(
            kind: .api, for: user, name: new.name, role: min(new.role ?? identity.role, identity.role), now: now(),
            expiresAt: new.expiresAt)
        try await audit.record("token.add", by: identity.username, target: new.name)
        return EditedResponse(status: .created, response: IssuedToken(id: token.id, token: token.secret))
    }

    private func removeToken(request: Request, context: FleetRequestContext) async throws -> HTTPResponse.Status {
        let identity = try context.user()
        let id = try context.key("id", of: "token")
        guard try await users.revokeToken(id: id, ofUser: identity.role == .admin ? nil : identity.userID) else {
            throw Problem.notFound("token \(id)")
        }
        try await audit.record("token.remove", by: identity.username, target: "\(id)")
        return .noContent
    }
}

extension User: ResponseEncodable {}
