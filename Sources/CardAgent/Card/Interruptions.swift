import Synchronization

/// Why a card closes its ports before its program ends.
enum Interruption: Equatable, Sendable {
    /// It starts again, from the firmware slots on.
    case restart
    /// It goes on at another address.
    case addressChanged
    /// A port was lost.
    case failure
}

/// Tells the running card that it shall stop serving. What is asked for while it isn't serving counts for nothing.
final class Interruptions: Sendable {
    private struct State {
        var wake: AsyncStream<Void>.Continuation?
        var requested: Interruption?
    }

    private let state = Mutex(State())

    /// Wakes at requests from now on.
    func listen() -> AsyncStream<Void> {
        let (stream, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        state.withLock { $0 = State(wake: wake) }
        return stream
    }

    func stopListening() { state.withLock { $0 = State() } }

    /// What has been asked for: the first request, or a restart, which does all that the others do.
    var requested: Interruption? { state.withLock { $0.requested } }

    func request(_ interruption: Interruption) {
        state.withLock { state in
            guard let wake = state.wake else { return }
            if state.requested == nil || interruption == .restart { state.requested = interruption }
            wake.yield()
        }
    }
}
