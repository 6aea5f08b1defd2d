import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// `/openapi.json`: the description of the API. No login: it tells nothing of the fleet.
struct OpenAPIRoutes: Sendable {
    /// Built at the first request, and then served as it is.
    private static let document = Result { try encoded() }

    static func encoded() throws -> ByteBuffer {
        let encoder = JSONCoding.encoder()
        encoder.outputFormatting.insert(.sortedKeys)
        return ByteBuffer(bytes: try encoder.encode(OpenAPIDocument.json))
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("openapi.json") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: try Self.document.get()))
        }
    }
}
