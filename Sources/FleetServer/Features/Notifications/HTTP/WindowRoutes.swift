import Alarming
import FoundationEssentials
import Hummingbird

/// A maintenance window as the API shows it.
struct WindowResource: ResponseEncodable, Sendable {
    let id: Int64
    let name: String
    let sites: [String]
    let tags: [String]
    let cards: [Int64]
    @Nullable var from: Date?
    @Nullable var until: Date?
    @Nullable var weekly: WeeklyHours?
    /// Whether it holds messages back at the moment.
    let isOpen: Bool

    init(_ record: NamedWindow, isOpen: Bool) {
        let window = record.window
        (id, name, sites, tags, cards) = (record.id, record.name, window.sites, window.tags, window.cards)
        self.isOpen = isOpen
        from = window.from.map { Date(timeIntervalSince1970: Double($0)) }
        until = window.until.map { Date(timeIntervalSince1970: Double($0)) }
        weekly = window.weekly
    }
}

/// `/notifications/windows`.
struct WindowRoutes: Sendable {
    let routing: RoutingStore
    let audit: AuditLog
    let zones: @Sendable (String) -> ZoneRules?
    let changed: @Sendable () -> Void
    let now: @Sendable () -> Date

    private struct Fields: ListedFields {
        static let fields: [String: Set<String>] = ["": ["name", "sites", "tags", "cards", "from", "until", "weekly"]]

        let name: String?
        let sites: [String]?
        let tags: [String]?
        let cards: [Int64]?
        let from: Patched<Date>
        let until: Patched<Date>
        let weekly: Patched<WeeklyHours>

        func applied(to old: MaintenanceWindow) -> MaintenanceWindow {
            var window = old
            window.sites = sites ?? window.sites
            window.tags = tags ?? window.tags
            window.cards = cards ?? window.cards
            if from.isGiven { window.from = from.value.map { Int64($0.timeIntervalSince1970) } }
            if until.isGiven { window.until = until.value.map { Int64($0.timeIntervalSince1970) } }
            window.weekly = weekly.applied(to: window.weekly)
            return window
        }
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("notifications/windows") { request, _ -> Page<WindowResource> in
            try await Paging(request).page(ofAll: try await routing.windows()) { resource($0) }
        }
        group.post("notifications/windows", use: add)
        group.get("notifications/windows/:id") { _, context in resource(try await window(context)) }
        group.patch("notifications/windows/:id", use: change)
        group.delete("notifications/windows/:id") { _, context -> HTTPResponse.Status in
            let identity = try context.user(atLeast: .operator)
            let window = try await window(context)
            try await routing.removeWindow(window.id)
            try await audit.record("window.remove", by: identity.username, target: window.name)
            changed()
            return .noContent
        }
    }

    private func resource(_ record: NamedWindow) -> WindowResource {
        WindowResource(record, isOpen: record.window.end(at: Int64(now().timeIntervalSince1970), zones: zones) != nil)
    }

    private func window(_ context: FleetRequestContext) async throws -> NamedWindow {
        let id = try context.key("id", of: "maintenance window")
        guard let window = try await routing.window(id) else { throw Problem.notFound("maintenance window \(id)") }
        return window
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<WindowResource> {
        let identity = try context.user(atLeast: .operator)
        let new = try await request.body(Fields.self, context: context)
        guard let name = new.name else { throw Problem.missing("name") }
        let window = NamedWindow(id: 0, name: name, window: new.applied(to: MaintenanceWindow()))
        try check(window)
        let id = try await routing.add(window)
        try await audit.record("window.add", by: identity.username, target: name)
        guard let stored = try await routing.window(id) else { throw Problem.notFound("maintenance window \(id)") }
        return EditedResponse(status: .created, response: resource(stored))
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> WindowResource {
        let identity = try context.user(atLeast: .operator)
        var window = try await window(context)
        let change = try await request.body(Fields.self, context: context)
        window.name = change.name ?? window.name
        window.window = change.applied(to: window.window)
        try check(window)
        try await routing.change(window)
        try await audit.record("window.change", by: identity.username, target: window.name)
        changed()
        return resource(try await self.window(context))
    }

    private func check(_ record: NamedWindow) throws {
        let window = record.window
        try Naming.check(record.name)
        guard RoutingRules.isShort(window.sites), RoutingRules.isShort(window.tags), window.cards.count <= 1000 else {
            throw Problem.invalid("sites", "A list has at most 1000 entries of 128 characters.")
        }
        if let weekly = window.weekly {
            guard window.from == nil, window.until == nil else {
                throw Problem.invalid("weekly", "A window is from and until, or weekly.")
            }
            return try RoutingRules.check(weekly, "weekly", zones)
        }
        guard let until = window.until else { throw Problem.invalid("until", "A window has an end: give until, or weekly.") }
        guard until > (window.from ?? .min) else { throw Problem.invalid("until", "until is later than from.") }
    }
}
