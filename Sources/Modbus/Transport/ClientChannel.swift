import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// An open link to a device, and the way to ask over it. Closed by its owner, `ModbusConnection`.
final class ClientChannel: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ClientHandler>
    private let lastExchange = Mutex<UInt64>(0)

    private init(_ channel: any Channel, _ handler: NIOLoopBound<ClientHandler>) {
        self.channel = channel
        self.handler = handler
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Connects by TCP; gives up after `timeout`.
    static func connect(host: String, port: Int, timeout: TimeAmount, on group: any EventLoopGroup) async throws(LinkFailure)
        -> ClientChannel
    {
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1024))
        do {
            // A literal address needs no resolver, which can take seconds for it.
            if let address = try? SocketAddress(ipAddress: host, port: port) {
                return try await bootstrap.connect(to: address) { Self.prepare($0, .tcp) }
            }
            return try await bootstrap.connect(host: host, port: port) { Self.prepare($0, .tcp) }
        } catch {
            throw LinkFailure(connecting: error, host: host, port: port)
        }
    }

    /// Opens a serial device.
    static func open(path: String, baudRate: BaudRate, on group: any EventLoopGroup) async throws(ModbusError) -> ClientChannel {
        let device = try SerialDevice(path: path, baudRate: baudRate)
        do {
            return try await device.open(on: group) { Self.prepare($0, .rtu(RTUTiming(baudRate))) }
        } catch {
            throw .linkFailed(.deviceUnavailable(path: path, errno: (error as? IOError)?.errnoCode ?? 0))
        }
    }

    private static func prepare(_ channel: any Channel, _ framing: ClientSession.Framing) -> EventLoopFuture<ClientChannel> {
        channel.eventLoop.makeCompletedFuture {
            let handler = ClientHandler(framing: framing)
            try channel.pipeline.syncOperations.addHandler(handler)
            return ClientChannel(channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
        }
    }

    var isActive: Bool { channel.isActive }

    /// Closes the link, and returns when it is closed: until then a serial device that is used exclusively can't be opened anew.
    func close() async {
        channel.close(promise: nil)
        // A close future does not fail.
        try? await channel.closeFuture.get()
    }

    /// Sends `request` and waits for its response, at most `timeout`. One call at a time.
    func exchange(_ request: PendingRequest, timeout: TimeAmount) async throws(ModbusError) -> ModbusResponse {
        let id = lastExchange.withLock { last in
            last += 1
            return last
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { reply in
                channel.eventLoop.execute { self.handler.value.start(id, request, timeout: timeout, reply: reply) }
            }
        } onCancel: {
            channel.eventLoop.execute { self.handler.value.cancel(id) }
        }
        return try result.get()
    }
}

extension LinkFailure {
    /// Why a connection could not be made.
    init(connecting error: any Error, host: String, port: Int) {
        let causes = (error as? NIOConnectionError)?.connectionErrors.map(\.error) ?? [error]
        let isExhausted = causes.contains { [EMFILE, ENFILE].contains(($0 as? IOError)?.errnoCode) }
        self = isExhausted ? .noDescriptors : .unreachable(host: host, port: port)
    }
}
