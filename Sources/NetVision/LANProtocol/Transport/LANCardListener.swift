package import Logging
package import NIOCore
import ServiceLifecycle
import Synchronization

/// Hears the LAN protocol for all cards of a process.
///
/// One socket on the wildcard address gets the broadcasts, and what is sent to addresses that nobody has bound; it hands them to every card.
/// Each card has a socket on its own address besides: for unicasts, and so that its replies come from it.
package final class LANCardListener: Service {
    /// A datagram for a card, and how the card may answer it, now or later.
    package struct Arrival: Sendable {
        package let datagram: ByteBuffer
        package let peer: SocketAddress
        package let cameByBroadcast: Bool
        fileprivate let socket: LANSocket

        /// Sends the card's reply on the ways by which it may reach who asked.
        package func reply(_ datagram: ByteBuffer, from network: NetworkSettings) {
            for destination in LANReplyRoute.destinations(to: peer, cameByBroadcast: cameByBroadcast, network: network) {
                socket.send(datagram, to: destination)
            }
        }
    }

    /// Called on an event loop: it must not block.
    package typealias Handler = @Sendable (Arrival) -> Void

    private struct Member: Sendable {
        let socket: LANSocket
        let handler: Handler
    }

    private let group: any EventLoopGroup
    private let port: Int
    private let logger: Logger
    private let members = Mutex<[String: Member]>([:])

    /// - Parameter port: 4555 plus the card's offset.
    package init(on group: any EventLoopGroup, port: Int, logger: Logger) {
        self.group = group
        self.port = port
        self.logger = logger
    }

    /// Listens to broadcasts until it is cancelled or told to shut down. Throws if the port can't be bound.
    package func run() async throws {
        let socket = try await LANSocket.open(on: group, address: "0.0.0.0", port: port, isShared: true) { [weak self] datagram, peer in
            self?.heard(datagram, from: peer)
        }
        await withTaskCancellationOrGracefulShutdownHandler {
            await socket.closed()
        } onCancelOrGracefulShutdown: {
            socket.closeSoon()
        }
    }

    /// Serves a card at `address` until the task is cancelled; then its socket is closed, and the address may be served again.
    ///
    /// `ready` is called when the card hears. Throws `LANError.socket` if the address can't be bound.
    package func serve(address: String, ready: () -> Void = {}, handler: @escaping Handler) async throws {
        let box = SocketBox()
        let socket = try await LANSocket.open(on: group, address: address, port: port, isShared: true) { datagram, peer in
            guard let socket = box.value else { return }
            handler(Arrival(datagram: datagram, peer: peer, cameByBroadcast: false, socket: socket))
        }
        box.value = socket
        members.withLock { $0[address] = Member(socket: socket, handler: handler) }
        ready()
        await withTaskCancellationOrGracefulShutdownHandler {
            await socket.closed()
        } onCancelOrGracefulShutdown: {
            socket.closeSoon()
        }
        members.withLock { $0[address] = nil }
    }

    private func heard(_ datagram: ByteBuffer, from peer: SocketAddress) {
        // What is no message of ours wakes nobody.
        guard (try? LANMessage(decoding: datagram)) != nil else { return }
        for member in members.withLock({ Array($0.values) }) {
            member.handler(Arrival(datagram: datagram, peer: peer, cameByBroadcast: true, socket: member.socket))
        }
    }

    /// Holds the socket that its own receiver needs for replying.
    private final class SocketBox: Sendable {
        private let socket = Mutex<LANSocket?>(nil)
        var value: LANSocket? {
            get { socket.withLock { $0 } }
            set { socket.withLock { $0 = newValue } }
        }
    }
}
