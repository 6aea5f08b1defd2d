import FoundationEssentials
import Hummingbird
import NetVision
import PowerDevice

/// `/cards`: the inventory, live values and alarms.
struct CardRoutes: Sendable {
    let cards: CardStore
    let listing: CardListing
    let alarms: AlarmListing
    let groups: GroupStore
    let profiles: ProfileLibrary
    let gateway: GatewayService
    let audit: AuditLog
    let changes: CardChanges
    /// Told which card somebody looks at.
    let attend: @Sendable (Int64) -> Void
    /// How well a card can be polled.
    let health: @Sendable (Card) -> PollHealthResource
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("cards", use: list)
        group.get("cards/:id") { _, context in
            let row = try await attendedRow(context)
            return CardResource(row)
        }
        group.patch("cards/:id", use: change)
        group.delete("cards/:id", use: retire)
        group.post("cards/:id/inherit", use: inherit)
        group.get("cards/:id/readings") { _, context -> ReadingsResource in
            let row = try await attendedRow(context)
            return ReadingsResource(at: row.status.readingsAt, readings: row.status.readings)
        }
        group.get("cards/:id/alarms") { request, context -> Page<AlarmResource> in
            let card = try await row(context).card
            let paging = try Paging(request)
            let found = try await alarms.alarms(
                of: card.id, openOnly: request.uri.queryParameters["active"] == "true", offset: paging.start, limit: paging.limit + 1)
            return try await paging.page(byPosition: found) { $0 }
        }
        group.get("cards/:id/events") { request, context -> Page<CardEventResource> in
            let card = try await row(context).card
            let paging = try Paging(request)
            let found = try await alarms.events(of: card.id, offset: paging.start, limit: paging.limit + 1)
            return try await paging.page(byPosition: found) { $0 }
        }
    }

    private func row(_ context: FleetRequestContext) async throws -> CardListing.Row {
        let id = try context.key("id", of: "card")
        guard let row = try await listing.card(id) else { throw Problem.notFound("card \(id)") }
        return row
    }

    /// A card that somebody looks at: one that is in its place is read more often from now on.
    private func attendedRow(_ context: FleetRequestContext) async throws -> CardListing.Row {
        let row = try await row(context)
        if row.card.retiredAt == nil { attend(row.card.id) }
        return row
    }

    /// A card that takes orders: it is in its place still.
    private func activeCard(_ context: FleetRequestContext) async throws -> Card {
        let card = try await row(context).card
        guard card.retiredAt == nil else {
            let successor = card.successor.map { "card \($0)" } ?? "another card"
            throw Problem(.conflict, "\(card.name) is retired: \(successor) has taken its place. Change that one.")
        }
        return card
    }

    private func list(request: Request, context: FleetRequestContext) async throws -> CardPage {
        let paging = try Paging(request)
        let filter = try await CardFilter(request, groups: groups)
        let fields = try CardFields.parse(request.uri.queryParameters["fields"].map(String.init))
        let rows = try await listing.summaries(filter, after: paging.after, limit: paging.limit + 1)
        let page = try await paging.page(rows, cursor: \.card.id) { row in
            var resource = CardResource(row, fields: fields)
            if fields?.contains(CardResource.Field.health.rawValue) == true { resource.health = health(row.card) }
            return resource
        }
        return CardPage(page: page)
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> CardResource {
        let identity = try context.user(atLeast: .operator)
        let card = try await activeCard(context)
        let change = try await request.body(CardChange.self, context: context)
        try change.validate()
        try change.validateProfile(in: profiles)
        if change.credentials.isGiven { _ = try context.user(atLeast: .admin) }
        let opened = try await change.credentials(of: card, in: cards)
        if let wanted = change.gateway.value?.applied(to: card.gateway) {
            // Who can write registers can switch the UPS off, without a login.
            if wanted.writes { _ = try context.user(atLeast: .admin) }
            try await gateway.reserve(wanted, for: card)
        }
        try await change.apply(to: card, opened: opened, in: cards, now: now())
        if change.gateway.isGiven { gateway.inventoryChanged() }
        try await audit.record("card.change", by: identity.username, target: card.name, detail: change.changedFields)
        await changes.tell([card.id])
        return CardResource(try await row(context))
    }

    private struct Inheritance: Decodable { let from: Int64 }

    private func inherit(request: Request, context: FleetRequestContext) async throws -> CardResource {
        let identity = try context.user(atLeast: .operator)
        let card = try await activeCard(context)
        let old = try await request.body(Inheritance.self, context: context).from
        guard let gone = try await listing.card(old)?.card else { throw Problem.invalid("from", "There is no card \(old).") }
        _ = try await cards.inherit(card.id, from: old, now: now())
        try await audit.record("card.inherit", by: identity.username, target: gone.name, detail: "card \(old) gives way to card \(card.id)")
        await changes.tell([card.id, old])
        return CardResource(try await row(context))
    }

    private func retire(request: Request, context: FleetRequestContext) async throws -> HTTPResponse.Status {
        let identity = try context.user(atLeast: .operator)
        let card = try await activeCard(context)
        try await cards.retire(card.id, now: now())
        try await audit.record("card.retire", by: identity.username, target: card.name)
        await changes.tell([card.id])
        return .noContent
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
