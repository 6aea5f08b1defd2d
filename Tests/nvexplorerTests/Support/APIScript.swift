import NIOCore
import Synchronization
import Testing

@testable import nvexplorer

/// A server that gives these answers in their order, and remembers what it was asked.
final class APIScript: Sendable {
    private let taken = Mutex<[APIRequest]>([])
    private let answers: Mutex<[APIResponse]>

    init(_ answers: [(Int, String)]) {
        self.answers = Mutex(answers.map { APIResponse(status: $0.0, body: ByteBuffer(string: $0.1)) })
    }

    func api(token: String? = "secret") throws -> FleetAPI {
        let server = try #require(ServerAddress("http://server:8080"))
        return FleetAPI(server: server, token: token) { request in
            self.taken.withLock { $0.append(request) }
            return try self.answers.withLock { try #require($0.isEmpty ? nil : $0.removeFirst()) }
        }
    }

    var requests: [APIRequest] { taken.withLock { $0 } }

    /// `PATCH /cards/1`
    var calls: [String] {
        requests.map { request in
            "\(request.method.rawValue) \(request.url.replacing("http://server:8080/api/v1", with: ""))"
        }
    }
}
