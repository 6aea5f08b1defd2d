import Alarming
import FoundationEssentials
import HTTPTypes
import Hummingbird
import PowerDevice

/// `/alarms`: what is wrong in the fleet, and what operators do about it.
struct AlarmRoutes: Sendable {
    static let maximumBulk = 500
    static let maximumText = 2000
    /// How long an alarm may be shelved at most.
    static let maximumShelving: TimeInterval = 30 * 86_400

    let alarms: AlarmService
    let listing: AlarmListing
    let audit: AuditLog
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("alarms") { request, _ -> Page<AlarmResource> in
            let paging = try Paging(request)
            let found = try await listing.alarms(AlarmFilter(request), before: paging.after, limit: paging.limit + 1)
            return try await paging.page(found, cursor: \.id) { $0 }
        }
        group.get("alarms/summary") { _, _ in try await listing.summary() }
        group.get("alarms/:id") { _, context in
            var alarm = try await alarm(context)
            alarm.events = try await listing.timeline(of: alarm.id)
            return alarm
        }
        group.post("alarms/acknowledge", use: acknowledgeMany)
        group.post("alarms/:id/acknowledge", use: acknowledge)
        group.post("alarms/:id/unacknowledge") { _, context in
            try await order(context, "alarm.unacknowledge") { try await alarms.unacknowledge($0, $1) }
        }
        group.post("alarms/:id/comments", use: comment)
        group.post("alarms/:id/shelve", use: shelve)
        group.post("alarms/:id/unshelve") { _, context in
            try await order(context, "alarm.unshelve") { try await alarms.unshelve($0, $1) }
        }
        group.post("alarms/:id/clear") { request, context in
            let body = try await request.optionalBody(Comment.self, context: context)
            let text = try Self.text(body?.comment, "comment")
            return try await order(context, "alarm.clear", text: text) { try await alarms.clear($0, $1) }
        }
    }

    private func alarm(_ context: FleetRequestContext) async throws -> AlarmResource {
        let id = try context.key("id", of: "alarm")
        guard let alarm = try await listing.alarm(id) else { throw Problem.notFound("alarm \(id)") }
        return alarm
    }

    /// Does something to the alarm of the path, records who did it, and answers with the alarm as it is then.
    private func order(
        _ context: FleetRequestContext, _ action: String, text: String? = nil,
        _ body: (Int64, AlarmDeed) async throws -> Void
    ) async throws -> AlarmResource {
        let identity = try context.user(atLeast: .operator)
        let before = try await alarm(context)
        try await body(before.id, AlarmDeed(username: identity.username, at: now(), text: text))
        let target = "\(before.cardName ?? "server"): \(before.name)"
        try await audit.record(action, by: identity.username, target: target, detail: text)
        return try await alarm(context)
    }

    private struct Comment: Decodable { let comment: String? }

    private func acknowledge(request: Request, context: FleetRequestContext) async throws -> AlarmResource {
        _ = try context.user(atLeast: .operator)
        let body = try await request.optionalBody(Comment.self, context: context)
        let text = try Self.text(body?.comment, "comment")
        return try await order(context, "alarm.acknowledge", text: text) { id, deed in
            let outcome = try await alarms.acknowledge([id], deed)
            // Acknowledged by somebody already is as good.
            guard outcome.events.isEmpty, try await listing.alarm(id)?.state == .cleared else { return }
            throw Problem(.conflict, "The alarm is over.")
        }
    }

    private struct Many: Decodable {
        let ids: [Int64]
        let comment: String?
    }

    struct Acknowledged: ResponseEncodable {
        let acknowledged: Int
        let skipped: [AlarmStore.Skipped]
    }

    private func acknowledgeMany(request: Request, context: FleetRequestContext) async throws -> Acknowledged {
        let identity = try context.user(atLeast: .operator)
        let many = try await request.body(Many.self, context: context)
        let ids = many.ids.reduce(into: [Int64]()) { ids, id in if !ids.contains(id) { ids.append(id) } }
        guard (1...Self.maximumBulk).contains(many.ids.count) else {
            throw Problem.invalid("ids", "Name 1 to \(Self.maximumBulk) alarms.")
        }
        let text = try Self.text(many.comment, "comment")
        let outcome = try await alarms.acknowledge(ids, AlarmDeed(username: identity.username, at: now(), text: text))
        if !outcome.events.isEmpty {
            let list = outcome.events.prefix(20).map { "\($0.alarm.id)" }.joined(separator: ", ")
            let detail = "\(outcome.events.count) alarms: \(list)\(outcome.events.count > 20 ? " and others" : "")"
            try await audit.record("alarm.acknowledge", by: identity.username, detail: detail)
        }
        return Acknowledged(acknowledged: outcome.events.count, skipped: outcome.skipped)
    }

    private struct Remark: Decodable { let text: String }

    private func comment(request: Request, context: FleetRequestContext) async throws -> AlarmResource {
        _ = try context.user(atLeast: .operator)
        let remark = try await request.body(Remark.self, context: context)
        guard let text = try Self.text(remark.text, "text") else { throw Problem.invalid("text", "The comment is empty.") }
        return try await order(context, "alarm.comment", text: text) { try await alarms.comment($0, $1) }
    }

    private struct Shelving: Decodable {
        let until: Date?
        let minutes: Int?
        let reason: String
    }

    private func shelve(request: Request, context: FleetRequestContext) async throws -> AlarmResource {
        _ = try context.user(atLeast: .operator)
        let shelving = try await request.body(Shelving.self, context: context)
        guard let reason = try Self.text(shelving.reason, "reason") else { throw Problem.invalid("reason", "Say why it is shelved.") }
        let end = try end(of: shelving)
        return try await order(context, "alarm.shelve", text: reason) { try await alarms.shelve($0, until: end, $1) }
    }

    /// `until` counts where both are given.
    private func end(of shelving: Shelving) throws -> Date {
        let (now, most) = (now(), Int(Self.maximumShelving / 60))
        if let until = shelving.until {
            guard until > now, until <= now.addingTimeInterval(Self.maximumShelving) else {
                throw Problem.invalid("until", "until is a time within the next 30 days.")
            }
            return until
        }
        guard let minutes = shelving.minutes else { throw Problem.invalid("until", "Say until when: until, or minutes.") }
        guard (1...most).contains(minutes) else { throw Problem.invalid("minutes", "minutes is from 1 to \(most).") }
        return now.addingTimeInterval(TimeInterval(minutes) * 60)
    }

    /// Nil where there is none, or nothing but blanks.
    private static func text(_ text: String?, _ field: String) throws -> String? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        guard text.count <= maximumText else { throw Problem.invalid(field, "\(field) has at most \(maximumText) characters.") }
        return text
    }
}

