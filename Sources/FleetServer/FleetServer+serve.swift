import FoundationEssentials
import Glibc
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Runs a server until it is told to stop.
func serve(_ configuration: FleetConfiguration) async throws {
    let logger = Logger(label: "fleet")
    let directory = try DataDirectory(path: configuration.dataDirectory)
    let lock = try directory.lock()
    defer { withExtendedLifetime(lock) {} }
    if !configuration.hasDashboard {
        logger.warning(
            "the dashboard is not built: run bin/build-web, or name its folder with --web",
            metadata: ["web": "\(configuration.webDirectory)"])
    }
    let parts = try await buildFleet(configuration, directory: directory, logger: logger)
    if let password = try await FirstUser(users: parts.users).create(givenPassword: configuration.adminPassword, now: Date()) {
        // The one place where a secret is printed: on the terminal of who starts the server for the first time, not in the log.
        print("First login: user admin, password \(password)")
        fflush(nil)
    }
    var application = Application(
        router: parts.router,
        configuration: .init(address: .hostname(configuration.listen.host, port: configuration.listen.port), serverName: "NVFleet"),
        onServerRunning: { channel in
            let port = channel.localAddress?.port ?? configuration.listen.port
            logger.notice("serving", metadata: ["url": "http://\(configuration.listen.host):\(port)"])
        }, logger: logger)
    application.addServices(parts.services)
    do {
        try await application.runService()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
        throw ListenFailure(address: configuration.listen)
    }
}

struct ListenFailure: Error, CustomStringConvertible {
    let address: ListenAddress
    var description: String { "\(address) is in use by another program. Stop that, or choose another with --listen HOST:PORT." }
}
