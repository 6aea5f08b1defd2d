import FoundationEssentials
import Hummingbird
import Logging
import Modbus
import NIOCore
import PowerDevice
import ServiceLifecycle
import UPSSimulation
import UnixSignals

/// The program's parts, built and run: the UPS, its Modbus server, and the control where it is asked for.
struct Simulation {
    let model: UPSModel
    let options: UPSSim

    /// Runs until SIGTERM or SIGINT; throws a ``StartFailure`` where a port, a path or a file can't be had.
    func run() async throws {
        let simulator = UPSSimulator(UPSUnit(model, seed: options.seed), speed: options.speed)
        if let path = options.scenario { simulator.start(try Self.scenario(path, for: simulator)) }
        var logger = Logger(label: "upssim")
        logger.logLevel = .warning
        let announcement = Announcement(
            "\(model.name) \(simulator.unit.serial) (\(model.map.name))", expecting: options.control == nil ? 1 : 2)
        var services: [any Service] = [simulator, try modbusServer(simulator, logger, announcement)]
        if let endpoint = options.control { services.append(controlServer(simulator, endpoint, logger, announcement)) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private func modbusServer(
        _ simulator: UPSSimulator, _ logger: Logger, _ announcement: Announcement
    ) throws -> any Service {
        if let endpoint = options.listen {
            let failure = "can't listen on \(endpoint)"
            guard let address = try? SocketAddress.makeAddressResolvingHost(endpoint.host, port: endpoint.port) else {
                throw StartFailure("\(failure): there is no such host")
            }
            let configuration = ModbusTCPServer.Configuration(address: address, maxConnections: 16, idleTimeout: nil)
            let server = ModbusTCPServer(configuration, bank: simulator, admit: simulator.admit) { bound in
                announcement.add("Modbus TCP on \(Endpoint(host: endpoint.host, port: bound.port ?? endpoint.port))")
            }
            return Explained(service: server, failure: failure)
        }
        let configuration = ModbusRTUServer.Configuration(line: .pseudoTerminal(link: options.pty), allowsWrites: false)
        let server = ModbusRTUServer(configuration, bank: simulator, admit: simulator.admit, logger: logger) { path in
            announcement.add("Modbus RTU unit 1 on \(path)")
        }
        return Explained(service: server, failure: "can't open a pseudo-terminal at \(options.pty ?? "")")
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
            return try Scenario(json: data, map: simulator.map)
        } catch {
            throw StartFailure("can't play the scenario \(path): \(error)")
        }
    }
}
