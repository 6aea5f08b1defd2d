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

    /// Runs until SIGTERM or SIGINT. Says where the card is once it serves. Throws `CardStartsAgain` where it is to be started again.
    func run() async throws {
        let trim = MemoryTrim()
        var services: [any Service] = [ResetSignals(card: card), AnnouncedCard(card: card, trim: trim), trim]
        if let simulator { services.insert(simulator, at: 0) }
        var quiet = logger
        quiet.logLevel = max(.error, logger.logLevel)
        var configuration = ServiceGroupConfiguration(
            // Whatever ends first, the others end in order.
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = .milliseconds(1500)
        try await ServiceGroup(configuration: configuration).run()
    }

    private struct AnnouncedCard: Service {
        let card: Card
        let trim: MemoryTrim

        func run() async throws {
            try await cancelWhenGracefulShutdown {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await card.lanListener.runForCards() }
                    group.addTask {
                        try await card.run { [card, trim] in
                            trim.cardServes()
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
