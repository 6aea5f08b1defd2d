import CProcess
import ServiceLifecycle

/// Keeps the memory of a card that runs alone to what it uses: most of what starting takes is never looked at again.
///
/// Once a minute pages of the program, and of libraries, are given back to the system. Those that are needed come back at the next touch, from
/// the system's cache: some hundred page faults a minute, about a millisecond of a core.
struct MemoryTrim: Service {
    /// From the moment at which the card serves to the first time, and from there to the second: by then the first polls are over.
    private static let settling = [Duration.milliseconds(300), .seconds(3)]
    private static let interval = Duration.seconds(60)

    private let serving: AsyncStream<Never>
    private let start: AsyncStream<Never>.Continuation

    init() { (serving, start) = AsyncStream<Never>.makeStream() }

    func cardServes() { start.finish() }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            for await _ in serving {}
            do {
                for pause in Self.settling {
                    try await Task.sleep(for: pause)
                    process_trim()
                }
                while true {
                    try await Task.sleep(for: Self.interval)
                    process_trim()
                }
            } catch is CancellationError {
                return
            }
        }
    }
}
