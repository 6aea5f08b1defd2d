import NIOCore
import Synchronization

/// What the client keeps of a request until it is over.
struct OutstandingRequest: Sendable {
    let datagram: ByteBuffer
    let ticket: RequestTicket
    /// Called once, on the event loop.
    let completion: @Sendable (Result<PDU, any Error>) -> Void

    func complete(_ result: Result<PDU, any Error>) {
        ticket.finish()
        completion(result)
    }
}

/// A caller's hold on a request, by which it can be cancelled: before it is on the event loop, while it waits, or too late.
final class RequestTicket: Sendable {
    private enum State {
        case submitting
        case waiting(id: Int32)
        case over
    }

    private let state = Mutex(State.submitting)

    /// False if the request was cancelled before.
    func wait(id: Int32) -> Bool {
        state.withLock { state in
            guard case .submitting = state else { return false }
            state = .waiting(id: id)
            return true
        }
    }

    func finish() { state.withLock { $0 = .over } }

    /// The id of the waiting request to forget, if there is one.
    func cancel() -> Int32? {
        state.withLock { state in
            defer { state = .over }
            if case .waiting(let id) = state { return id }
            return nil
        }
    }
}
