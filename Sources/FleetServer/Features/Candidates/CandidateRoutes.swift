import FoundationEssentials
import Hummingbird
import NetVision
import PowerDevice

/// A candidate as the API shows it.
struct CandidateResource: ResponseEncodable, Sendable {
    let id: Int64
    let address: String
    @Nullable var mac: String?
    @Nullable var serial: String?
    @Nullable var model: String?
    let generation: CardGeneration
    let kind: DeviceKind
    @Nullable var firmware: String?
    @Nullable var name: String?
    let methods: [DiscoveryMethod]
    /// What was seen, in words, where it was found without SNMP.
    let evidence: [String]
    let state: Candidate.State
    @Nullable var card: Int64?
    let firstSeen: Date
    let lastSeen: Date
    @Nullable var place: CardPlace?
    let warnings: [String]

    init(_ candidate: Candidate) {
        let identity = candidate.finding.identity
        id = candidate.id
        address = candidate.finding.address
        generation = identity.generation
        kind = identity.kind
        methods = candidate.methods
        evidence = candidate.finding.evidence
        state = candidate.state
        firstSeen = candidate.firstSeen
        lastSeen = candidate.lastSeen
        warnings = candidate.warnings
        mac = identity.mac
        serial = identity.serial
        model = identity.model
        firmware = identity.firmware
        name = identity.name
        card = candidate.card
        place = candidate.place
    }
}

extension FleetEvent {
    /// A candidate was found, or decided about.
    static func candidate(_ resource: CandidateResource, at: Date) -> FleetEvent {
        FleetEvent(kind: .candidate, encoding: CandidateStep(card: resource.card, at: at, candidate: resource.id, item: resource))
    }

    private struct CandidateStep: Encodable {
        @Nullable var card: Int64?
        let at: Date
        let candidate: Int64
        let item: CandidateResource
    }
}

/// `/candidates`: decide about what was found.
struct CandidateRoutes: Sendable {
    let candidates: CandidateStore
    let intake: CardIntake
    let cards: CardStore
    let changes: CardChanges
    let audit: AuditLog
    let hub: EventHub
    let now: @Sendable () -> Date

    private struct Acceptance: Decodable {
        let name: String?
        let site: String?
        let tags: [String]?
        let inherit: Int64?
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("candidates", use: list)
        group.get("candidates/:id") { _, context in CandidateResource(try await candidate(context)) }
        group.post("candidates/:id/accept", use: accept)
        group.post("candidates/:id/ignore") { _, context in try await decide(.ignored, "ignore", context) }
        group.post("candidates/:id/reconsider") { _, context in try await decide(.new, "reconsider", context) }
    }

    private func candidate(_ context: FleetRequestContext) async throws -> Candidate {
        let id = try context.key("id", of: "candidate")
        guard let candidate = try await candidates.candidate(id) else { throw Problem.notFound("candidate \(id)") }
        return candidate
    }

    private func list(request: Request, context: FleetRequestContext) async throws -> Page<CandidateResource> {
        let paging = try Paging(request)
        let text = request.uri.queryParameters["state"].map(String.init)
        let state = text.flatMap(Candidate.State.init)
        if let text, state == nil { throw Problem.invalid("state", "There is no state \(text). There are new, ignored, accepted.") }
        let found = try await candidates.candidates(state: state, after: paging.after, limit: paging.limit + 1)
        return try await paging.page(found, cursor: \.id) { CandidateResource($0) }
    }

    private func accept(request: Request, context: FleetRequestContext) async throws -> CandidateResource {
        let identity = try context.user(atLeast: .operator)
        let wanted = try await request.optionalBody(Acceptance.self, context: context)
        let change = CardChange(name: wanted?.name, site: wanted?.site, tags: wanted?.tags)
        try change.validate()
        let candidate = try await candidate(context)
        guard candidate.state != .accepted else { throw Problem(.conflict, "It is in the inventory already.") }
        if let old = wanted?.inherit, try await cards.card(old) == nil { throw Problem.invalid("inherit", "There is no card \(old).") }
        let card = try await intake.accept(candidate)
        if let old = wanted?.inherit { _ = try await cards.inherit(card.id, from: old, now: now()) }
        try await change.apply(to: card, in: cards, now: now())
        try await audit.record(
            "candidate.accept", by: identity.username, target: candidate.finding.address,
            detail: wanted?.inherit.map { "inherits the place of card \($0)" })
        await changes.tell([card.id] + [wanted?.inherit].compactMap(\.self))
        return try await told(context)
    }

    private func decide(
        _ state: Candidate.State, _ action: String, _ context: FleetRequestContext
    ) async throws -> CandidateResource {
        let identity = try context.user(atLeast: .operator)
        let candidate = try await candidate(context)
        guard candidate.state != .accepted else { throw Problem(.conflict, "It is in the inventory already. Retire the card instead.") }
        try await candidates.decide(candidate.id, state)
        try await audit.record("candidate.\(action)", by: identity.username, target: candidate.finding.address)
        return try await told(context)
    }

    private func told(_ context: FleetRequestContext) async throws -> CandidateResource {
        let resource = CandidateResource(try await candidate(context))
        hub.publish(.candidate(resource, at: now()))
        return resource
    }
}
