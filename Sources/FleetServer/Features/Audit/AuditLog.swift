import FoundationEssentials
import Hummingbird

/// Who did what: one entry for every change. Secrets never get in here.
struct AuditLog: Sendable {
    struct Entry: Encodable, Sendable {
        let id: Int64
        let at: Date
        let user: String
        let action: String
        @Nullable var target: String?
        @Nullable var detail: String?
    }

    let database: FleetDatabase
    let now: @Sendable () -> Date
    /// Entries that are kept; the oldest go first.
    var capacity: Int64 = 1_000_000

    func record(_ action: String, by user: String, target: String? = nil, detail: String? = nil) async throws {
        let (at, capacity) = (now(), capacity)
        try await database.write { transaction in
            let id = try transaction.nextKey(for: "audit")
            try transaction.execute(
                "INSERT INTO audit_entry (id, at, username, action, target, detail) VALUES (?, ?, ?, ?, ?, ?)",
                [.integer(id), SQLValue(at), .text(user), .text(action), SQLValue(target), SQLValue(detail)])
            try transaction.execute("DELETE FROM audit_entry WHERE id <= ?", [.integer(id - capacity)])
        }
    }

    /// Newest first, from just before the entry `before`.
    func entries(before: Int64?, limit: Int) async throws -> [Entry] {
        try await database.read { transaction in
            try transaction.rows(
                "SELECT * FROM audit_entry WHERE id < ? ORDER BY id DESC LIMIT ?",
                [.integer(before ?? .max), .integer(Int64(limit))]
            ).map { row in
                Entry(
                    id: try row.required("id"), at: try row.requiredDate("at"), user: try row.required("username"),
                    action: try row.required("action"), target: row.text("target"), detail: row.text("detail"))
            }
        }
    }
}

struct AuditRoutes: Sendable {
    let audit: AuditLog

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("audit") { request, context -> Page<AuditLog.Entry> in
            _ = try context.user(atLeast: .admin)
            let paging = try Paging(request)
            let entries = try await audit.entries(before: paging.after, limit: paging.limit + 1)
            return try await paging.page(entries, cursor: \.id) { $0 }
        }
    }
}