extension AlarmFilter {
    init(_ request: Request) throws {
        let query = request.uri.queryParameters
        func words<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type, _ field: String) throws -> [String] {
            let words = query.getAll(field).flatMap { $0.split(separator: ",").map(String.init) }
            for word in words where Words(rawValue: word) == nil {
                let known = Words.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid(field, "There is no \(field) \(word). There are \(known).")
            }
            return words
        }
        func time(_ field: String) throws -> Date? {
            guard let text = query[Substring(field)] else { return nil }
            guard let date = JSONCoding.parseTime(String(text)) else {
                throw Problem.invalid(field, "\(field) is an RFC 3339 time, for example 2026-01-31T12:00:00Z.")
            }
            return date
        }
        state = try words(State.self, "state").first.flatMap(State.init) ?? .open
        shelved = try words(Shelved.self, "shelved").first.flatMap(Shelved.init) ?? .any
        severity = try words(Severity.self, "severity")
        source = try words(AlarmReport.Source.self, "source")
        (from, to) = (try time("from"), try time("to"))
        (site, tag, name) = (query["site"].map(String.init), query["tag"].map(String.init), query["name"].map(String.init))
        text = query["q"].map(String.init)
        card = try query["card"].map { text in
            guard let id = Int64(text) else { throw Problem.invalid("card", "card is the number of a card.") }
            return id
        }
    }
}
