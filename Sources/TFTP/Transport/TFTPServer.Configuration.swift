package import NIOCore
import NIOPosix

extension TFTPServer {
    /// What a server does about a request.
    package enum Decision: Sendable {
        /// Take the file, of at most `limit` bytes. The sender's last block is acknowledged when `completion` returns nil; what it returns
        /// else is sent as an ERROR, so that the sender learns that its file is no good.
        case receive(limit: Int, completion: @Sendable (ByteBuffer) async -> TFTPErrorReply?)
        case send(ByteBuffer)
        case refuse(TFTPErrorCode, message: String)
    }

    package struct Configuration: Sendable {
        /// The address and port to serve; transfers use other ports of the same address.
        package var address: SocketAddress
        package var limits: OptionLimits
        package var timing: TransferTiming
        /// Transfers at a time; further requests are refused.
        package var maximumTransfers: Int
        /// How long a completion may take. The peer repeats its last block meanwhile, and most give up after 25 s.
        package var decisionPatience: Duration
        package var eventLoopGroup: any EventLoopGroup
        /// Asked for each request, on an event loop, whether its sender is answered at all. Must not block.
        package var accepts: @Sendable (SocketAddress) -> Bool = { _ in true }

        package init(
            address: SocketAddress, limits: OptionLimits = OptionLimits(), timing: TransferTiming = TransferTiming(),
            maximumTransfers: Int = 8, decisionPatience: Duration = .seconds(20)
        ) {
            self.address = address
            self.limits = limits
            self.timing = timing
            self.maximumTransfers = maximumTransfers
            self.decisionPatience = decisionPatience
            eventLoopGroup = MultiThreadedEventLoopGroup.singleton
        }
    }

    /// Faults for rehearsals: what a bad network or a bad card does.
    package struct Faults: Sendable {
        /// Asked when a file is about to be received: at which part of it (0 … 1) to fall silent, if at all.
        package var stallAt: @Sendable () -> Double?
        /// Asked for each datagram: true loses it.
        package var drops: @Sendable () -> Bool

        package init(stallAt: @escaping @Sendable () -> Double? = { nil }, drops: @escaping @Sendable () -> Bool = { false }) {
            self.stallAt = stallAt
            self.drops = drops
        }
    }
}
