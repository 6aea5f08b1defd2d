import FoundationEssentials
package import HTTPTypes
package import Hummingbird
import Logging

/// An error as the control API tells it: an RFC 9457 problem document.
package struct ControlProblem: Error, HTTPResponseError, Sendable, Equatable {
    package let status: HTTPResponse.Status
    /// A sentence for a person: what is wrong, and what would be right.
    package let detail: String
    /// The field that is wrong, where it is one.
    package let field: String?

    package init(_ status: HTTPResponse.Status, _ detail: String, field: String? = nil) {
        self.status = status
        self.detail = detail
        self.field = field
    }

    /// The card can't do what is asked.
    package static func refused(_ field: String, _ detail: String) -> ControlProblem { .invalid(field, detail) }

    static func invalid(_ field: String, _ detail: String) -> ControlProblem {
        ControlProblem(.unprocessableContent, detail, field: field)
    }

    /// The one mapping of the simulation's errors to HTTP.
    init(_ error: SimulationError) {
        switch error {
        case .unknownCode: self.init(.notFound, error.description)
        case .pointOutOfRange: self.init(.unprocessableContent, error.description, field: "value")
        case .outOfRange(let field, _, _): self.init(.unprocessableContent, error.description, field: field)
        case .notThere: self.init(.notFound, error.description)
        case .impossibleLayout: self.init(.unprocessableContent, error.description)
        case .impossibleScenario: self.init(.unprocessableContent, error.description, field: "events")
        case .malformedScenario: self.init(.badRequest, error.description)
        }
    }

    package func response(from request: Request, context: some RequestContext) throws -> Response {
        let document = Document(
            type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail,
            errors: field.map { [Document.FieldError(field: $0, detail: detail)] })
        var response = try context.responseEncoder.encode(document, from: request, context: context)
        response.status = status
        response.headers[.contentType] = "application/problem+json"
        return response
    }

    private struct Document: Encodable {
        struct FieldError: Encodable {
            let field: String
            let detail: String
        }

        let type: String
        let title: String
        let status: Int
        let detail: String
        let errors: [FieldError]?
    }
}

/// Turns whatever a handler throws into a problem document.
struct ControlProblemMiddleware: RouterMiddleware {
    typealias Context = ControlRequestContext

    func handle(_ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response) async throws
        -> Response
    {
        let problem: ControlProblem
        do {
            return try await next(request, context)
        } catch let error as ControlProblem {
            problem = error
        } catch let error as SimulationError {
            problem = ControlProblem(error)
        } catch let error as any HTTPResponseError {
            problem = ControlProblem(error.status, Self.sentence(for: error, path: request.uri.path))
        } catch {
            context.logger.error("Simulation control failed", metadata: ["error": "\(error)"])
            problem = ControlProblem(.internalServerError, "The simulation could not do this: \(error)")
        }
        return try problem.response(from: request, context: context)
    }

    private static func sentence(for error: any HTTPResponseError, path: String) -> String {
        switch error.status {
        case .notFound: "There is no \(path). \(SimulationControl.resources)"
        case .methodNotAllowed: "\(path) does not take that method. \(SimulationControl.resources)"
        case .contentTooLarge: "The body is larger than \(ControlRequestContext.largestBody) bytes."
        default: (error as? HTTPError)?.body ?? error.status.reasonPhrase
        }
    }
}
