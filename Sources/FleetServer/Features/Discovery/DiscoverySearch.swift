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
        let rounds = (order.methods.contains(.lan) ? 1 : 0) + (order.methods.contains(.snmp) ? order.sweeps : 0)
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

    /// An agent that has taken the credentials is not asked with the next ones.
    func answers(_ address: SocketAddress) { seen.withLock { _ = $0.answering.insert(address) } }
    func isAnswering(_ address: SocketAddress) -> Bool { seen.withLock { $0.answering.contains(address) } }
}
