import NIOCore

extension FleetAPI {
    /// What an endless answer consists of.
    enum StreamPiece: Sendable {
        /// The server has begun to answer: from now on nothing is missed.
        case begun
        case bytes(ByteBuffer)
    }

    /// Asks for an endless answer, and hands its pieces over until one is answered with false. Gives the answer back if it is a refusal.
    typealias Listener = @Sendable (APIRequest, (StreamPiece) async throws -> Bool) async throws -> APIResponse?

    /// What the server's stream tells.
    enum Tiding: Sendable {
        case begun
        case event(ServerSentEvent)
    }

    /// Listens to the server's stream until `take` says false. Throws with `.unreachable` where the stream ends before.
    func listen(_ take: (Tiding) async throws -> Bool) async throws {
        var request = request(.get, "stream", [("values", "none")])
        request.headers["accept"] = "text/event-stream"
        var events = ServerSentEvents()
        var isOver = false
        let refusal = try await listener(request) { piece in
            switch piece {
            case .begun: isOver = try await !take(.begun)
            case .bytes(let bytes):
                for event in try events.take(bytes) where !isOver { isOver = try await !take(.event(event)) }
            }
            return !isOver
        }
        if let refusal { throw failure(refusal, of: "stream") }
        if !isOver { throw CommandFailure(.unreachable, "\(server.text) has ended its stream.") }
    }

    /// The first items of a list, at most so many, and whether there are more.
    func first<Item: Decodable & Sendable>(
        _ count: Int, of path: String, _ query: [(String, String?)] = []
    ) async throws -> (items: [Item], hasMore: Bool) {
        var items: [Item] = []
        var cursor: String?
        repeat {
            let limit = min(Self.pageSize, count - items.count)
            let page: Page<Item> = try await read(path, query + [("limit", "\(limit)"), ("cursor", cursor)])
            items += page.items
            guard page.next != cursor else { return (Array(items.prefix(count)), false) }
            cursor = page.next
        } while cursor != nil && items.count < count
        return (Array(items.prefix(count)), cursor != nil)
    }
}
