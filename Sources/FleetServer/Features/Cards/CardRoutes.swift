import FoundationEssentials
import Hummingbird
import NetVision
import PowerDevice

/// `/cards`: the inventory, live values, history and alarms.
struct CardRoutes: Sendable {
    let cards: CardStore
    let listing: CardListing
    let statuses: CardStatusStore
    let telemetry: TelemetryStore
    let audit: AuditLog
    let hub: EventHub
    /// Told when the inventory or a card's credentials changed.
    let inventoryChanged: @Sendable () -> Void
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("cards", use: list)
        group.get("cards/:id") { _, context in CardResource(try await row(context)) }
        group.patch("cards/:id", use: change)
        group.delete("cards/:id", use: retire)
        group.get("cards/:id/readings") { _, context -> ReadingsResource in
            let row = try await row(context)
            return ReadingsResource(at: row.status.readingsAt, readings: row.status.readings)
        }
        group.get("cards/:id/history", use: history)
        group.get("cards/:id/alarms") { request, context -> Page<AlarmResource> in
            let card = try await row(context).card
            let paging = try Paging(request)
            let start = max(0, paging.after ?? 0)
            let found = try await statuses.alarms(
                of: card.id, activeOnly: request.uri.queryParameters["active"] == "true", offset: start, limit: paging.limit + 1)
            return try await paging.page(found, cursor: { _ in start + Int64(paging.limit) }) { $0 }
        }
    }

    private func row(_ context: FleetRequestContext) async throws -> CardListing.Row {
        let id = try context.key("id", of: "card")
        guard let row = try await listing.card(id) else { throw Problem.notFound("card \(id)") }
        return row
    }

    private func list(request: Request, context: FleetRequestContext) async throws -> Page<CardResource> {
        let paging = try Paging(request)
        let filter = try CardFilter(request)
        let fields = try CardFields.parse(request.uri.queryParameters["fields"].map(String.init))
        let rows = try await listing.cards(filter, after: paging.after, limit: paging.limit + 1)
        return try await paging.page(rows, cursor: \.card.id) { CardResource($0, fields: fields) }
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> CardResource {
        let identity = try context.user(atLeast: .operator)
        let card = try await row(context).card
        let change = try await request.body(CardChange.self, context: context)
        try change.validate()
        if change.credentials != nil { _ = try context.user(atLeast: .admin) }
        let credentials = try await change.credentials?.applied(to: cards.credentials(card.id))
        if let name = change.name { try await cards.rename(card.id, to: name) }
        if let site = change.site { try await cards.move(card.id, toSite: site.isEmpty ? nil : site) }
        if let tags = change.tags { try await cards.tag(card.id, tags) }
        if let credentials { try await cards.setCredentials(card.id, credentials) }
        try await audit.record("card.change", by: identity.username, target: card.name, detail: change.changedFields)
        inventoryChanged()
        let changed = CardResource(try await row(context))
        hub.publish(.card(changed, at: now()))
        return changed
    }

    private func retire(request: Request, context: FleetRequestContext) async throws -> HTTPResponse.Status {
        let identity = try context.user(atLeast: .operator)
        let card = try await row(context).card
        try await cards.retire(card.id, now: now())
        try await audit.record("card.retire", by: identity.username, target: card.name)
        inventoryChanged()
        return .noContent
    }

    private func history(request: Request, context: FleetRequestContext) async throws -> HistoryResource {
        let card = try await row(context).card
        let query = try HistoryQuery(request, now: now())
        let points = try await telemetry.history(
            card: card.id, variable: query.variable, from: query.from, to: query.to, step: query.step)
        return HistoryResource(
            metric: query.variable.rawValue, unit: query.variable.unit.rawValue, from: query.from, to: query.to, step: query.step,
            points: points)
    }
}

/// What `PATCH /cards/{id}` changes; what is absent stays.
struct CardChange: Decodable, Sendable {
    struct Credentials: Decodable, Sendable {
        let username: String?
        let password: String?
        let snmp: SNMPAccessFields?

        func applied(to credentials: CardCredentials) async throws -> CardCredentials {
            var changed = credentials
            changed.username = username ?? changed.username
            changed.password = password ?? changed.password
            if let snmp { changed.snmp = try await snmp.applied(to: changed.snmp, in: CardChange.place) }
            return changed
        }
    }

    let name: String?
    let site: String?
    let tags: [String]?
    let credentials: Credentials?

