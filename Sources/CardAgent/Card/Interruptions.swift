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
    private let continuation = Mutex<AsyncStream<Interruption>.Continuation?>(nil)

    /// The requests from now on; the first one counts.
    func listen() -> AsyncStream<Interruption> {
        let (stream, continuation) = AsyncStream<Interruption>.makeStream(bufferingPolicy: .bufferingOldest(1))
        self.continuation.withLock { $0 = continuation }
        return stream
    }

    func stopListening() { continuation.withLock { $0 = nil } }

    func request(_ interruption: Interruption) { _ = continuation.withLock { $0?.yield(interruption) } }
}
