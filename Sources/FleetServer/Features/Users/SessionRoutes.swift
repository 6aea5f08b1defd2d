import FoundationEssentials
import HTTPTypes
import Hummingbird

/// `/session`: log in, who am I, log out.
struct SessionRoutes: Sendable {
    let users: UserStore
    let audit: AuditLog
    let limiter: LoginLimiter
    let proxies: TrustedProxies
    let now: @Sendable () -> Date
    /// How long a session lives without a new login.
    let lifetime: TimeInterval

    private struct Credentials: Decodable {
        let username: String
        let password: String
    }

    struct SessionUser: Encodable, Sendable {
        let id: Int64
        let username: String
        let role: Role
    }

    struct Opened: ResponseEncodable, Sendable {
        let token: String
        let expiresAt: Date
        let user: SessionUser
    }

    struct Current: ResponseEncodable, Sendable {
        let user: SessionUser
        @Nullable var expiresAt: Date?
    }

    /// Logging in needs no session; the rest does.
    func addPublic(to group: RouterGroup<FleetRequestContext>) {
        group.post("session", use: open)
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("session") { _, context -> Current in
            let identity = try context.user()
            return Current(
                user: SessionUser(id: identity.userID, username: identity.username, role: identity.role), expiresAt: identity.expiresAt)
        }
        group.delete("session") { _, context -> Response in
            let identity = try context.user()
            _ = try await users.revokeToken(id: identity.tokenID, ofUser: identity.userID)
            var response = Response(status: .noContent)
            response.setCookie(Cookie(name: AuthenticationMiddleware.cookieName, value: "", maxAge: 0, path: "/", httpOnly: true))
            return response
        }
    }

    private func open(request: Request, context: FleetRequestContext) async throws -> Response {
        let credentials = try await request.body(Credentials.self, context: context, maximum: 4096)
        let address = proxies.client(of: request, peer: context.remoteAddress)
        let (user, wrongInRow) = try await limiter.attempt(credentials.username, from: address) {
            try await users.authenticate(username: credentials.username, password: credentials.password)
        }
        guard let user else {
            try await recordRefusal(of: credentials.username, from: address, wrongInRow)
            throw Problem(.unauthorized, "User name or password is wrong.")
        }
        let expiresAt = now().addingTimeInterval(lifetime)
        let token = try await users.issueToken(kind: .session, for: user, role: user.role, now: now(), expiresAt: expiresAt)
        try await audit.record("session.open", by: user.username, detail: "from \(address)")
        let opened = Opened(
            token: token.secret, expiresAt: expiresAt, user: SessionUser(id: user.id, username: user.username, role: user.role))
        var response = try opened.response(from: request, context: context)
        response.setCookie(
            Cookie(
                name: AuthenticationMiddleware.cookieName, value: token.secret, maxAge: Int(lifetime), path: "/", httpOnly: true,
                sameSite: .strict))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The first ten of an address one by one, then the 16th, the 32nd and so on: who guesses all day does not fill the log.
    private func recordRefusal(of username: String, from address: String, _ count: Int) async throws {
        guard count <= 10 || count.nonzeroBitCount == 1 else { return }
        let detail = count <= 10 ? "from \(address)" : "from \(address), the \(count)th wrong password in a row from there"
        try await audit.record("session.refused", by: String(username.prefix(64)), detail: detail)
    }
}
