import Modbus
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// Lends a gateway to a device that takes one connection, and the device's arbiter, to `body`.
private func withGateway(
    _ bank: RegisterFile = RegisterFile(), idle: Duration? = .seconds(60), depth: Int = 16, maxAge: Duration = .zero,
    onWrite: GatewayRoute.WriteReport? = nil, units: Set<UInt8> = [1],
    _ body: @escaping @Sendable (Int, ModbusArbiter) async throws -> Void
) async throws {
    try await withTCPServer(
        bank,
        configure: {
            $0.idleTimeout = idle; $0.allowsWrites = true
        }
    ) { port in
        let arbiter = ModbusArbiter(host: "127.0.0.1", port: port, configuration: .init(depth: depth))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await arbiter.run() }
            let gateway = try await ModbusGateway.open(
                .init(address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), maxAge: maxAge)
            ) { unit in units.contains(unit) ? GatewayRoute(arbiter, unit: 1, onWrite: onWrite) : nil }
            let result: Result<Void, any Error>
            do {
                try await body(gateway.address?.port ?? 0, arbiter)
                result = .success(())
            } catch {
                result = .failure(error)
            }
            await gateway.close()
            arbiter.close()
            try result.get()
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ModbusGatewayTests {
    @Test func letsManyClientsReadADeviceThatTakesOneConnection() async throws {
        try await withGateway { port, arbiter in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<8 {
                    group.addTask {
                        let link = ModbusConnection.Link.tcp(host: "127.0.0.1", port: port)
                        try await ModbusConnection.withConnection(link, retries: 0) { connection in
                            for round in 0..<20 {
                                let address = UInt16(client * 10 + round % 10)
                                try await expect(connection, unit: 1, holds: [address, address + 1], from: address)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(arbiter.status.tally.connections == 1)
            #expect(arbiter.status.tally.requests == 160)
            #expect(arbiter.status.state == .connected)
        }
    }

    @Test func reconnectsAfterTheDevicesIdleClose() async throws {
        try await withGateway(idle: .milliseconds(30)) { port, arbiter in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), retries: 0)
            for round in 0..<5 {
                try await expect(connection, unit: 1, holds: [3], from: 3)
                // The device closes by itself meanwhile.
                if round < 4 { try await ContinuousClock().sleep(for: .milliseconds(60)) }
            }
            #expect(arbiter.status.tally.failures == 0)
            #expect(arbiter.status.tally.connections > 1)
            await connection.close()
        }
    }

    @Test func refusesWritesUnlessTheyAreAllowed() async throws {
        let bank = RegisterFile()
        try await withGateway(bank) { port, _ in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), retries: 0)
            await #expect(throws: ModbusError.exception(.illegalFunction)) {
                try await connection.writeRegister(unit: 1, address: 5, value: 77)
            }
            #expect(bank[5] == 5)
            await connection.close()
        }
    }

    @Test func reportsAllowedWritesWithWhoSentThem() async throws {
        let bank = RegisterFile()
        let reports = Mutex<[String]>([])
        let report: GatewayRoute.WriteReport = { request, peer, result in
            let isDone = if case .success = result { true } else { false }
            reports.withLock { $0.append("\(peer?.ipAddress ?? "?") \(request.function.rawValue) \(isDone)") }
        }
        try await withGateway(bank, onWrite: report) { port, _ in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), retries: 0)
            try await connection.writeRegister(unit: 1, address: 5, value: 77)
            try await expect(connection, unit: 1, holds: [77], from: 5)
            try await connection.writeRegisters(unit: 1, address: 6, values: [1, 2])
            try await expect(connection, unit: 1, holds: [1, 2], from: 6)
            await connection.close()
        }
        #expect(reports.withLock { $0 } == ["127.0.0.1 6 true", "127.0.0.1 16 true"])
    }

    @Test func answersForUnitsThatAreNotThere() async throws {
        try await withGateway { port, _ in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), retries: 0)
            await #expect(throws: ModbusError.exception(.gatewayPathUnavailable)) {
                _ = try await connection.readHoldingRegisters(unit: 9, address: 0, count: 1)
            }
            await #expect(throws: ModbusError.exception(.illegalDataAddress)) {
                _ = try await connection.readHoldingRegisters(unit: 1, address: 4000, count: 1)
            }
            await connection.close()
        }
    }

    @Test func saysThatTheDeviceCannotBeReached() async throws {
        let arbiter = ModbusArbiter(host: "127.0.0.1", port: 1)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await arbiter.run() }
            let share = ArbiterShare(arbiter, as: .next())
            await #expect(throws: ModbusError.linkFailed(.unreachable(host: "127.0.0.1", port: 1))) {
                _ = try await share.readHoldingRegisters(unit: 1, address: 0, count: 1)
            }
            #expect(arbiter.status.state == .failing)
            arbiter.close()
        }
        let share = ArbiterShare(arbiter, as: .next())
        await #expect(throws: ModbusError.linkFailed(.closed)) {
            _ = try await share.readHoldingRegisters(unit: 1, address: 0, count: 1)
        }
    }

    @Test func saysThatTheDeviceHasAnotherClient() async throws {
        try await withTCPServer(RegisterFile(), configure: { $0.maxConnections = 1 }) { port in
            let holder = ModbusConnection(.tcp(host: "127.0.0.1", port: port))
            try await expect(holder, unit: 1, holds: [3], from: 3)
            let arbiter = ModbusArbiter(host: "127.0.0.1", port: port)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await arbiter.run() }
                let share = ArbiterShare(arbiter, as: .next())
                await #expect(throws: ModbusError.linkFailed(.occupied)) {
                    _ = try await share.readHoldingRegisters(unit: 1, address: 0, count: 1)
                }
                arbiter.close()
            }
            await holder.close()
        }
    }

    @Test func answersPipelinedRequestsInOrder() async throws {
        try await withGateway { port, _ in
            let requests = (0..<12).map { "00 0\(String($0, radix: 16)) 00 00 00 06 01 03 00 05 00 01" }
            let (frames, continuation) = AsyncStream.makeStream(of: UInt16.self)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TransactionCollector(continuation))
                }
            }.connect(host: "127.0.0.1", port: port).get()
            for request in requests { channel.write(bytes(request), promise: nil) }
            channel.flush()
            var order: [UInt16] = []
            for await transaction in frames.prefix(12) { order.append(transaction) }
            #expect(order == (0..<12).map { UInt16($0) })
            try await channel.close()
        }
    }

    @Test func survivesHostileBytes() async throws {
        try await withGateway { port, _ in
            let noise = [
                ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"), bytes("00 01 00 00 FF FF 01 03"), bytes("00 01 00 00 00 00"),
                bytes("00 01 12 34 00 06 01 03 00 00 00 01"),
            ]
            for bytes in noise {
                let channel = try await ModbusTCPServerTests.connect(port)
                try await channel.writeAndFlush(bytes)
                try await channel.closeFuture.get()
            }
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), retries: 0)
            try await expect(connection, unit: 1, holds: [3], from: 3)
            await connection.close()
        }
    }
}

/// Hands on the transactions of the frames that arrive.
private final class TransactionCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let transactions: AsyncStream<UInt16>.Continuation
    private var assembler = TCPFrameAssembler()

    init(_ transactions: AsyncStream<UInt16>.Continuation) { self.transactions = transactions }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        assembler.append(unwrapInboundIn(data))
        while let frame = try? assembler.next() { transactions.yield(frame.transaction) }
    }
}
