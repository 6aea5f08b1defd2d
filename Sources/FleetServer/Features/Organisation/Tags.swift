import FoundationEssentials
import Hummingbird

/// The tags of the inventory's cards. A tag is there while a card has it.
struct TagStore: Sendable {
    struct Tag: ResponseEncodable, Sendable, Equatable {
        let name: String
        let cards: Int
    }

    let database: FleetDatabase

    /// In the order of their names.
    func tags() async throws -> [Tag] {
        let counts = try await database.read { transaction in
            try transaction.rows("SELECT tags, COUNT(*) AS number FROM card WHERE retired_at IS NULL AND tags <> '[]' GROUP BY tags")
                .reduce(
                    into: [String: Int]()
                ) { counts, row in
                    for tag in Set(try JSONCoding.value([String].self, from: try row.required("tags"))) {
                        counts[tag, default: 0] += Int(row.integer("number") ?? 0)
                    }
                }
        }
        return counts.map { Tag(name: $0.key, cards: $0.value) }.sorted { $0.name < $1.name }
    }

    /// Gives all cards that have the tag `name` another in its place; nil takes it away. Returns the cards.
    func replace(_ name: String, by other: String?) async throws -> [Int64] {
        try await database.write { transaction in
            var condition = Condition()
            CardFilter(tag: name).add(to: &condition, now: SQLValue(SteadyClock.process.now))
            let rows = try transaction.rows("SELECT c.id, c.tags FROM card c WHERE \(condition.sql)", condition.arguments)
            var changed: [Int64] = []
            for row in rows {
                let tags = try JSONCoding.value([String].self, from: try row.required("tags"))
                guard let place = tags.firstIndex(of: name) else { continue }
                var next = tags.filter { $0 != name && $0 != other }
                if let other { next.insert(other, at: min(place, next.count)) }
                let id: Int64 = try row.required("id")
                try transaction.execute("UPDATE card SET tags = ? WHERE id = ?", [.text(try JSONCoding.text(next)), .integer(id)])
                changed.append(id)
            }
            return changed
        }
    }
}

/// `/tags`.
struct TagRoutes: Sendable {
    let tags: TagStore
    let changes: CardChanges
    let audit: AuditLog

    private struct Renaming: Decodable { let name: String }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("tags") { request, _ -> Page<TagStore.Tag> in
            try await Paging(request).page(ofAll: try await tags.tags()) { $0 }
        }
        group.patch("tags/:name", use: rename)
        group.delete("tags/:name") { _, context -> HTTPResponse.Status in
            let identity = try context.user(atLeast: .operator)
            let tag = try await tag(context)
            let changed = try await tags.replace(tag.name, by: nil)
            try await audit.record("tag.remove", by: identity.username, target: tag.name, detail: "\(changed.count) cards")
            await changes.tell(changed)
            return .noContent
        }
    }

    private func tag(_ context: FleetRequestContext) async throws -> TagStore.Tag {
        let text = context.parameters.get("name") ?? ""
        let name = text.percentDecoded ?? text
        guard let tag = try await tags.tags().first(where: { $0.name == name }) else { throw Problem.notFound("tag \(name)") }
        return tag
    }

    private func rename(request: Request, context: FleetRequestContext) async throws -> TagStore.Tag {
        let identity = try context.user(atLeast: .operator)
        let wanted = try await request.body(Renaming.self, context: context).name
        try CardTags.validate([wanted], in: "name")
        let tag = try await tag(context)
        let changed = try await tags.replace(tag.name, by: wanted)
        try await audit.record("tag.rename", by: identity.username, target: wanted, detail: "was \(tag.name), \(changed.count) cards")
        await changes.tell(changed)
        return try await tags.tags().first { $0.name == wanted } ?? TagStore.Tag(name: wanted, cards: 0)
    }
}

extension String {
    /// The text that percent-encoding (RFC 3986 §2.1) stands for; nil if it stands for none.
    fileprivate var percentDecoded: String? {
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
