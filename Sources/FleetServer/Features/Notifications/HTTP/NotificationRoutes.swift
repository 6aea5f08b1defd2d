import Alarming
import FoundationEssentials
import Hummingbird
import PowerDevice

/// A message and its fate as the API shows it.
struct NotificationResource: ResponseEncodable, Sendable {
    let id: Int64
    let messageId: String
    @Nullable var channel: Int64?
    @Nullable var channelName: String?
    @Nullable var route: Int64?
    let kind: String
    let severity: Severity
    @Nullable var incident: Int64?
    @Nullable var alarm: Int64?
    let state: DeliveryState
    @Nullable var reason: String?
    let createdAt: Date
    let dueAt: Date
    let attempts: Int
    @Nullable var attemptedAt: Date?
    @Nullable var endedAt: Date?
    @Nullable var answer: String?
    let title: String
    let text: String

    init(_ delivery: Delivery) {
        let message = delivery.message
        (id, messageId, kind, severity) = (delivery.id, message.messageId, message.kind, message.severity)
        (state, createdAt, dueAt, attempts) = (delivery.state, delivery.createdAt, delivery.dueAt, delivery.attempts)
        (title, text) = (message.title, message.text)
        channel = delivery.channel
        channelName = delivery.channelName
        route = delivery.route
        incident = message.incident
        alarm = message.alarm
        reason = delivery.reason
        attemptedAt = delivery.attemptedAt
        endedAt = delivery.endedAt
        answer = delivery.answer
    }
}

/// `/notifications`: what became of every message, and who would be told something.
struct NotificationRoutes: Sendable {
    let archive: DeliveryArchive
    let preview: NotificationPreview
    let audit: AuditLog
    let wake: @Sendable () -> Void
    let time: @Sendable () -> NotificationTime

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("notifications") { request, _ -> Page<NotificationResource> in
            let paging = try Paging(request)
            let found = try await archive.deliveries(try Self.filter(request), before: paging.after, limit: paging.limit + 1)
            return try await paging.page(found, cursor: \.id) { NotificationResource($0) }
        }
        group.get("notifications/:id") { _, context in NotificationResource(try await delivery(context)) }
        group.post("notifications/:id/retry") { _, context -> NotificationResource in
            let identity = try context.user(atLeast: .operator)
            let delivery = try await delivery(context)
            guard try await archive.retry(delivery.id, time()) else {
                throw Problem(.conflict, "It waits or is being sent already, or its channel is gone or switched off.")
            }
            try await audit.record("notification.retry", by: identity.username, target: delivery.message.messageId)
            wake()
            return NotificationResource(try await self.delivery(context))
        }
        group.post("notifications/preview") { request, context -> PreviewResult in
            _ = try context.user(atLeast: .operator)
            return try await preview.result(try await request.body(NotificationPreview.Order.self, context: context), time())
        }
    }

    private func delivery(_ context: FleetRequestContext) async throws -> Delivery {
        let id = try context.key("id", of: "notification")
        guard let delivery = try await archive.delivery(id) else { throw Problem.notFound("notification \(id)") }
        return delivery
    }

    private static func filter(_ request: Request) throws -> DeliveryArchive.Filter {
        let query = request.uri.queryParameters
        func key(_ name: Substring) throws -> Int64? {
            try query[name].map { text in
                guard let key = Int64(text) else { throw Problem.invalid(String(name), "\(name) is a record's number.") }
                return key
            }
        }
        func time(_ name: Substring) throws -> Date? {
            try query[name].map { text in
                guard let time = JSONCoding.parseTime(String(text)) else {
                    throw Problem.invalid(String(name), "\(name) is an RFC 3339 time.")
                }
                return time
            }
        }
        let state = try query["state"].map { text in
            guard let state = DeliveryState(rawValue: String(text)) else { throw Problem.invalid("state", "There is no state \(text).") }
            return state
        }
        return DeliveryArchive.Filter(
            state: state, channel: try key("channel"), incident: try key("incident"), alarm: try key("alarm"), from: try time("from"),
            to: try time("to"))
    }
}
