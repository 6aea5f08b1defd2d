import Logging
import NIOCore
import NIOPosix
import NetVision
import PowerDevice
import SNMP
import TFTP

/// The protocols that reach cards without a server.
struct DirectLAN: Sendable {
    let protocols: CardUpgrade.Protocols
    let portOffset: Int
    /// The ways to ask a card by SNMP, in this order: as each user, then with the community by version 2c and 1.
    let ways: [SNMPCredentials]
    /// Seconds until a card is asked again.
    private let timeout: Double

    private static let lanPort = 4555
    private static let snmpPort = 161
    private static let tftpPort = 69
    static let webPort = 80

    /// Opens what is needed for as long as `body` runs.
    static func with<Result: Sendable>(
        portOffset: Int, ways: [SNMPCredentials], timeout: Double, _ body: (DirectLAN) async throws -> Result
    ) async throws -> Result {
        let group = MultiThreadedEventLoopGroup.singleton
        var logger = Logger(label: "nvexplorer") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        let snmp = SNMPClient(logger: logger)
        let protocols = CardUpgrade.Protocols(
            snmp: snmp, lan: LANClient(on: group, port: lanPort + portOffset), tftp: TFTPClient(eventLoopGroup: group))
        let lan = DirectLAN(protocols: protocols, portOffset: portOffset, ways: ways, timeout: timeout)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await snmp.run() }
            defer { tasks.cancelAll() }
            return try await body(lan)
        }
    }

    private init(protocols: CardUpgrade.Protocols, portOffset: Int, ways: [SNMPCredentials], timeout: Double) {
        self.protocols = protocols
        self.portOffset = portOffset
        self.ways = ways
        self.timeout = timeout
    }

    var patience: Duration { .seconds(timeout) }
    var search: NetworkSearch {
        NetworkSearch(snmp: protocols.snmp, on: MultiThreadedEventLoopGroup.singleton, portOffset: portOffset)
    }
    var reader: CardReader { CardReader(protocols.snmp) }

    func target(_ address: String, _ way: SNMPCredentials) throws -> SNMPTarget {
        SNMPTarget(try SocketAddress(ipAddress: address, port: Self.snmpPort + portOffset), credentials: way, timeout: patience, retries: 2)
    }

    func upgrade(_ card: FoundCard, password: String?) throws -> CardUpgrade {
        guard let identity = card.identity, let way = card.way else {
            throw CommandFailure(
                .unreachable,
                "The card at \(card.address) does not answer SNMP (community \"public\", or --community, or --snmp-users).")
        }
        return CardUpgrade(
            CardUpgrade.Card(
                identity: identity, target: try target(card.address, way), address: card.address,
                tftpPort: Self.tftpPort + portOffset, password: password ?? card.firstPassword ?? ""),
            by: protocols)
    }
}
