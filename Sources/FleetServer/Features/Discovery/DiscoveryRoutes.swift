import FoundationEssentials
import Hummingbird
import NetVision

/// A search as the API shows it.
struct DiscoveryResource: ResponseEncodable, Sendable {
    let id: Int64
    let state: Discovery.State
    let methods: [DiscoveryMethod]
    let ranges: [String]
    let accept: Bool
    let startedAt: Date
    @Nullable var finishedAt: Date?
    /// Requests sent so far, and in all: each method asks each address.
    let probed: Int
    let total: Int
    let found: Int
    /// By method.
    let progress: [String: MethodProgress]
    @Nullable var error: String?

    init(_ discovery: Discovery, progress: DiscoveryProgress, found: Int) {
        id = discovery.id
        state = discovery.state
        methods = discovery.methods
        ranges = discovery.ranges
        accept = discovery.accept
        startedAt = discovery.startedAt
        finishedAt = discovery.finishedAt
        probed = discovery.state == .running ? progress.probed : progress.total
        total = progress.total
        self.found = found
        self.progress = Dictionary(uniqueKeysWithValues: progress.methods.map { ($0.key.rawValue, $0.value) })
        error = discovery.error
    }
}

/// What a search found, as the API shows it.
struct DiscoveredCardResource: Encodable, Sendable {
    let number: Int
    let address: String
    @Nullable var mac: String?
    @Nullable var serial: String?
    @Nullable var model: String?
    let generation: String
    @Nullable var firmware: String?
    let state: DiscoveredCard.State
    @Nullable var card: Int64?

    init(_ found: DiscoveredCard) {
        let identity = found.finding.identity
        number = found.number
        address = found.finding.address
        mac = identity.mac
        serial = identity.serial
        model = identity.model
        generation = identity.generation.rawValue
        firmware = identity.firmware
        state = found.state
        card = found.card
    }
}

/// `/discoveries`: search for cards, follow, and decide about what was found.
struct DiscoveryRoutes: Sendable {
    let discoveries: DiscoveryStore
    let intake: CardIntake
    let candidates: CandidateStore
    let runner: DiscoveryRunner
    let audit: AuditLog
    let changes: CardChanges
    let now: @Sendable () -> Date

    struct Order: Decodable, Sendable {
        let methods: [String]?
        let ranges: [String]?
        let accept: Bool?
        let credentials: [DiscoveryCredentials]?
        let interfaces: [String]?
        let packetsPerSecond: Int?
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("discoveries", use: list)
        group.post("discoveries", use: start)
        group.get("discoveries/:id") { _, context in try await resource(try await discovery(context)) }
        group.get("discoveries/:id/cards") { request, context -> Page<DiscoveredCardResource> in
            let paging = try Paging(request)
            let discovery = try await discovery(context)
            let found = try await discoveries.cards(of: discovery.id, after: paging.after, limit: paging.limit + 1)
            return try await paging.page(found, cursor: { Int64($0.number) }) { DiscoveredCardResource($0) }
        }
        group.post("discoveries/:id/cancel") { _, context -> DiscoveryResource in
            let identity = try context.user(atLeast: .operator)
            let discovery = try await discovery(context)
            try await runner.cancel(discovery.id)
            try await audit.record("discovery.cancel", by: identity.username, target: discovery.ranges.joined(separator: ", "))
            return try await resource(try await self.discovery(context))
        }
        group.post("discoveries/:id/cards/:number/accept") { _, context in try await decide(context, accept: true) }
        group.post("discoveries/:id/cards/:number/ignore") { _, context in try await decide(context, accept: false) }
    }

    private func discovery(_ context: FleetRequestContext) async throws -> Discovery {
        let id = try context.key("id", of: "discovery")
        guard let discovery = try await discoveries.discovery(id) else { throw Problem.notFound("discovery \(id)") }
        return discovery
    }

    private func resource(_ discovery: Discovery) async throws -> DiscoveryResource {
        DiscoveryResource(
            discovery, progress: runner.progress(of: discovery.id), found: try await discoveries.count(of: discovery.id))
    }

    private func list(request: Request, context: FleetRequestContext) async throws -> Page<DiscoveryResource> {
        let paging = try Paging(request)
        let found = try await discoveries.discoveries(before: paging.after, limit: paging.limit + 1)
        return try await paging.page(found, cursor: \.id) { try await resource($0) }
    }

    private func start(request: Request, context: FleetRequestContext) async throws -> EditedResponse<DiscoveryResource> {
        let identity = try context.user(atLeast: .operator)
        let wanted = try await request.body(Order.self, context: context)
        let order = try DiscoveryOrder(
            methods: wanted.methods, ranges: wanted.ranges ?? [], accept: wanted.accept ?? true,
            access: try await wanted.credentials?.ways(), interfaces: wanted.interfaces ?? [],
            packetsPerSecond: wanted.packetsPerSecond)
        let discovery = try await runner.start(order)
        try await audit.record("discovery.start", by: identity.username, target: order.ranges.map(\.text).joined(separator: ", "))
        return EditedResponse(status: .accepted, response: try await resource(discovery))
    }

    private func decide(_ context: FleetRequestContext, accept: Bool) async throws -> HTTPResponse.Status {
        let identity = try context.user(atLeast: .operator)
        let discovery = try await discovery(context)
        let number = try context.key("number", of: "found card")
        guard let found = try await discoveries.card(number, of: discovery.id) else { throw Problem.notFound("found card \(number)") }
        if accept {
            let card = try await intake.cards.enroll(found.finding, now: now()).card
            try await discoveries.decide(found.number, of: discovery.id, state: .accepted, card: card.id)
            try await candidates.decide(found.finding, .accepted, card: card.id)
            await changes.tell([card.id])
        } else {
            try await discoveries.decide(found.number, of: discovery.id, state: .ignored, card: nil)
            try await candidates.decide(found.finding, .ignored, card: nil)
        }
        try await audit.record("discovery.\(accept ? "accept" : "ignore")", by: identity.username, target: found.finding.address)
        return .noContent
    }
}
