import Alarming
import FoundationEssentials
import Hummingbird

/// A route as the API shows it.
struct RouteResource: ResponseEncodable, Sendable {
    let id: Int64
    let name: String
    let position: Int
    let isEnabled: Bool
    let match: Route.Match
    let channels: [Int64]
    let `continue`: Bool
    @Nullable var quietHours: Route.QuietHours?
    @Nullable var digestMinutes: Int?
    let escalation: [Route.Step]
    let tellEnd: Bool
    let tellAcknowledged: Bool

    init(_ record: NotificationRoute) {
        (id, name, position, isEnabled) = (record.id, record.name, record.position, record.isEnabled)
        let route = record.route
        (match, channels, `continue`, escalation) = (route.match, route.channels, route.goesOn, route.escalation)
        (tellEnd, tellAcknowledged) = (route.tellsEnd, route.tellsAcknowledgement)
        quietHours = route.quietHours
        digestMinutes = route.digestMinutes
    }
}

/// `/notifications/routes`.
struct NotificationRouteRoutes: Sendable {
    let routing: RoutingStore
    let audit: AuditLog
    let zones: @Sendable (String) -> ZoneRules?

    private struct Fields: ListedFields {
        static let fields: [String: Set<String>] = [
            "": [
                "name", "position", "isEnabled", "match", "channels", "continue", "quietHours", "digestMinutes", "escalation", "tellEnd",
                "tellAcknowledged",
            ],
            "match": ["sites", "tags", "cards", "kinds", "causes", "alarms", "severity", "hours"], "quietHours": ["hours", "below"],
        ]

        let name: String?
        let position: Int?
        let isEnabled: Bool?
        let match: Route.Match?
        let channels: [Int64]?
        let `continue`: Bool?
        let quietHours: Patched<Route.QuietHours>
        let digestMinutes: Patched<Int>
        let escalation: [Route.Step]?
        let tellEnd: Bool?
        let tellAcknowledged: Bool?

        func applied(to old: Route) -> Route {
            var route = old
            route.match = match ?? route.match
            route.channels = channels ?? route.channels
            route.goesOn = `continue` ?? route.goesOn
            route.quietHours = quietHours.applied(to: route.quietHours)
            route.digestMinutes = digestMinutes.applied(to: route.digestMinutes)
            route.escalation = escalation ?? route.escalation
            route.tellsEnd = tellEnd ?? route.tellsEnd
            route.tellsAcknowledgement = tellAcknowledged ?? route.tellsAcknowledgement
            return route
        }
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("notifications/routes") { request, _ -> Page<RouteResource> in
            try await Paging(request).page(ofAll: try await routing.routes()) { RouteResource($0) }
        }
        group.post("notifications/routes", use: add)
        group.get("notifications/routes/:id") { _, context in RouteResource(try await route(context)) }
        group.patch("notifications/routes/:id", use: change)
        group.delete("notifications/routes/:id") { _, context -> HTTPResponse.Status in
            let identity = try context.user(atLeast: .operator)
            let route = try await route(context)
            try await routing.removeRoute(route.id)
            try await audit.record("route.remove", by: identity.username, target: route.name)
            return .noContent
        }
    }

    private func route(_ context: FleetRequestContext) async throws -> NotificationRoute {
        let id = try context.key("id", of: "notification route")
        guard let route = try await routing.route(id) else { throw Problem.notFound("notification route \(id)") }
        return route
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<RouteResource> {
        let identity = try context.user(atLeast: .operator)
        let new = try await request.body(Fields.self, context: context)
        guard let name = new.name else { throw Problem.missing("name") }
        let route = NotificationRoute(id: 0, name: name, position: 0, isEnabled: new.isEnabled ?? true, route: new.applied(to: Route()))
        try check(route)
        try Ordering.check(new.position)
        let id = try await routing.add(route, position: new.position)
        try await audit.record("route.add", by: identity.username, target: name)
        guard let stored = try await routing.route(id) else { throw Problem.notFound("notification route \(id)") }
        return EditedResponse(status: .created, response: RouteResource(stored))
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> RouteResource {
        let identity = try context.user(atLeast: .operator)
        var route = try await route(context)
        let change = try await request.body(Fields.self, context: context)
        route.name = change.name ?? route.name
        route.position = change.position ?? route.position
        route.isEnabled = change.isEnabled ?? route.isEnabled
        route.route = change.applied(to: route.route)
        try check(route)
        try Ordering.check(route.position)
        try await routing.change(route)
        try await audit.record("route.change", by: identity.username, target: route.name)
        return RouteResource(try await self.route(context))
    }

    private func check(_ record: NotificationRoute) throws {
        let route = record.route
        try Naming.check(record.name)
        guard route.channels.count <= 50, !route.channels.isEmpty || !route.escalation.isEmpty else {
            throw Problem.invalid("channels", "A route has 1 to 50 channels, or an escalation.")
        }
        for (index, hours) in route.match.hours.enumerated() { try RoutingRules.check(hours, "match.hours.\(index)", zones) }
        if let quiet = route.quietHours { try RoutingRules.check(quiet.hours, "quietHours.hours", zones) }
        if let minutes = route.digestMinutes, !(1...1440 ~= minutes) {
            throw Problem.invalid("digestMinutes", "digestMinutes is from 1 to 1440.")
        }
        guard route.escalation.count <= 10 else { throw Problem.invalid("escalation", "An escalation has at most 10 steps.") }
        var last = 0
        for step in route.escalation {
            guard step.minutes > last, step.minutes <= 10_080, (1...50).contains(step.channels.count) else {
                throw Problem.invalid(
                    "escalation", "Each step has 1 to 50 channels and comes later than the one before it, after 10080 minutes at most.")
            }
            last = step.minutes
        }
        let lists = [route.match.sites, route.match.tags, route.match.causes, route.match.alarms]
        guard lists.allSatisfy({ RoutingRules.isShort($0) }), route.match.cards.count <= 1000, route.match.hours.count <= 20 else {
            throw Problem.invalid("match", "A list has at most 1000 entries of 128 characters; there may be 20 hours.")
        }
    }
}

enum RoutingRules {
    static func check(_ hours: WeeklyHours, _ field: String, _ zones: (String) -> ZoneRules?) throws {
        guard let from = WeeklyHours.minutes(hours.from), from < 1440 else {
            throw Problem.invalid("\(field).from", "from is a time of day, HH:MM.")
        }
        guard WeeklyHours.minutes(hours.to) != nil else { throw Problem.invalid("\(field).to", "to is a time of day, HH:MM.") }
        guard zones(hours.zone) != nil else {
            throw Problem.invalid("\(field).zone", "The time zone \(hours.zone) is not known. Names are like Europe/Zurich.")
        }
    }

    static func isShort(_ list: [String]) -> Bool { list.count <= 1000 && list.allSatisfy { $0.count <= 128 } }
}
