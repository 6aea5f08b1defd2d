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

    /// Returns how many cards were found. Throws what `NetworkSearch` throws, and `LostFindings` at the end.
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
            var noted: [String: DiscoveredCard] = [:]
            var lost = LostFindings()
            try await network.run(plan, monitor: monitor) { finding in
                try await lost.keeping(finding.address) {
                    noted[finding.key] = try await note(
                        CardFinding(finding, ways: ways), by: finding.method, discovery, order, before: noted[finding.key])
                }
            }
            try lost.check()
            return noted.count
        }
    }

    /// Those of the order; else the standard ones, and then the stored ones.
    private func ways(_ order: DiscoveryOrder) async throws -> [SearchAccess] {
        if let given = order.access { return given.map { SearchAccess(access: $0) } }
        return try await credentials.searchWays()
    }

    /// Takes a card down, once in each search, and to the inventory's door once for each method that has found it: one may decide what those
    /// before it left open, and SNMP tells more than others.
    func note(
        _ finding: CardFinding, by method: DiscoveryMethod, _ discovery: Discovery, _ order: DiscoveryOrder, before: DiscoveredCard?
    ) async throws -> DiscoveredCard {
        let outcome = try await intake.take(finding, by: method, in: discovery.id, accept: order.accept)
        let decided = before.flatMap { $0.state == .new ? nil : $0 }
        let hasMoreToTell = finding.access != nil && before?.finding.access == nil
        if let before, decided != nil || outcome.state == .new, !hasMoreToTell { return before }
        let found = try await discoveries.note(
            hasMoreToTell ? finding : before?.finding ?? finding, in: discovery.id, number: before?.number,
            state: decided?.state ?? outcome.state, card: decided?.card ?? outcome.card)
        if order.isSmall { await publish(discovery.id) }
        return found
    }

    /// Tells the watchers how the search stands.
    func publish(_ id: Int64) async {
        guard hub.watcherCount > 0, let discovery = try? await discoveries.discovery(id),
            let count = try? await discoveries.count(of: id)
        else { return }
        hub.publish(.discovery(DiscoveryResource(discovery, progress: progress.value(id), found: count), at: now()))
    }
}
