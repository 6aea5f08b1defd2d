import Modbus
import NetVision
import ServiceLifecycle
import Synchronization

/// The arbiters of the cards that are asked by Modbus: one for each, made when it is needed, and forgotten when it has not been for a while.
///
/// Whoever asks a card by Modbus does it through its arbiter: a card takes one connection only.
final class ArbiterPool: Service {
    /// An arbiter that nobody has asked for so long is forgotten.
    static let idleTime = Duration.seconds(300)

    private struct Entry {
        let arbiter: ModbusArbiter
        var usedAt: ContinuousClock.Instant
    }

    private struct State {
        var entries: [Int64: Entry] = [:]
        /// Of the arbiters that are no more.
        var past = ArbiterTally()
    }

    let profiles: ProfileLibrary
    private let portOffset: Int
    private let timeout: Duration
    private let state = Mutex(State())
    private let made = AsyncStream.makeStream(of: ModbusArbiter.self)

    /// - Parameter timeout: how long a card may take for a connection, and for each answer.
    init(portOffset: Int, profiles: ProfileLibrary = .builtIn, timeout: Duration = .seconds(2)) {
        self.profiles = profiles
        self.portOffset = portOffset
        self.timeout = timeout
    }

    /// The arbiter of a card, at the address where it is now. To be used at once, not kept.
    func arbiter(of card: Card) -> ModbusArbiter {
        let now = ContinuousClock.now
        let (arbiter, isNew, moved) = state.withLock { state -> (ModbusArbiter, Bool, ModbusArbiter?) in
            let known = state.entries[card.id]
            if let known, known.arbiter.host == card.address {
                state.entries[card.id]?.usedAt = now
                return (known.arbiter, false, nil)
            }
            if let known { state.past.add(known.arbiter.status.tally) }
            let arbiter = ModbusArbiter(host: card.address, port: 502 + portOffset, timeout: timeout)
            state.entries[card.id] = Entry(arbiter: arbiter, usedAt: now)
            return (arbiter, true, known?.arbiter)
        }
        moved?.close(.superseded)
        if isNew { made.continuation.yield(arbiter) }
        return arbiter
    }

    /// How the card's arbiter is doing; nil where it has none.
    func status(of card: Int64) -> ArbiterStatus? { state.withLock { $0.entries[card]?.arbiter }?.status }

    /// The cards that have one.
    var cards: [Int64] { state.withLock { Array($0.entries.keys) } }

    /// What all arbiters have done, those that are no more too.
    var tally: ArbiterTally {
        let (arbiters, past) = state.withLock { ($0.entries.values.map(\.arbiter), $0.past) }
        return arbiters.reduce(into: past) { $0.add($1.status.tally) }
    }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            for await arbiter in made.stream.cancelOnGracefulShutdown() {
                group.addTask { await arbiter.run() }
            }
            closeAll(.closed) { _ in true }
        }
    }

    /// Forgets those that nobody has asked for a while.
    func forgetIdle(now: ContinuousClock.Instant) {
        closeAll(.superseded) { now - $0.usedAt >= Self.idleTime && $0.arbiter.status.queued == 0 }
    }

    private func closeAll(_ reason: LinkFailure, where isMeant: (Entry) -> Bool) {
        let closed = state.withLock { state in
            let closed = state.entries.filter { isMeant($0.value) }
            for (card, entry) in closed {
                state.past.add(entry.arbiter.status.tally)
                state.entries[card] = nil
            }
            return closed.values.map(\.arbiter)
        }
        for arbiter in closed { arbiter.close(reason) }
    }
}

extension ArbiterTally {
    mutating func add(_ other: ArbiterTally) {
        requests += other.requests
        cacheHits += other.cacheHits
        joined += other.joined
        exchanges += other.exchanges
        failures += other.failures
        refused += other.refused
        connections += other.connections
    }
}
