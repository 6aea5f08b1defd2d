import FoundationEssentials
import Logging
import NIOCore
import NetVision
import SNMP
import Synchronization

/// One search: asks the LAN, and the addresses of the ranges by SNMP, and notes each card once.
struct DiscoverySearch: Sendable {
    /// Requests a second that a search sends, all addresses together.
    static let packetsPerSecond = 5000
    /// Cards that are identified at a time.
    static let concurrency = 64

    let snmp: SNMPClient
    let lan: LANClient
    let discoveries: DiscoveryStore
    let cards: CardStore
    let hub: EventHub
    let progress: DiscoveryProgressBoard
    let portOffset: Int
    /// Told when a card was taken into the inventory, or is somewhere else now.
    let inventoryChanged: @Sendable () -> Void
    let now: @Sendable () -> Date

    /// Returns how many cards were found.
    func run(_ discovery: Discovery, _ order: DiscoveryOrder) async throws -> Int {
        let addresses = order.ranges.reduce(0) { $0 + $1.count }
        let rounds = (order.methods.contains(.lan) ? 1 : 0) + (order.methods.contains(.snmp) ? order.access.count : 0)
        progress.update(discovery.id) { $0.total = addresses * rounds }
        let found = FoundCards()
        try await withThrowingTaskGroup(of: Void.self) { group in
            if order.methods.contains(.lan) { group.addTask { try await searchLAN(discovery, order, found) } }
            if order.methods.contains(.snmp) { group.addTask { try await searchSNMP(discovery, order, found) } }
            while try await group.next() != nil {}
        }
        return found.count
    }

    /// Tells the watchers how the search stands.
    func publish(_ id: Int64) async {
        guard let discovery = try? await discoveries.discovery(id), let count = try? await discoveries.count(of: id) else { return }
        hub.publish(.discovery(DiscoveryResource(discovery, progress: progress.value(id), found: count), at: now()))
    }

    private func searchSNMP(_ discovery: Discovery, _ order: DiscoveryOrder, _ found: FoundCards) async throws {
        let reader = CardReader(snmp)
        let addresses = try order.ranges.flatMap(\.addresses).map { try SocketAddress(ipAddress: $0, port: 161 + portOffset) }
        var sent = 0
        for access in order.access {
            let open = addresses.filter { !found.isAnswering($0) }
            let sweep = snmp.sweep(
                open, names: CardIdentity.recognitionObjects,
                configuration: .init(
                    version: access.version.protocolVersion, community: Community(access.readCommunity),
                    packetsPerSecond: Self.packetsPerSecond))
            let before = sent
            try await withThrowingTaskGroup(of: Void.self) { group in
                var running = 0
                for try await answer in sweep.answers() {
                    found.answers(answer.address)
                    progress.update(discovery.id) { $0.snmp = before + min(open.count, sweep.progress.sent) }
                    if running >= Self.concurrency {
                        try await group.next()
                        running -= 1
                    }
                    running += 1
                    group.addTask { try await self.identify(answer.address, access, reader, discovery, order, found) }
                }
                try await group.waitForAll()
            }
            sent = before + addresses.count
            progress.update(discovery.id) { $0.snmp = before + addresses.count }
            await publish(discovery.id)
        }
    }

    private func identify(
        _ address: SocketAddress, _ access: SNMPAccess, _ reader: CardReader, _ discovery: Discovery, _ order: DiscoveryOrder,
        _ found: FoundCards
    ) async throws {
        guard let host = address.ipAddress else { return }
        let target = try SNMPTarget(address: host, access: access, portOffset: portOffset)
        let identity: CardIdentity?
        do {
            identity = try await reader.identify(target)
        } catch is SNMPError {
            return  // It answered the sweep and is silent now: the next search may have better luck.
        }
        guard let identity else { return }
        try await note(CardFinding(address: host, identity: identity, access: access), discovery, order, found)
    }

    /// Takes a card down, and into the inventory if the search is to accept what it finds. Known cards always get their new address.
    func note(_ finding: CardFinding, _ discovery: Discovery, _ order: DiscoveryOrder, _ found: FoundCards) async throws {
        let known = try await cards.known(finding)
        var card = known
        if order.accept || known != nil {
            card = try await cards.enroll(finding, now: now()).card.id
            inventoryChanged()
        }
        guard found.isNew(finding) else { return }
        let state: DiscoveredCard.State = known != nil ? .known : order.accept ? .accepted : .new
        try await discoveries.note(finding, in: discovery.id, state: state, card: card)
        await publish(discovery.id)
    }
}

/// What a search has found so far: each card is noted once, however often it answers.
final class FoundCards: Sendable {
    private struct Seen: Sendable {
        var addresses: Set<String> = []
        var answering: Set<SocketAddress> = []
        var macs: Set<String> = []
    }

    private let seen = Mutex(Seen())

    var count: Int { seen.withLock { $0.addresses.count } }

    /// False if the card was noted before. Two cards at one address (each with a MAC of its own) are two.
    func isNew(_ finding: CardFinding) -> Bool {
        seen.withLock { seen in
            let isNewAddress = seen.addresses.insert(finding.address).inserted
            guard let mac = finding.identity.mac else { return isNewAddress }
            return seen.macs.insert(mac).inserted
        }
    }

    func answers(_ address: SocketAddress) { seen.withLock { _ = $0.answering.insert(address) } }
    func isAnswering(_ address: SocketAddress) -> Bool { seen.withLock { $0.answering.contains(address) } }
}
