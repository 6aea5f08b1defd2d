import FoundationEssentials
import HTTPTypes
import Hummingbird

/// `/incidents`: what belongs together, and who knows of it.
struct IncidentRoutes: Sendable {
    /// Characters of a comment.
    static let comment = 1...2000

    let incidents: IncidentStore
    /// Acknowledges alarms.
    let acknowledge: @Sendable (_ alarms: [Int64], _ deed: AlarmDeed) async throws -> AlarmStore.Outcome
    /// Called when there is something to tell.
    let onTells: @Sendable () -> Void
    let hub: EventHub
    let audit: AuditLog
    let now: @Sendable () -> Date

    private struct Acknowledgement: Decodable { let comment: String? }
    private struct Comment: Decodable { let text: String }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("incidents", use: list)
        group.get("incidents/:id") { _, context in try await incident(context) }
        group.get("incidents/:id/members", use: members)
        group.get("incidents/:id/timeline", use: timeline)
        group.post("incidents/:id/acknowledge", use: acknowledge)
        group.post("incidents/:id/comments", use: comment)
    }

    private func incident(_ context: FleetRequestContext) async throws -> IncidentDetail {
        let id = try context.key("id", of: "incident")
        guard let incident = try await incidents.incident(id) else { throw Problem.notFound("incident \(id)") }
        return incident
    }

    private func list(request: Request, context: FleetRequestContext) async throws -> Page<IncidentRecord> {
        let paging = try Paging(request)
        let filter = try IncidentFilter(request)
        let found = try await incidents.incidents(filter, before: paging.after, limit: paging.limit + 1)
        return try await paging.page(found, cursor: \.id) { $0 }
    }

    private func members(request: Request, context: FleetRequestContext) async throws -> Page<IncidentMemberResource> {
        let paging = try Paging(request)
        let which: IncidentFilter.Members = try IncidentFilter.word("state", request.uri.queryParameters["state"].map(String.init)) ?? .all
        let incident = try await incident(context)
        let found = try await incidents.members(of: incident.record.id, which, after: paging.after, limit: paging.limit + 1)
        return try await paging.page(found, cursor: \.alarm) { $0 }
    }

    private func timeline(request: Request, context: FleetRequestContext) async throws -> Page<IncidentLineResource> {
        let paging = try Paging(request)
        let incident = try await incident(context)
        let found = try await incidents.timeline(of: incident.record.id, after: paging.after, limit: paging.limit + 1)
        return try await paging.page(found, cursor: \.id) { $0 }
    }

    private func acknowledge(request: Request, context: FleetRequestContext) async throws -> IncidentDetail {
        let identity = try context.user(atLeast: .operator)
        let comment = try await request.optionalBody(Acknowledgement.self, context: context)?.comment
        if let comment { try Self.check(comment, "comment") }
        let incident = try await incident(context).record
        let alarms = try await incidents.unacknowledgedAlarms(of: incident.id)
        // The incident first: the events of its alarms then find it acknowledged, and nobody is told twice.
        let at = now()
        let tells = try await incidents.acknowledge(incident.id, by: identity.username, comment: comment, now: at)
        _ = try await acknowledge(alarms, AlarmDeed(username: identity.username, at: at, text: comment))
        try await audit.record("incident.acknowledge", by: identity.username, target: incident.title, detail: "\(alarms.count) alarms")
        if tells > 0 { onTells() }
        return try await told(context)
    }

    private func comment(request: Request, context: FleetRequestContext) async throws -> IncidentDetail {
        let identity = try context.user(atLeast: .operator)
        let text = try await request.body(Comment.self, context: context).text
        try Self.check(text, "text")
        let incident = try await incident(context).record
        try await incidents.comment(incident.id, by: identity.username, text: text, now: now())
        try await audit.record("incident.comment", by: identity.username, target: incident.title)
        return try await told(context)
    }

    private func told(_ context: FleetRequestContext) async throws -> IncidentDetail {
        let incident = try await incident(context)
        hub.publish(.incident(incident.record, at: now()))
        return incident
    }

    private static func check(_ text: String, _ field: String) throws {
        guard comment.contains(text.count), text.contains(where: { !$0.isWhitespace }) else {
            throw Problem.invalid(field, "A comment has \(comment.lowerBound) to \(comment.upperBound) characters.")
        }
    }
}
