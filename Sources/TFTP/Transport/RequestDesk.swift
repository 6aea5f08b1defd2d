import NIOCore
import Synchronization

/// Where requests arrive: at most so many at a time, and none twice.
///
/// A client repeats its request when our answer is late or lost; a second transfer for it would be one too many.
final class RequestDesk: Sendable {
    struct Arrival: Sendable {
        let request: TFTPRequest
        let peer: SocketAddress
    }

    enum Admission {
        case admitted
        /// The same peer port has a transfer under way.
        case repeated
        case full
    }

    let arrivals: AsyncStream<Arrival>
    private let continuation: AsyncStream<Arrival>.Continuation
    private let limit: Int
    private let peers = Mutex<Set<SocketAddress>>([])

    init(limit: Int) {
        self.limit = limit
        // The stream never holds more than has been admitted.
        (arrivals, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(limit))
    }

    func admit(_ arrival: Arrival) -> Admission {
        let admission = peers.withLock { peers -> Admission in
            if peers.contains(arrival.peer) { return .repeated }
            guard peers.count < limit else { return .full }
            peers.insert(arrival.peer)
            return .admitted
        }
        if case .admitted = admission { continuation.yield(arrival) }
        return admission
    }

    func leave(_ arrival: Arrival) {
        peers.withLock { _ = $0.remove(arrival.peer) }
    }

    func close() {
        continuation.finish()
    }
}
