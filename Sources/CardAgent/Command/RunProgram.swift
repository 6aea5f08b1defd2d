import Logging
import ServiceLifecycle
import UPSSimulation
import UnixSignals

/// The parts of `CardAgent run`, put together and run.
struct RunProgram {
    let card: Card
    /// The UPS, if it is simulated.
    let simulator: UPSSimulator?
    let logger: Logger

    /// Runs until SIGTERM or SIGINT. Says where the card is once it serves.
    func run() async throws {
        var services: [any Service] = [AnnouncedCard(card: card)]
        if let simulator { services.insert(simulator, at: 0) }
        var quiet = logger
        quiet.logLevel = max(.error, logger.logLevel)
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = .milliseconds(1500)
        try await ServiceGroup(configuration: configuration).run()
    }

    private struct AnnouncedCard: Service {
        let card: Card

        func run() async throws {
            try await cancelWhenGracefulShutdown {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await card.lanListener.runForCards() }
                    group.addTask {
                        try await card.run { [card] in
                            CommandExit.announce("Card \(card.plan.mac) on \(card.address): \(card.portList)")
                        }
                    }
                    // Not waitForAll: it would wait for the others before it told of the first that failed.
                    for try await _ in group {}
                }
            }
        }
    }
}
