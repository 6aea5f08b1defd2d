import Hummingbird
import Logging
import NIOCore
import NetVision
import ServiceLifecycle
import UPSSimulation
import UnixSignals

/// The parts of `CardAgent farm`, put together and run.
struct FarmProgram {
    let farm: Farm
    let control: Endpoint?
    let portOffset: PortOffset
    let logger: Logger

    /// Runs until SIGTERM or SIGINT. Says where everything is once everything is there.
    func run() async throws {
        let announcement = FarmAnnouncement(cards: line, hasControl: control != nil)
        var services: [any Service] = [
            SimulationClock(simulators: farm.members.map(\.simulator)),
            Announced(farm: farm, announcement: announcement),
        ]
        if let control {
            services.append(ControlServer(cards: farm.controlledCards, endpoint: control, announcement: announcement, logger: logger))
        }
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = .milliseconds(1500)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The service group's own reports say nothing that the farm does not say better.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(.error, logger.logLevel)
        return logger
    }

    private var line: String {
        let addresses = farm.members.map(\.card.address)
        let range = addresses.count == 1 ? addresses[0] : "\(addresses[0])–\(addresses[addresses.count - 1])"
        return "\(addresses.count) card\(addresses.count == 1 ? "" : "s") on \(range): \(CardPort.list(portOffset))"
    }

    private struct Announced: Service {
        let farm: Farm
        let announcement: FarmAnnouncement

        func run() async throws { try await farm.run { announcement.cardsAreRunning() } }
    }

    private struct ControlServer: Service {
        let cards: [ControlledCard]
        let endpoint: Endpoint
        let announcement: FarmAnnouncement
        let logger: Logger

        func run() async throws {
            let application = SimulationControl(cards: cards).application(host: endpoint.host, port: endpoint.port, logger: logger) {
                announcement.controlIsRunning(at: $0)
            }
            do {
                try await application.run()
            } catch let error as IOError {
                throw CommandFailure(
                    "the simulation control can't listen on \(endpoint) (\(IOError(errnoCode: error.errnoCode, reason: "bind"))): "
                        + "stop the program that has the port, or choose another --control.")
            }
        }
    }
}
