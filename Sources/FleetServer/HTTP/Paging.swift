import Hummingbird

/// `limit` and `cursor` of a list request. A cursor is opaque to clients; to us it is the key, or the position, of the last item they have.
struct Paging: Sendable {
    let limit: Int
    /// Nil at the list's beginning.
    let after: Int64?

    init(_ request: Request) throws {
        let query = request.uri.queryParameters
        let limit = query["limit"].map { Int($0) ?? 0 } ?? 100
        guard (1...500).contains(limit) else { throw Problem.invalid("limit", "limit is a whole number from 1 to 500.") }
        self.limit = limit
        after = try query["cursor"].map { text in
            guard let key = Int64(text) else { throw Problem.invalid("cursor", "This cursor is not one of ours.") }
            return key
        }
    }

    /// The position after which the page of a list without keys begins.
    var start: Int { Int(min(max(0, after ?? 0), 1 << 31)) }

    /// The page of a list that is short, so that all of it is at hand.
    func page<Record, Item>(ofAll records: [Record], _ item: (Record) async throws -> Item) async throws -> Page<Item> {
        try await page(byPosition: Array(records.dropFirst(start).prefix(limit + 1)), item)
    }

    /// The page of `found`, which begins at `start` and has one record more than the limit if there are more.
    func page<Record, Item>(byPosition found: [Record], _ item: (Record) async throws -> Item) async throws -> Page<Item> {
        try await page(found, cursor: { _ in Int64(start + limit) }, item)
    }

    /// The page of `found`, which was asked for with one item more than the limit: that tells whether there is a next page.
    func page<Record, Item>(
        _ found: [Record], cursor: (Record) -> Int64, _ item: (Record) async throws -> Item
    ) async throws -> Page<Item> {
        var items: [Item] = []
        for record in found.prefix(limit) { items.append(try await item(record)) }
        let last = found.count > limit ? found[limit - 1] : nil
        return Page(items, next: last.map { "\(cursor($0))" })
    }
}
