import ArgumentParser
import FoundationEssentials
import Logging
import NIOCore
import NIOPosix
import SNMP
import ServiceLifecycle
import UnixSignals

/// `nvexplorer traps`
struct TrapsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "traps", abstract: "Show the traps and informs that cards send here.",
        discussion: """
            Enter this machine's address among the card's trap receivers, then watch. Informs are acknowledged. With --json each notification is
            a line of its own. It ends after --count notifications, or with Ctrl-C.

            The users of SNMPv3 are read from a file, one a line, best of mode 0600: \(USMUserSpecification.form), such as
            olga:SHA:password1:AES:password2. Their engines need not be known: they are learnt from what they send.
            """)

    @Option(
        help: ArgumentHelp("Where to listen: ADDRESS, ADDRESS:PORT or [ADDRESS]:PORT. (default: 0.0.0.0 at 162)", valueName: "address"))
    var listen = "0.0.0.0"

    @Option(help: ArgumentHelp("Added to the port 162: 0 to 17727.", valueName: "n"))
    var portOffset = 0

    @Option(help: ArgumentHelp("Only from this community (repeatable). (default: any)", valueName: "name"))
    var community: [String] = []

    @Option(
        name: [.customLong("users"), .customLong("snmp-users")],
        help: ArgumentHelp("A file with the users of SNMPv3. (default: $NVFLEET_SNMP_USER)", valueName: "file"))
    var users: String?

    @Option(help: ArgumentHelp("End after so many notifications.", valueName: "n"))
    var count: Int?

    @Flag(help: "Print each notification as one line of JSON.")
    var json = false

    private static let maximumUsersFile = 1 << 16

    func validate() throws {
        guard (0...17_727).contains(portOffset) else {
            throw ValidationError("--port-offset must be from 0 to 17727, not \(portOffset).")
        }
        if let count, count < 1 { throw ValidationError("--count must be at least 1.") }
        guard ListenAddress(listen, standardPort: Self.port + portOffset) != nil else {
            throw ValidationError("--listen must be like 0.0.0.0, 0.0.0.0:162 or [::]:162, not \"\(listen)\".")
        }
    }

    private static let port = 162

    func run() async throws {
        guard let address = ListenAddress(listen, standardPort: Self.port + portOffset)?.address else { return }
        let communities = community.isEmpty ? nil : Set(community.map { Community($0) })
        let admission = TrapListener.Admission(communities: communities, users: try await knownUsers())
        let listener = TrapListener(
            configuration: TrapListener.Configuration(address: address, admission: admission) { bound in
                Output.complain("Listening on \(bound.shown).")
            })
        let printer = TrapPrinter(listener: listener, output: Output(isJSON: json), limit: count)
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: listener), .init(service: printer, successTerminationBehavior: .gracefullyShutdownGroup),
            ], gracefulShutdownSignals: [.sigint, .sigterm], logger: Logger(label: "nvexplorer") { _ in SwiftLogNoOpLogHandler() })
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            throw CommandFailure(.failed, "Can't listen on \(listen): \(LocalFile.reason(error.errnoCode)).")
        }
    }

    private func knownUsers() async throws -> [USMUser] {
        let source = users ?? "NVFLEET_SNMP_USER"
        let document =
            if let users {
                String(buffer: try await LocalFile.read(users, limit: Self.maximumUsersFile))
            } else {
                ProcessInfo.processInfo.environment[source] ?? ""
            }
        // Off the cooperative pool: making the keys takes some milliseconds a user.
        return try await NIOThreadPool.singleton.runIfActive {
            Result { () throws(USMSpecificationError) in try USMUser.users(in: document) }
        }
        .mapError { CommandFailure(.usage, "\(source) can't be used: \($0)") }.get()
    }
}

/// An address to listen on, with a port or without.
struct ListenAddress {
    let address: SocketAddress

    init?(_ text: String, standardPort: Int) {
        let host: Substring
        let port: Substring?
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            host = text[text.index(after: text.startIndex)..<end]
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            host = parts.count == 2 ? parts[0] : text[...]
            port = parts.count == 2 ? parts[1] : nil
        }
        guard let number = port.map({ Int($0) }) ?? standardPort, 0...65_535 ~= number,
            let address = try? SocketAddress(ipAddress: String(host), port: number)
        else { return nil }
        self.address = address
    }
}

extension SocketAddress {
    /// `192.0.2.1:162`, `[::1]:162`.
    var shown: String {
        let host = ipAddress ?? "?"
        return "\(host.contains(":") ? "[\(host)]" : host):\(port ?? 0)"
    }
}
