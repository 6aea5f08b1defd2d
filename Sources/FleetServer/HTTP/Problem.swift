import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// An error as the API tells it: an RFC 9457 problem document.
struct Problem: Error, HTTPResponseError, Sendable {
    struct FieldError: Encodable, Sendable {
        let field: String
        let detail: String
    }

    var status: HTTPResponse.Status
    /// One sentence or two for a person: what is wrong, and what to do.
    var detail: String
    var errors: [FieldError] = []
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ detail: String, errors: [FieldError] = [], headers: HTTPFields = [:]) {
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    /// A request whose `field` can't be taken as it is.
    static func invalid(_ field: String, _ detail: String) -> Problem {
        Problem(.unprocessableContent, detail, errors: [FieldError(field: field, detail: detail)])
    }

    /// A request without a field that it needs.
    static func missing(_ field: String) -> Problem {
        Problem(.badRequest, "The field \(field) is missing.", errors: [FieldError(field: field, detail: "Missing.")])
    }

    static func notFound(_ what: String) -> Problem { Problem(.notFound, "There is no \(what).") }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let document = Document(
            type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail, errors: errors.isEmpty ? nil : errors)
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: .init(byteBuffer: try JSONCoding.encode(document)))
    }

    private struct Document: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let errors: [FieldError]?
    }
}

/// Turns whatever a handler throws into a problem document; the only place that does.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = FleetRequestContext

    func handle(_ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response) async throws
        -> Response
    {
        let problem: Problem
        do {
            return try await next(request, context)
        } catch let error as Problem {
            problem = error
        } catch let error as HTTPError {
            problem = Problem(error.status, error.body ?? Self.sentence(for: error.status))
        } catch let error as any HTTPResponseError {
            problem = Problem(error.status, Self.sentence(for: error.status))
        } catch  where StorageTrouble(error, in: .fleet).condition == .full {
            let status = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
            problem = Problem(status, StorageTrouble(error, in: .fleet).words)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
            problem = Problem(.internalServerError, "The server could not do this. Its log says why.")
        }
        return try problem.response(from: request, context: context)
    }

    private static func sentence(for status: HTTPResponse.Status) -> String {
        switch status {
        case .notFound: "There is nothing here. The API is described at /api/v1/openapi.json."
        case .contentTooLarge: "The request body is too large."
        case .badRequest: "The request could not be read."
        case .methodNotAllowed: "This resource does not take that method."
        default: status.reasonPhrase
        }
    }
}
