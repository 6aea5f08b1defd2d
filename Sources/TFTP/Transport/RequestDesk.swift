import NIOCore
import Synchronization

/// Where requests arrive: at most so many at a time, and none twice.
///
/// A client repeats its request when our answer is late or lost; a second transfer for it would be one too many. A client that was killed
/// and began anew comes from another port: where no place is free, its new request takes the place of its broken one for the same file.
final class RequestDesk: Sendable {
    struct Arrival: Sendable {
        let request: TFTPRequest
        let peer: SocketAddress
        /// Ends when a newer request has taken this one's place.
        let place: AsyncStream<Never>
        fileprivate let givesWay: AsyncStream<Never>.Continuation

        init(request: TFTPRequest, peer: SocketAddress) {
            self.request = request
            self.peer = peer
            (place, givesWay) = AsyncStream.makeStream()
        }

        fileprivate func isSameWork(as other: Arrival) -> Bool {
            peer.ipAddress == other.peer.ipAddress && request.filename == other.request.filename
                && request.direction == other.request.direction
        }
    }

    private struct Seat: Sendable {
        let arrival: Arrival
        /// The file is through and is being judged: too late to give way.
        var isComplete = false
        /// All that remains is to repeat the last acknowledgement: nobody has to wait for that.
        var isDecided = false
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
    private let seats = Mutex<[SocketAddress: Seat]>([:])

    init(limit: Int) {
        self.limit = limit
        // The stream never holds more than has been admitted, with those that have given way.
        (arrivals, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(8 * limit))
    }

    func admit(_ arrival: Arrival) -> Admission {
        let (admission, replaced) = seats.withLock { seats -> (Admission, Arrival?) in
            if seats[arrival.peer] != nil { return (.repeated, nil) }
            var replaced: Arrival?
            if isFull(seats) {
                replaced = seats.values.first { !$0.isComplete && $0.arrival.isSameWork(as: arrival) }?.arrival
                guard let replaced else { return (.full, nil) }
                seats[replaced.peer] = nil
            }
            seats[arrival.peer] = Seat(arrival: arrival)
            return (.admitted, replaced)
        }
        replaced?.givesWay.finish()
        if case .admitted = admission { continuation.yield(arrival) }
        return admission
    }

    /// Lingering transfers take places of their own, but not without end.
    private func isFull(_ seats: [SocketAddress: Seat]) -> Bool {
        seats.values.count { !$0.isDecided } >= limit || seats.count >= 4 * limit
    }

    /// It is settled what becomes of the arrival's file.
    func decided(_ arrival: Arrival) {
        seats.withLock { $0[arrival.peer]?.isDecided = true }
    }

    /// The arrival's file is through.
    func completed(_ arrival: Arrival) {
        seats.withLock { $0[arrival.peer]?.isComplete = true }
    }

    func leave(_ arrival: Arrival) {
        seats.withLock { $0[arrival.peer] = nil }
        arrival.givesWay.finish()
    }

    func close() {
        continuation.finish()
    }
}
