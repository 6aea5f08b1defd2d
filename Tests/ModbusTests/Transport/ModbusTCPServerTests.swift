import Modbus
import NIOCore
import NIOPosix
import Testing

@Suite(.timeLimit(.minutes(1))) struct ModbusTCPServerTests {
    static func connect(_ port: Int) async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port).get()
    }

    @Test func closesASecondConnectionAtOnceAndKeepsTheFirst() async throws {
        try await withTCPServer(RegisterFile()) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port))
            try await expect(connection, unit: 1, holds: [3], from: 3)
            try await Self.connect(port).closeFuture.get()
            try await expect(connection, unit: 1, holds: [4], from: 4)
        }
    }

    @Test func takesAsManyConnectionsAsItMay() async throws {
        try await withTCPServer(RegisterFile(), configure: { $0.maxConnections = 2 }) { port in
            let first = ModbusConnection(.tcp(host: "127.0.0.1", port: port))
            let second = ModbusConnection(.tcp(host: "127.0.0.1", port: port))
            try await expect(first, unit: 1, holds: [3], from: 3)
            try await expect(second, unit: 1, holds: [3], from: 3)
            try await Self.connect(port).closeFuture.get()
            try await expect(first, unit: 1, holds: [4], from: 4)
        }
    }

    @Test func closesAnIdleConnection() async throws {
        try await withTCPServer(RegisterFile(), configure: { $0.idleTimeout = .milliseconds(20) }) { port in
            try await Self.connect(port).closeFuture.get()
        }
    }

    @Test func closesAConnectionThatSpeaksSomethingElse() async throws {
        try await withTCPServer(RegisterFile(), configure: { $0.idleTimeout = nil }) { port in
            let channel = try await Self.connect(port)
            try await channel.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
            try await channel.closeFuture.get()
        }
    }

    @Test func refusesWritesByDefault() async throws {
        try await withTCPServer(RegisterFile()) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port))
            await #expect(throws: ModbusError.exception(.illegalFunction)) {
                try await connection.writeRegister(unit: 1, address: 1, value: 1)
            }
            await #expect(throws: ModbusError.exception(.illegalFunction)) {
                try await connection.writeRegisters(unit: 1, address: 1, values: [1])
            }
        }
    }

    @Test func answersLaterWhenAskedTo() async throws {
        try await withTCPServer(RegisterFile(), admit: { .answerAfter(.milliseconds(30)) }) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), retries: 0)
            let clock = ContinuousClock()
            let took = try await clock.measure { _ = try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1) }
            #expect(took >= .milliseconds(30))
        }
    }

    @Test func closesItsConnectionsWhenItEnds() async throws {
        let (channels, opened) = AsyncStream.makeStream(of: (any Channel).self)
        try await withTCPServer(RegisterFile(), configure: { $0.idleTimeout = nil }) { port in
            opened.yield(try await Self.connect(port))
        }
        for await channel in channels.prefix(1) { try await channel.closeFuture.get() }
    }
}