    /// Where the SNMP credentials are in the request.
    private static let place = "credentials.snmp"

    var changedFields: String {
        [
            name.map { _ in "name" }, site.map { _ in "site" }, tags.map { _ in "tags" }, credentials.map { _ in "credentials" },
        ].compactMap(\.self).joined(separator: ", ")
    }

    func validate() throws {
        if let name, !(1...128).contains(name.count) { throw Problem.invalid("name", "A card's name has 1 to 128 characters.") }
        if let site, site.count > 128 { throw Problem.invalid("site", "A site's name has at most 128 characters.") }
        let tagsAreFine = tags?.allSatisfy { (1...64).contains($0.count) && !$0.contains("\"") && !$0.contains("\\") } ?? true
        guard tagsAreFine, (tags?.count ?? 0) <= 50 else {
            throw Problem.invalid("tags", "Up to 50 tags of 1 to 64 characters, without quotes and backslashes.")
        }
        _ = try credentials?.snmp?.checked(in: Self.place)
    }
}

enum CardFields {
    static func parse(_ text: String?) throws -> Set<String>? {
        guard let text, !text.isEmpty else { return nil }
        let fields = Set(text.split(separator: ",").map(String.init))
        let known = Set(CardResource.Field.allCases.map(\.rawValue))
        guard fields.isSubset(of: known) else {
            let names = fields.subtracting(known).sorted().joined(separator: ", ")
            throw Problem.invalid("fields", "A card has no field \(names). There are \(known.sorted().joined(separator: ", ")).")
        }
        return fields
    }
}

extension CardFilter {
    init(_ request: Request) throws {
        let query = request.uri.queryParameters
        func values(_ name: String) -> [String] { query.getAll(name).flatMap { $0.split(separator: ",").map(String.init) } }
        let statuses = values("status")
        for status in statuses where OperatingStatus(rawValue: status) == nil {
            let known = OperatingStatus.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalid("status", "There is no status \(status). There are \(known).")
        }
        for generation in values("generation") where CardGeneration(rawValue: generation) == nil {
            let known = CardGeneration.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalid("generation", "There is no generation \(generation). There are \(known).")
        }
        self.init(
            text: query["q"].map(String.init), status: statuses, generation: values("generation"), model: query["model"].map(String.init),
            firmware: query["firmware"].map(String.init), site: query["site"].map(String.init), tag: query["tag"].map(String.init))
    }
}

/// A series as the API shows it.
struct HistoryResource: ResponseEncodable, Sendable {
    let metric: String
    let unit: String
    let from: Date
    let to: Date
    let step: TimeInterval
    let points: [TelemetryStore.Point]
}

/// `metric`, `from`, `to` and `step` of a history request: by default the last hour, in steps of 10 s or, where that were more, in some 500.
struct HistoryQuery: Sendable {
    static let maximumPoints = 5000.0

    let variable: Variable
    let from: Date
    let to: Date
    let step: TimeInterval

    init(_ request: Request, now: Date) throws {
        let query = request.uri.queryParameters
        guard let metric = query["metric"], !metric.isEmpty else {
            throw Problem.invalid("metric", "Name a metric, for example metric=battery.charge; the card's readings tell which there are.")
        }
        variable = Variable(String(metric))
        to = try Self.time("to", query["to"]) ?? now
        from = try Self.time("from", query["from"]) ?? to.addingTimeInterval(-3600)
        guard from < to else { throw Problem.invalid("from", "from must be before to.") }
        let span = to.timeIntervalSince(from)
        if let text = query["step"] {
            guard let seconds = TimeInterval(String(text)), seconds.isFinite, seconds >= 1 else {
                throw Problem.invalid("step", "step is a number of seconds, 1 or more.")
            }
            step = seconds
        } else {
            step = max(10, (span / 500).rounded(.up))
        }
        guard span / step <= Self.maximumPoints else {
            throw Problem.invalid(
                "step", "That would be \(Int(span / step)) points; the limit is \(Int(Self.maximumPoints)). Take a larger step.")
        }
    }

    private static func time(_ name: String, _ text: Substring?) throws -> Date? {
        guard let text else { return nil }
        guard let date = JSONCoding.parseTime(String(text)) else {
            throw Problem.invalid(name, "\(name) is an RFC 3339 time such as 2026-01-31T12:00:00Z.")
        }
        return date
    }
}
