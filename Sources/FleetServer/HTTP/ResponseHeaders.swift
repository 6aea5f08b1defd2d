import HTTPTypes
import Hummingbird

/// Headers that keep a browser from doing what our pages never need: scripts, frames and requests of other origins.
struct SecurityHeadersMiddleware: RouterMiddleware {
    typealias Context = FleetRequestContext

    private static let headers: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
        ), (.xContentTypeOptions, "nosniff"),
    ]

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in Self.headers { response.headers[name] = value }
        if let referrer = HTTPField.Name("Referrer-Policy") { response.headers[referrer] = "no-referrer" }
        return response
    }
}

/// The API's answers are of the moment: no cache keeps them.
struct NoStoreMiddleware: RouterMiddleware {
    typealias Context = FleetRequestContext

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
