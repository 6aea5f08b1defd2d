import FoundationEssentials
import Hummingbird
import Logging
import PowerDevice
import ServiceLifecycle
import UPSSimulation
import UnixSignals

/// The program's parts, built and run: the UPS, its Modbus server, and the control where it is asked for.
struct Simulation {
    let layout: SystemLayout
    let options: UPSSim

    /// Runs until SIGTERM or SIGINT; throws a ``StartFailure`` where a port, a path or a file can't be had.
    func run() async throws {
        let simulator = UPSSimulator(UPSUnit(layout.model, seed: options.seed), layout: layout, speed: options.speed, clock: .now)
        if let path = options.scenario { simulator.start(try Self.scenario(path, for: simulator)) }
        var logger = Logger(label: "upssim")
        logger.logLevel = .warning
        let announcement = Announcement(
            "\(layout.model.name) \(simulator.unit.serial) (\(simulator.map.name))", expecting: options.control == nil ? 1 : 2)
        var services: [any Service] = [
            simulator, try ModbusSide(options: options).server(simulator, admit: simulator.admit, logger, announcement),
        ]
        if let endpoint = options.control { services.append(controlServer(simulator, endpoint, logger, announcement)) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private func controlServer(
        _ simulator: UPSSimulator, _ endpoint: Endpoint, _ logger: Logger, _ announcement: Announcement
    ) -> any Service {
        let application = SimulationControl(simulator).application(host: endpoint.host, port: endpoint.port, logger: logger) { address in
            announcement.add("control on http://\(address)")
        }
        return Explained(service: application, failure: "can't listen on \(endpoint)")
    }

    private static func scenario(_ path: String, for simulator: UPSSimulator) throws -> Scenario {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw StartFailure("can't read the scenario \(path)")
        }
        do throws(SimulationError) {
            return try Scenario(String(decoding: data, as: UTF8.self), layout: simulator.layout)
        } catch {
            throw StartFailure("can't play the scenario \(path): \(error)")
        }
    }
}
