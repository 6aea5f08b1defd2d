package import FoundationEssentials
package import Hummingbird
import NIOCore
import NIOFoundationEssentialsCompat

/// A request to the control API, with its bounds.
package struct ControlRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage

    package init(source: Source) { coreContext = .init(source: source) }

    static let largestBody = 64 * 1024

    package var maxUploadSize: Int { Self.largestBody }

    package var responseEncoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

extension Request {
    /// The body as it is, of 64 KiB at most.
    func bytes(_ context: ControlRequestContext) async throws -> Data {
        let buffer = try await body.collect(upTo: context.maxUploadSize)
        return Data(buffer.readableBytesView)
    }

    /// The body as JSON; what can't be read is a problem that says which field, and what was expected.
    func document<Body: Decodable>(_ type: Body.Type, _ context: ControlRequestContext, like example: String) async throws -> Body {
        let data = try await bytes(context)
        do {
            return try JSONDecoder().decode(type, from: data.isEmpty ? Data("{}".utf8) : data)
        } catch {
            throw ControlProblem(.badRequest, "The body must be JSON like \(example).")
        }
    }
}
