package import NIOCore
import NIOPosix
import Synchronization

/// One request to each of very many addresses, at a steady rate, to see who answers.
///
///     for try await answer in sweep.answers() { … }
///
/// It needs neither a task nor a table entry per address: a /16 takes 8 kB besides the addresses, and at 5,000 packets a second and two
/// rounds 28 s. It ends by itself; ending the iteration or cancelling its task ends it sooner.
package final class SNMPSweep: Sendable {
    package struct Answer: Equatable, Sendable {
        package let address: SocketAddress
        /// A v1 agent refuses the whole request when it lacks one of the objects, and is there nonetheless.
        package let errorStatus: ErrorStatus
        /// The objects that the agent has. None of a v3 sweep.
        package let bindings: [VariableBinding]
        /// The engine that is there; only of a v3 sweep.
        package let engineID: EngineID?
    }

    package struct Progress: Equatable, Sendable {
        /// The datagrams that all rounds have sent so far.
        package var sent = 0
        package var answered = 0
        /// Addresses that the system has no route to. They are not sent to.
        package var unreachable = 0
    }

    package struct Configuration: Sendable {
        /// With v3 the addresses are asked for their engine id (RFC 3414 §4), which takes no user, instead of for objects.
        package var version: SNMPVersion
        /// Of v1 and v2c.
        package var community: Community
        package var packetsPerSecond: Int
        /// How often an address is asked that does not answer.
        package var rounds: Int
        /// The least time between two requests to one address, and the wait for late answers at the end.
        package var patience: Duration
        package var localAddress: SocketAddress?

        package init(
            version: SNMPVersion = .v2c, community: Community = "public", packetsPerSecond: Int = 5000, rounds: Int = 2,
            patience: Duration = .seconds(2), localAddress: SocketAddress? = nil
        ) {
            self.version = version
            self.community = community
            self.packetsPerSecond = packetsPerSecond
            self.rounds = rounds
            self.patience = patience
            self.localAddress = localAddress
        }

        /// The first question of who asks by these credentials.
        package init(_ credentials: SNMPCredentials, packetsPerSecond: Int = 5000, patience: Duration = .seconds(2)) {
            let community: Community =
                switch credentials {
                case .v1(let community), .v2c(let community): community
                case .v3: ""
                }
            self.init(version: credentials.version, community: community, packetsPerSecond: packetsPerSecond, patience: patience)
        }
    }

    let addresses: [SocketAddress]
    /// Of v1 and v2c.
    let names: [OID]
    let configuration: Configuration
    private let eventLoop: any EventLoop
    private let sharedProgress = Mutex(Progress())

    /// - Parameter addresses: 2²⁴ at most; what is beyond is left out.
    package init(_ addresses: [SocketAddress], names: [OID], configuration: Configuration = Configuration(), on eventLoop: any EventLoop) {
        self.addresses = addresses
        self.names = names
        self.configuration = configuration
        self.eventLoop = eventLoop
    }

    package var progress: Progress { sharedProgress.withLock { $0 } }
    func report(_ progress: Progress) { sharedProgress.withLock { $0 = progress } }

    /// Starts the sweep on a socket of its own. Throws what opening the socket, or losing it, throws.
    ///
    /// Each address answers once at most, therefore the buffer of answers is bounded by the addresses.
    package func answers() -> AsyncThrowingStream<Answer, any Error> {
        let (answers, continuation) = AsyncThrowingStream<Answer, any Error>.makeStream()
        let bootstrap = DatagramSocket.bootstrap(eventLoop, batch: 32, maximumLength: 4096, bufferSize: 4 << 20)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SweepHandler(self, eventLoop: channel.eventLoop, answers: continuation))
                }
            }
        do {
            let local = try configuration.localAddress ?? SocketAddress(ipAddress: "0.0.0.0", port: 0)
            let channel = bootstrap.bind(to: local)
            channel.whenFailure { continuation.finish(throwing: $0) }
            continuation.onTermination = { _ in channel.whenSuccess { $0.close(promise: nil) } }
        } catch {
            continuation.finish(throwing: error)
        }
        return answers
    }
}

extension SNMPClient {
    /// A sweep on an event loop and a socket of its own. It does not need `run()`.
    package func sweep(
        _ addresses: [SocketAddress], names: [OID], configuration: SNMPSweep.Configuration = SNMPSweep.Configuration()
    ) -> SNMPSweep {
        SNMPSweep(addresses, names: names, configuration: configuration, on: MultiThreadedEventLoopGroup.singleton.any())
    }
}
