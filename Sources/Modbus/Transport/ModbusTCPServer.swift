package import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves a device's registers by Modbus TCP until its task is cancelled or shut down.
///
/// Costs one listening socket and nothing a request: thousands fit a process.
package struct ModbusTCPServer: Service {
    package struct Configuration: Sendable {
        /// Where to listen; port 0 lets the system choose.
        package var address: SocketAddress
        /// Connections beyond are accepted and closed at once. The card takes one.
        package var maxConnections: Int
        /// A connection without a request for so long is closed; nil keeps it. The card waits one minute.
        package var idleTimeout: Duration?
        /// When false, functions 6 and 16 are answered with exception 01, as the card does.
        package var allowsWrites: Bool
        /// The units served; nil serves every one.
        package var units: Set<UInt8>?
        /// Asked, on an event loop, who may have a connection; that of others is closed at once. Must not block.
        package var accepts: @Sendable (SocketAddress) -> Bool

        package init(
            address: SocketAddress, maxConnections: Int = 1, idleTimeout: Duration? = .seconds(60), allowsWrites: Bool = false,
            units: Set<UInt8>? = nil, accepts: @escaping @Sendable (SocketAddress) -> Bool = { _ in true }
        ) {
            self.accepts = accepts
            self.address = address
            self.maxConnections = maxConnections
            self.idleTimeout = idleTimeout
            self.allowsWrites = allowsWrites
            self.units = units
        }
    }

    private let configuration: Configuration
    private let responder: Responder
    private let admit: Admit?
    private let group: any EventLoopGroup
    private let onRunning: @Sendable (SocketAddress) -> Void

    /// - Parameters:
    ///   - admit: decides about each request; nil answers all.
    ///   - onRunning: told the bound address once the server listens.
    package init(
        _ configuration: Configuration, bank: any RegisterBank, admit: Admit? = nil,
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        onRunning: @escaping @Sendable (SocketAddress) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.responder = Responder(bank: bank, allowsWrites: configuration.allowsWrites, units: configuration.units)
        self.admit = admit
        self.group = eventLoopGroup
        self.onRunning = onRunning
    }

    /// Listens until cancelled or shut down; throws when it can't listen. All connections are closed when it returns.
    package func run() async throws {
        try await cancelWhenGracefulShutdown { try await listen() }
    }

    private func listen() async throws {
        let connections = ConnectionRegistry(limit: configuration.maxConnections)
        let listener = try await TCPListener(
            address: configuration.address, connections: connections, idleTimeout: configuration.idleTimeout,
            accepts: configuration.accepts, group: group
        ).bind { [responder, admit] _ in TCPServerHandler(responder: responder, admit: admit) }
        if let address = listener.localAddress { onRunning(address) }
        await withTaskCancellationHandler {
            // A close future does not fail.
            try? await listener.closeFuture.get()
        } onCancel: {
            listener.close(promise: nil)
        }
        await connections.closeAll()
        guard Task.isCancelled else { throw ModbusError.linkFailed(.lost) }
    }
}
