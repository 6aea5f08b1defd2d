import Alarming
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import PowerDevice
import Telemetry

/// `/rules`.
struct AlarmRuleRoutes: Sendable {
    let rules: AlarmRuleStore
    let listing: CardListing
    let telemetry: TelemetryStore
    /// What the poller knows of the cards; of those that another server polls nothing.
    let facts: @Sendable () -> [PolledFacts]
    let audit: AuditLog
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("rules", use: list)
        group.post("rules", use: add)
        group.get("rules/export", use: give)
        group.post("rules/import", use: take)
        group.post("rules/check") { request, context -> RuleCheckResource in
            _ = try context.user()
            return RuleCheckResource(RuleDocument(try await text(request), generations: AlarmRuleStore.generations))
        }
        group.post("rules/dry-run", use: rehearse)
        group.get("rules/:id") { _, context in try await resource(try await rule(context)) }
        group.patch("rules/:id", use: change)
        group.delete("rules/:id") { _, context -> HTTPResponse.Status in
            let identity = try context.user(atLeast: .operator)
            let stored = try await rule(context)
            try await rules.remove(stored.id)
            try await audit.record("alarmRule.remove", by: identity.username, target: stored.rule.name)
            return .noContent
        }
    }

    private func list(request: Request, context: FleetRequestContext) async throws -> Page<AlarmRuleResource> {
        let counts = try await rules.activeCounts()
        return try await Paging(request).page(ofAll: try await rules.contents().rules) { stored in
            AlarmRuleResource(stored, activeAlarms: counts[stored.rule.alarm.name] ?? 0)
        }
    }

    private func resource(_ stored: StoredRule) async throws -> AlarmRuleResource {
        AlarmRuleResource(stored, activeAlarms: try await rules.activeCounts()[stored.rule.alarm.name] ?? 0)
    }

    private func rule(_ context: FleetRequestContext) async throws -> StoredRule {
        let id = try context.key("id", of: "rule")
        guard let stored = try await rules.rule(id) else { throw Problem.notFound("rule \(id)") }
        return stored
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<AlarmRuleResource> {
        let identity = try context.user(atLeast: .operator)
        let rule = try await read(request) { text throws(RuleProblem) in
            try RuleDocument.rule(text, generations: AlarmRuleStore.generations)
        }
        let stored = try await rules.add(rule, by: identity.username, now: now())
        try await audit.record("alarmRule.add", by: identity.username, target: rule.name, detail: rule.json)
        return EditedResponse(status: .created, response: AlarmRuleResource(stored, activeAlarms: 0))
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> AlarmRuleResource {
        let identity = try context.user(atLeast: .operator)
        let stored = try await rule(context)
        let rule = try await read(request) { text throws(RuleProblem) in
            try RuleDocument.changed(stored.rule, by: text, generations: AlarmRuleStore.generations)
        }
        try await rules.change(stored.id, to: rule, by: identity.username, now: now())
        try await audit.record("alarmRule.change", by: identity.username, target: rule.name, detail: rule.json)
        guard let changed = try await rules.rule(stored.id) else { throw Problem.notFound("rule \(stored.id)") }
        return try await resource(changed)
    }

    // MARK: - Texts

    private func give(request: Request, context: FleetRequestContext) async throws -> Response {
        let text = AlarmRule.yaml(try await rules.contents().rules.map(\.rule))
        var headers: HTTPFields = [.contentType: "application/yaml"]
        headers[.contentDisposition] = "attachment; filename=\"rules.yaml\""
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func take(request: Request, context: FleetRequestContext) async throws -> RuleImportResource {
        let identity = try context.user(atLeast: .operator)
        let query = request.uri.queryParameters
        let isRehearsal = try Self.flag("dryRun", query["dryRun"])
        let isReplacing = try Self.flag("replace", query["replace"])
        let document = RuleDocument(try await text(request), generations: AlarmRuleStore.generations)
        guard document.problems.isEmpty else { throw Problem(document.problems) }
        let changes = try await rules.take(
            document.rules, isReplacing: isReplacing, isRehearsal: isRehearsal, by: identity.username, now: now())
        let outcome = RuleImportResource(changes, isRehearsal: isRehearsal, notes: document.notes)
        guard !isRehearsal else { return outcome }
        try await audit.record(
            "alarmRule.import", by: identity.username,
            detail: "\(outcome.added) added, \(outcome.changed) changed, \(outcome.unchanged) unchanged, \(outcome.removed) removed")
        return outcome
    }

    private static func flag(_ name: String, _ text: Substring?) throws(Problem) -> Bool {
        switch text {
        case nil, "false": false
        case "true": true
        default: throw .invalid(name, "\(name) is true or false.")
        }
    }

    private func text(_ request: Request) async throws -> String {
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: RuleDocument.maximumSize)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "The text is larger than \(RuleDocument.maximumSize >> 20) MiB. Send the rules in parts.")
        }
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self), !text.contains("\0") else {
            throw Problem(.unprocessableContent, "This is no text in UTF-8.")
        }
        return text
    }

    private func read<Value>(_ request: Request, _ body: (String) throws(RuleProblem) -> Value) async throws -> Value {
        let text = try await text(request)
        do throws(RuleProblem) {
            return try body(text)
        } catch {
            throw Problem(error)
        }
    }

    // MARK: - Dry run

    private func rehearse(request: Request, context: FleetRequestContext) async throws -> RuleRehearsalResource {
        _ = try context.user(atLeast: .operator)
        let (rule, values) = try await read(request) { text throws(RuleProblem) in
            try RuleDocument.taking(["from", "to"], from: text, generations: AlarmRuleStore.generations)
        }
        let query = request.uri.queryParameters
        let now = now()
        let end = try Self.time("to", query["to"].map(String.init) ?? values["to"])
        let to = min(end ?? now, now)
        let from = try Self.time("from", query["from"].map(String.init) ?? values["from"]) ?? to - RuleRehearsal.defaultSpan
        guard from < to, to.timeIntervalSince(from) <= RuleRehearsal.maximumSpan else {
            throw Problem.invalid("from", "from must be before to, and at most \(Int(RuleRehearsal.maximumSpan / 86_400)) days.")
        }
        let rehearsal = RuleRehearsal(telemetry: telemetry) { try await facts(of: $0, at: to) }
        let outcome = try await rehearsal.run(rule, on: try await cards(), from: from, to: to)
        return RuleRehearsalResource(outcome, from: from, to: to, isUpToNow: to == now)
    }

    private func cards() async throws -> [RuleCard] {
        var cards: [RuleCard] = []
        var after: Int64?
        while true {
            let page = try await listing.summaries(CardFilter(), after: after, limit: 1000)
            cards += page.map { RuleCard($0.card) }
            after = page.last?.card.id
            if page.count < 1000 { return cards }
        }
    }

    private func facts(of cards: [RuleCard], at date: Date) async throws -> [RuleFacts] {
        let polled = Dictionary(facts().map { ($0.card.id, $0) }) { first, _ in first }
        let tests = try await rules.batteryTests()
        return cards.map { card in
            guard let polled = polled[card.id] else { return RuleFacts(card: card) }
            return RuleFacts(polled, tests: tests, at: date, wall: date)
        }
    }

    private static func time(_ name: String, _ text: String?) throws(Problem) -> Date? {
        guard let text else { return nil }
        guard let date = JSONCoding.parseTime(text) else {
            throw .invalid(name, "\(name) is an RFC 3339 time such as 2026-01-31T12:00:00Z.")
        }
        return date
    }
}
