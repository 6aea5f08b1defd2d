import FoundationEssentials
import Glibc
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// A connection without a request for so long is closed; one with an answer under way, a stream's, is not.
private let idleTimeout = TimeAmount.seconds(60)

/// Runs a server until it is told to stop.
func serve(_ configuration: FleetConfiguration) async throws {
    let logger = Logger(label: "fleet")
    let descriptors = FileDescriptors.raiseLimit()
    logger.info("open files and connections", metadata: ["limit": "\(descriptors)"])
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
    parts.router.refuseOtherMethods()
    var application = Application(
        router: parts.router, server: .http1(configuration: .init(idleTimeout: idleTimeout)),
        configuration: .init(
            address: .hostname(configuration.listen.host, port: configuration.listen.port), serverName: "NVFleet",
            // The other half is for cards, files and databases.
            availableConnectionsDelegate: .maximum(descriptors / 2, logger: logger)),
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
