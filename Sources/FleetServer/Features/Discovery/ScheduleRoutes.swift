import FoundationEssentials
import Hummingbird
import NetVision

/// A schedule as the API shows it.
struct ScheduleResource: ResponseEncodable, Sendable {
    let id: Int64
    let name: String
    @Nullable var methods: [DiscoveryMethod]?
    let ranges: [String]
    let interfaces: [String]
    let accept: Bool
    let minutes: Int
    let isEnabled: Bool
    @Nullable var nextAt: Date?
    @Nullable var lastDiscovery: Int64?

    init(_ schedule: DiscoverySchedule) {
        id = schedule.id
        name = schedule.name
        ranges = schedule.search.ranges
        interfaces = schedule.search.interfaces
        accept = schedule.search.accept
        minutes = schedule.minutes
        isEnabled = schedule.isEnabled
        methods = schedule.search.methods
        nextAt = schedule.isEnabled ? schedule.nextAt : nil
        lastDiscovery = schedule.lastDiscovery
    }
}

/// `/discovery-schedules`.
struct ScheduleRoutes: Sendable {
    let schedules: ScheduleStore
    let audit: AuditLog
    let now: @Sendable () -> Date

    private struct Fields: Decodable {
        let name: String?
        let methods: Patched<[DiscoveryMethod]>
        let ranges: [String]?
        let interfaces: [String]?
        let accept: Bool?
        let minutes: Int?
        let isEnabled: Bool?
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("discovery-schedules") { request, _ -> Page<ScheduleResource> in
            let paging = try Paging(request)
            let found = try await schedules.schedules(after: paging.after, limit: paging.limit + 1)
            return try await paging.page(found, cursor: \.id) { ScheduleResource($0) }
        }
        group.post("discovery-schedules", use: add)
        group.get("discovery-schedules/:id") { _, context in ScheduleResource(try await schedule(context)) }
        group.patch("discovery-schedules/:id", use: change)
        group.delete("discovery-schedules/:id") { _, context -> HTTPResponse.Status in
            let identity = try context.user(atLeast: .operator)
            let schedule = try await schedule(context)
            try await schedules.remove(schedule.id)
            try await audit.record("schedule.remove", by: identity.username, target: schedule.name)
            return .noContent
        }
    }

    private func schedule(_ context: FleetRequestContext) async throws -> DiscoverySchedule {
        let id = try context.key("id", of: "discovery schedule")
        guard let schedule = try await schedules.schedule(id) else { throw Problem.notFound("discovery schedule \(id)") }
        return schedule
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<ScheduleResource> {
        let identity = try context.user(atLeast: .operator)
        let new = try await request.body(Fields.self, context: context)
        guard new.name != nil else { throw Problem.missing("name") }
        guard let minutes = new.minutes else { throw Problem.missing("minutes") }
        var schedule = DiscoverySchedule(id: 0, name: "", search: .init(), minutes: minutes, isEnabled: true, nextAt: now())
        try apply(new, to: &schedule)
        let id = try await schedules.add(schedule)
        try await audit.record("schedule.add", by: identity.username, target: schedule.name)
        guard let stored = try await schedules.schedule(id) else { throw Problem.notFound("discovery schedule \(id)") }
        return EditedResponse(status: .created, response: ScheduleResource(stored))
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> ScheduleResource {
        let identity = try context.user(atLeast: .operator)
        var schedule = try await schedule(context)
        let before = schedule
        try apply(try await request.body(Fields.self, context: context), to: &schedule)
        // With another interval, or switched on again, it counts from now.
        if schedule.minutes != before.minutes || schedule.isEnabled && !before.isEnabled {
            schedule.nextAt = now().addingTimeInterval(Double(schedule.minutes) * 60)
        }
        try await schedules.change(schedule)
        try await audit.record("schedule.change", by: identity.username, target: schedule.name)
        return ScheduleResource(try await self.schedule(context))
    }

    private func apply(_ fields: Fields, to schedule: inout DiscoverySchedule) throws {
        schedule.name = fields.name ?? schedule.name
        if fields.methods.isGiven { schedule.search.methods = fields.methods.value }
        schedule.search.ranges = fields.ranges ?? schedule.search.ranges
        schedule.search.interfaces = fields.interfaces ?? schedule.search.interfaces
        schedule.search.accept = fields.accept ?? schedule.search.accept
        schedule.minutes = fields.minutes ?? schedule.minutes
        schedule.isEnabled = fields.isEnabled ?? schedule.isEnabled
        try Naming.check(schedule.name)
        guard DiscoverySchedule.minutes.contains(schedule.minutes) else {
            throw Problem.invalid("minutes", "minutes is from 1 to \(DiscoverySchedule.minutes.upperBound).")
        }
        _ = try schedule.search.order()
    }
}
