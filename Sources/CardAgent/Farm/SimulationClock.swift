import ServiceLifecycle
import UPSSimulation

/// Lets time pass for all simulated UPS of a farm: one timer for all of them.
struct SimulationClock: Service {
    let simulators: [UPSSimulator]

    /// A tenth of what a card may take to notice a change.
    private static let step = Duration.milliseconds(500)

    func run() async throws {
        let clock = ContinuousClock()
        do {
            try await cancelWhenGracefulShutdown {
                var last = clock.now
                while true {
                    try await clock.sleep(until: last + Self.step)
                    let now = clock.now
                    for simulator in simulators { simulator.advance(by: last.duration(to: now)) }
                    last = now
                    await Task.yield()
                }
            }
        } catch is CancellationError {
            return
        }
    }
}
