import Hummingbird

/// `limit` and `cursor` of a list request.
struct Paging: Sendable {
    let limit: Int
    let cursor: String?

    init(_ request: Request) throws {
        let text = request.uri.queryParameters["limit"].map(String.init)
        let limit = text.map { Int($0) ?? 0 } ?? 100
        guard (1...500).contains(limit) else { throw Problem.invalid("limit", "limit is a whole number from 1 to 500.") }
        self.limit = limit
        cursor = request.uri.queryParameters["cursor"].map(String.init)
    }
}
