import SNMP
import Synchronization

/// Asks all targets one after the other for the same objects, round after round, some of them at a time.
final class FleetPoll: Sendable {
    private struct State {
        /// The target that is asked next.
        var next: Int
        /// The requests of each target that have no response yet.
        var waiting: [Int]
        var values: UInt64 = 0
        var lost: UInt64 = 0
        /// Made of every value, so that no compiler leaves out the reading.
        var checksum: UInt64 = 0
    }

    private let client: SNMPClient
    private let targets: [SNMPTarget]
    private let reads: [PreparedRead]
    private let cardsAtOnce: Int
    private let state: Mutex<State>

    init(client: SNMPClient, targets: [SNMPTarget], reads: [PreparedRead], cardsAtOnce: Int) {
        self.client = client
        self.targets = targets
        self.reads = reads
        self.cardsAtOnce = min(cardsAtOnce, targets.count)
        state = Mutex(State(next: self.cardsAtOnce, waiting: Array(repeating: 0, count: targets.count)))
    }

    var measurement: Measurement { state.withLock { Measurement(done: $0.values, lost: $0.lost) } }

    /// Goes on until the client is closed.
    func start() {
        for index in 0..<cardsAtOnce { ask(index) }
    }

    private func ask(_ index: Int) {
        state.withLock { $0.waiting[index] = reads.count }
        for read in reads {
            client.read(read, from: targets[index]) { [self] result in take(result, of: index) }
        }
    }

    /// Called on the client's thread.
    private func take(_ result: Result<SNMPReply, any Error>, of index: Int) {
        if case .failure(SNMPError.closed) = result { return }
        let (count, checksum) = readValues(of: result)
        let next: Int? = state.withLock { state in
            state.values += count
            state.lost += count == 0 ? 1 : 0
            state.checksum &+= checksum
            state.waiting[index] -= 1
            guard state.waiting[index] == 0 else { return nil }
            defer { state.next = (state.next + 1) % targets.count }
            return state.next
        }
        if let next { ask(next) }
    }

    private func readValues(of result: Result<SNMPReply, any Error>) -> (count: UInt64, checksum: UInt64) {
        guard case .success(.values(let values)) = result else { return (0, 0) }
        var count: UInt64 = 0
        var checksum: UInt64 = 0
        for value in values {
            switch value {
            case .integer(let number): checksum &+= UInt64(truncatingIfNeeded: number)
            case .octetString(let octets): checksum &+= UInt64(octets.first ?? 0)
            default: continue
            }
            count += 1
        }
        return (count, checksum)
    }
}
