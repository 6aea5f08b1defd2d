package import NIOCore
import NIOPosix

/// A port at which many clients reach devices that take one connection each (MODBUS Messaging on TCP/IP V1.0b §4.3, "gateway").
///
/// It listens from `open` until `close()`.
package final class ModbusGateway: Sendable {
    package struct Configuration: Sendable {
        /// Where to listen; port 0 lets the system choose.
        package var address: SocketAddress
        /// Connections beyond are accepted and closed at once.
        package var maxClients: Int
        /// A client that asks nothing for so long is disconnected.
        package var idleTimeout: Duration
        /// How old an answer may be that the device gave to somebody else.
        package var maxAge: Duration

        package init(
            address: SocketAddress, maxClients: Int = 64, idleTimeout: Duration = .seconds(300), maxAge: Duration = .seconds(1)
        ) {
            self.address = address
            self.maxClients = maxClients
            self.idleTimeout = idleTimeout
            self.maxAge = maxAge
        }
    }

    private let listener: any Channel
    private let connections: ConnectionRegistry

    private init(_ listener: any Channel, _ connections: ConnectionRegistry) {
        self.listener = listener
        self.connections = connections
    }

    /// Begins to listen. Throws `IOError` where that is not possible: the port is in use, or needs a privilege.
    ///
    /// - Parameter route: the way to the device that a client calls a unit, nil where there is none. Called on an event loop.
    package static func open(
        _ configuration: Configuration, eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        route: @escaping @Sendable (UInt8) -> GatewayRoute?
    ) async throws -> ModbusGateway {
        let connections = ConnectionRegistry(limit: configuration.maxClients)
        let maxAge = TimeAmount(configuration.maxAge)
        let listener = try await TCPListener(
            address: configuration.address, connections: connections, idleTimeout: configuration.idleTimeout, group: eventLoopGroup
        ).bind { channel in GatewayHandler(client: .next(), peer: channel.remoteAddress, maxAge: maxAge, route: route) }
        return ModbusGateway(listener, connections)
    }

    /// Where it listens.
    package var address: SocketAddress? { listener.localAddress }

    package var clientCount: Int { connections.count }

    /// Listens no more, disconnects all, and returns when that is done.
    package func close() async {
        // A channel that is closed already can't be closed.
        try? await listener.close()
        await connections.closeAll()
    }
}

/// The way from a client's request to a device.
package struct GatewayRoute: Sendable {
    /// A write that was allowed, who sent it, and what became of it.
    package typealias WriteReport = @Sendable (ModbusRequest, SocketAddress?, Result<ArbiterAnswer, ModbusError>) -> Void

    package let arbiter: ModbusArbiter
    /// The unit that the device is asked as.
    package let unit: UInt8
    /// Told of each write; nil refuses them with exception 01.
    package let onWrite: WriteReport?

    package init(_ arbiter: ModbusArbiter, unit: UInt8, onWrite: WriteReport? = nil) {
        self.arbiter = arbiter
        self.unit = unit
        self.onWrite = onWrite
    }
}
