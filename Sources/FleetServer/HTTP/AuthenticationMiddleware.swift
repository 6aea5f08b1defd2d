import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Finds out who asks: an `Authorization: Bearer` token, or the session cookie.
///
/// A cookie goes along with requests that other sites make a browser send; so with a cookie every request that changes something must
/// carry a header that no foreign page can set without asking first.
struct AuthenticationMiddleware: RouterMiddleware {
    typealias Context = FleetRequestContext

    static let cookieName = "nvfleet_session"
    let users: UserStore
    let now: @Sendable () -> Date

    func handle(_ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response) async throws
        -> Response
    {
        var context = context
        if let token = request.bearerToken {
            context.identity = try await users.identity(forToken: token, now: now())
        } else if let cookie = request.cookies[Self.cookieName]?.value {
            context.identity = try await users.identity(forToken: cookie, now: now())
            if context.identity != nil, request.changesSomething, request.headers[.fleetRequest] == nil {
                throw Problem(.forbidden, "A request with a session cookie that changes something needs the header X-NVFleet-Request: 1.")
            }
        }
        return try await next(request, context)
    }
}

/// Lets only requests through that carry a valid token or session.
struct AuthenticatedMiddleware: RouterMiddleware {
    typealias Context = FleetRequestContext

    func handle(_ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response) async throws
        -> Response
    {
        _ = try context.user()
        return try await next(request, context)
    }
}

extension Request {
    var bearerToken: String? {
        guard let header = headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        return String(header.dropFirst(7).filter { $0 != " " })
    }

    var changesSomething: Bool { ![.get, .head, .options].contains(method) }
}

extension HTTPField.Name {
    static let fleetRequest = unchecked("X-NVFleet-Request")
    static let idempotencyKey = unchecked("Idempotency-Key")
    static let forwardedFor = unchecked("X-Forwarded-For")

    /// A name that is known to be valid: a literal of this file.
    private static func unchecked(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("not a header name: \(name)") }
        return name
    }
}
