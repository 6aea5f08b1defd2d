import Hummingbird
import Logging
import ServiceLifecycle
import UPSSimulation
import UnixSignals

/// The program as an EMD: its Modbus side, and the control where it is asked for.
struct EnvironmentProgram {
    let options: UPSSim

    /// Runs until SIGTERM or SIGINT; throws a ``StartFailure`` where a port or a path can't be had.
    func run() async throws {
        let environment = EnvironmentSimulator()
        var logger = Logger(label: "upssim")
        logger.logLevel = .warning
        let announcement = Announcement("EMD", expecting: options.control == nil ? 1 : 2)
        var services: [any Service] = [
            try ModbusSide(options: options).server(environment, admit: environment.admit, logger, announcement)
        ]
        if let endpoint = options.control {
            let application = EnvironmentControl(environment).application(
                host: endpoint.host, port: endpoint.port, logger: logger
            ) { address in
                announcement.add("control on http://\(address)")
            }
            services.append(Explained(service: application, failure: "can't listen on \(endpoint)"))
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
