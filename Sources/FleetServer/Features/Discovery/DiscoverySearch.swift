import FoundationEssentials
import NetVision

/// Runs one search, and hands what it finds to the inventory's door.
struct DiscoverySearch: Sendable {
    /// Between two looks at a search by those who follow it.
    static let publishInterval = Duration.seconds(1)

    let network: NetworkSearch
    let discoveries: DiscoveryStore
    let intake: CardIntake
    let hub: EventHub
    let progress: DiscoveryProgressBoard
    let credentials: CredentialStore
    let now: @Sendable () -> Date

    /// Returns how many cards were found. Throws what `NetworkSearch` throws.
    func run(_ discovery: Discovery, _ order: DiscoveryOrder) async throws -> Int {
        let ways = try await ways(order)
        let plan = SearchPlan(
            methods: order.namedMethods, ranges: order.ranges, interfaces: order.interfaces, packetsPerSecond: order.packetsPerSecond,
            ways: ways.map(\.way))
        let monitor = SearchMonitor()
        progress.follow(discovery.id, plan.methods, monitor)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                while true {
                    try await Task.sleep(for: Self.publishInterval)
                    await publish(discovery.id)
                }
            }
            defer { tasks.cancelAll() }
            var noted: Set<String> = []
            try await network.run(plan, monitor: monitor) { finding in
                let isFirst = noted.insert(finding.key).inserted
                try await note(CardFinding(finding, ways: ways), by: finding.method, discovery, order, isFirst: isFirst)
            }
            return noted.count
        }
    }

    /// Those of the order; else the standard ones, and then the stored ones.
    private func ways(_ order: DiscoveryOrder) async throws -> [SearchAccess] {
        if let given = order.access { return given.map { SearchAccess(access: $0) } }
        return try await credentials.searchWays()
    }

    /// Takes a card down, once in each search, and to the inventory's door once for each method that has found it.
    private func note(_ finding: CardFinding, by method: DiscoveryMethod, _ discovery: Discovery, _ order: DiscoveryOrder, isFirst: Bool)
        async throws
    {
        let outcome = try await intake.take(finding, by: method, in: discovery.id, accept: order.accept)
        guard isFirst else { return }
        try await discoveries.note(finding, in: discovery.id, state: outcome.state, card: outcome.card)
        if order.isSmall { await publish(discovery.id) }
    }

    /// Tells the watchers how the search stands.
    func publish(_ id: Int64) async {
        guard hub.watcherCount > 0, let discovery = try? await discoveries.discovery(id),
            let count = try? await discoveries.count(of: id)
        else { return }
        hub.publish(.discovery(DiscoveryResource(discovery, progress: progress.value(id), found: count), at: now()))
    }
}
