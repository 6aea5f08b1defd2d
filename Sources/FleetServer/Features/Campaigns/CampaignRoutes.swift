import FoundationEssentials
import Hummingbird

/// `/campaigns`: plan, rehearse, start, stop and follow.
struct CampaignRoutes: Sendable {
    let campaigns: CampaignStore
    let cards: CardStore
    let listing: CardListing
    let library: FirmwareLibrary
    let runner: CampaignRunner
    let audit: AuditLog
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("campaigns", use: list)
        group.post("campaigns", use: create)
        group.get("campaigns/:id") { _, context in try await resource(try await campaign(context)) }
        group.get("campaigns/:id/cards", use: listCards)
        group.post("campaigns/:id/dry-run", use: dryRun)
        group.post("campaigns/:id/start") { _, context in try await change(context, "start", from: [.planned], to: .running) }
        group.post("campaigns/:id/pause") { _, context in try await change(context, "pause", from: [.running], to: .paused) }
        group.post("campaigns/:id/resume") { _, context in try await change(context, "resume", from: [.paused, .halted], to: .running) }
        group.post("campaigns/:id/cancel") { _, context in
            try await change(context, "cancel", from: [.planned, .running, .paused, .halted], to: .cancelled)
        }
    }

    private func campaign(_ context: FleetRequestContext) async throws -> Campaign {
        let id = try context.key("id", of: "campaign")
        guard let campaign = try await campaigns.campaign(id) else { throw Problem.notFound("campaign \(id)") }
        return campaign
    }

    private func resource(_ campaign: Campaign) async throws -> CampaignResource {
        CampaignResource(
            campaign, firmware: try await library.record(campaign.firmwareID), counts: try await campaigns.counts(of: campaign.id))
    }

    private func list(request: Request, context: FleetRequestContext) async throws -> Page<CampaignResource> {
        let paging = try Paging(request)
        let found = try await campaigns.campaigns(before: paging.after, limit: paging.limit + 1)
        return try await paging.page(found, cursor: \.id) { try await resource($0) }
    }

    private func create(request: Request, context: FleetRequestContext) async throws -> EditedResponse<CampaignResource> {
        let identity = try context.user(atLeast: .operator)
        let new = try await request.body(NewCampaign.self, context: context)
        let plan = try new.plan()
        guard let image = try await library.record(new.firmware) else {
            throw Problem.invalid("firmware", "There is no firmware image \(new.firmware) in the library.")
        }
        guard image.signature != .invalid else {
            throw Problem.invalid("firmware", "The signature of \(image.name) is wrong: the image was changed after it was signed.")
        }
        let known = Set(try await cards.cards().map(\.id))
        if let unknown = new.targets.cards.first(where: { !known.contains($0) }) {
            throw Problem.invalid("targets.cards", "There is no card \(unknown).")
        }
        var seen: Set<Int64> = []
        let targets = new.targets.cards.filter { seen.insert($0).inserted }
        let campaign = try await campaigns.create(
            name: new.name, firmware: image.id, cards: targets, plan: plan, by: identity.username, now: now())
        try await audit.record(
            "campaign.add", by: identity.username, target: campaign.name, detail: "\(targets.count) cards, \(image.name)")
        return EditedResponse(status: .created, response: try await resource(campaign))
    }

    private func listCards(request: Request, context: FleetRequestContext) async throws -> Page<CampaignCardResource> {
        let campaign = try await campaign(context)
        let paging = try Paging(request)
        let members = try await campaigns.cards(of: campaign.id, after: paging.after, limit: paging.limit + 1)
        let known = try await cards.cards(members.map(\.card))
        return try await paging.page(members, cursor: { Int64($0.position) }) { member in
            CampaignCardResource(
                member, card: known[member.card], progress: runner.progress(campaign: member.campaign, card: member.card))
        }
    }

    private func change(
        _ context: FleetRequestContext, _ verb: String, from states: [Campaign.State], to state: Campaign.State
    ) async throws -> CampaignResource {
        let identity = try context.user(atLeast: .operator)
        let campaign = try await campaign(context)
        guard let changed = try await campaigns.change(campaign.id, from: states, to: state, now: now()) else {
            throw Problem(.conflict, "The campaign is \(campaign.state.rawValue); it can't \(verb) from there.")
        }
        if state == .cancelled { try await campaigns.skipQueued(of: campaign.id, reason: "The campaign was cancelled.", now: now()) }
        try await audit.record("campaign.\(verb)", by: identity.username, target: campaign.name)
        runner.campaignsChanged()
        return try await resource(changed)
    }

    struct DryRun: ResponseEncodable, Sendable {
        struct Verdict: Encodable, Sendable {
            let card: Int64
            let name: String
            let verdict: String
            @Nullable var reason: String?
        }

        let cards: [Verdict]
    }

    /// Says for each card whether it would be upgraded now. Touches no card: it goes by what the poller knows.
    private func dryRun(request: Request, context: FleetRequestContext) async throws -> DryRun {
        _ = try context.user(atLeast: .operator)
        let campaign = try await campaign(context)
        guard let image = try await library.record(campaign.firmwareID) else { throw Problem.notFound("image of this campaign") }
        let busy = try await campaigns.busyCards(besides: campaign.id)
        var verdicts: [DryRun.Verdict] = []
        for member in try await campaigns.cards(of: campaign.id) {
            let row = try await listing.card(member.card)
            let reason =
                row.map { UpgradeRules.obstacle(card: $0.card, status: $0.status, image: image, isBusy: busy.contains(member.card)) }
                ?? "The card is no longer in the inventory."
            verdicts.append(
                .init(
                    card: member.card, name: row?.card.name ?? "card \(member.card)", verdict: reason == nil ? "ready" : "skip",
                    reason: reason))
        }
        return DryRun(cards: verdicts)
    }
}
