import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Syslog

/// Over sockets of the loopback network.
@Suite(.timeLimit(.minutes(1))) struct SyslogListenerTests {
    private static let group = MultiThreadedEventLoopGroup.singleton
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private struct Bench {
        let listener: SyslogListener
        let inbox: SyslogInbox
        let port: Int

        func sender(_ transport: SyslogTransport, tls: NIOSSLContext? = nil) -> SyslogSender {
            SyslogSender(host: "127.0.0.1", port: port, transport: transport, tls: tls, group: group)
        }

        /// So many messages, in the order of their arrival.
        func received(_ count: Int) async -> [SyslogArrival] {
            var arrivals: [SyslogArrival] = []
            while arrivals.count < count, let batch = await inbox.next() { arrivals += batch }
            return arrivals
        }

        func connect() async throws -> any Channel { try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: port).get() }
    }

    private func listening(
        _ transport: SyslogTransport, tls: NIOSSLContext? = nil, inbox: SyslogInbox = SyslogInbox(), connections: Int = 64,
        _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        let (addresses, bound) = AsyncStream.makeStream(of: SocketAddress.self)
        let listener = SyslogListener(
            configuration: .init(
                transport: transport, address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), tls: tls,
                maximumConnectionsOfAddress: connections, onBound: { bound.yield($0) }), inbox: inbox, group: Self.group,
            now: { syslogNow }, logger: Self.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await listener.run() }
            let port = try #require(await addresses.first { _ in true }?.port)
            try await body(Bench(listener: listener, inbox: inbox, port: port))
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
        #expect(listener.statistics.connections == 0)
    }

    private static let messages = (0..<50).map { SyslogMessage(severity: .warning, host: "nv", application: "UPS", text: "Event \($0) é") }

    @Test(arguments: [SyslogTransport.udp, .tcp]) func whatIsSentArrives(_ transport: SyslogTransport) async throws {
        try await listening(transport) { bench in
            try await bench.sender(transport).send(Self.messages)
            let arrivals = await bench.received(50)
            #expect(arrivals.map(\.message) == Self.messages)
            #expect(Set(arrivals.map(\.source)) == ["127.0.0.1"])
            #expect(Set(arrivals.map(\.transport)) == [transport])
            while bench.listener.statistics.received < 50 { await Task.yield() }
            #expect(bench.listener.statistics.received == 50)
        }
    }

    @Test func whatIsSentOverTLSArrives() async throws {
        let (server, client) = try TestCertificate.contexts()
        try await listening(.tls, tls: server) { bench in
            try await bench.sender(.tls, tls: client).send(Self.messages)
            #expect(await bench.received(50).map(\.message) == Self.messages)
            let plain = try await bench.connect()
            try await plain.writeAndFlush(ByteBuffer(string: "<13>not TLS, which ends this\n")).get()
            try await plain.closeFuture.get()
            while bench.listener.statistics.failedHandshakes == 0 { await Task.yield() }
            #expect(bench.listener.statistics.failedHandshakes == 1)
            #expect(bench.listener.statistics.received == 50)
        }
    }

    @Test func aSenderWaitsWhileNobodyFetches() async throws {
        try await listening(.tcp, inbox: SyslogInbox(capacity: 100)) { bench in
            let messages = (0..<5000).map { SyslogMessage(severity: .debug, text: "\($0)") }
            async let sent: Void = bench.sender(.tcp).send(messages)
            let arrivals = await bench.received(messages.count)
            try await sent
            #expect(arrivals.map(\.message) == messages, "none is lost, and their order is kept")
            #expect(bench.listener.statistics.lost == 0)
        }
    }

    @Test func datagramsThatFindNoRoomAreCounted() async throws {
        try await listening(.udp, inbox: SyslogInbox(capacity: 10)) { bench in
            try await bench.sender(.udp).send(Self.messages)
            var statistics = SyslogStatistics()
            repeat {
                await Task.yield()
                statistics = bench.listener.statistics
            } while statistics.received + statistics.lost < 50
            #expect(statistics.received == 10)
            #expect(statistics.queueFull == 40)
            #expect(await bench.received(10).count == 10)
        }
    }

    @Test func anAddressHasAShareOfTheConnections() async throws {
        try await listening(.tcp, connections: 2) { bench in
            var open: [any Channel] = []
            for _ in 0..<2 {
                open.append(try await bench.connect())
                while bench.listener.statistics.connections < open.count { await Task.yield() }
            }
            let third = try await bench.connect()
            try await third.closeFuture.get()
            #expect(bench.listener.statistics.refused == 1)
            try await open[0].close()
            while bench.listener.statistics.connections > 1 { await Task.yield() }
            try await bench.sender(.tcp).send([Self.messages[0]])
            #expect(await bench.received(1).map(\.message) == [Self.messages[0]])
        }
    }

    @Test func anAbsurdLengthEndsTheConnection() async throws {
        try await listening(.tcp) { bench in
            let channel = try await bench.connect()
            try await channel.writeAndFlush(ByteBuffer(string: "<13>a\n9999999 ")).get()
            try await channel.closeFuture.get()
            #expect(await bench.received(1).map(\.message.text) == ["a"])
            #expect(bench.listener.statistics.framingErrors == 1)
        }
    }

    @Test func aTakenPortIsAnError() async throws {
        try await listening(.tcp) { bench in
            let address = try SocketAddress(ipAddress: "127.0.0.1", port: bench.port)
            let second = SyslogListener(
                configuration: .init(transport: .tcp, address: address), inbox: bench.inbox, group: Self.group, now: { 0 },
                logger: Self.logger)
            await #expect(throws: IOError.self) { try await second.run() }
        }
    }
}
