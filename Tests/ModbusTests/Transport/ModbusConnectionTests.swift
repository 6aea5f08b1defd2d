import Modbus
import NIOCore
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ModbusConnectionTests {
    /// Drops the first `count` requests.
    static func dropping(_ count: Int) -> Admit {
        let seen = Atomic(0)
        let counter = Counter(seen: consume seen)
        return { counter.next() <= count ? .drop : .answer }
    }

    final class Counter: Sendable {
        private let seen: Atomic<Int>
        init(seen: consuming Atomic<Int>) { self.seen = seen }
        func next() -> Int { seen.add(1, ordering: .relaxed).newValue }
        var value: Int { seen.load(ordering: .relaxed) }
    }

    static func exercise(_ connection: ModbusConnection) async throws {
        try await expect(connection, unit: 1, holds: Array(0x30..<0x38), from: 0x30)
        #expect(try await connection.readInputRegisters(unit: 1, address: 2, count: 125) == Array(2..<127))
        try await connection.writeRegister(unit: 1, address: 10, value: 777)
        try await connection.writeRegisters(unit: 1, address: 11, values: [1, 2, 3])
        try await expect(connection, unit: 1, holds: [777, 1, 2, 3], from: 10)
        await #expect(throws: ModbusError.exception(.illegalDataAddress)) {
            try await connection.readHoldingRegisters(unit: 1, address: 300, count: 1)
        }
        await #expect(throws: ModbusError.countOutOfRange(126)) {
            try await connection.readHoldingRegisters(unit: 1, address: 0, count: 126)
        }
    }

    @Test func readsAndWritesByTCP() async throws {
        try await withTCPServer(RegisterFile(), configure: { $0.allowsWrites = true }) { port in
            try await ModbusConnection.withConnection(.tcp(host: "127.0.0.1", port: port)) { try await Self.exercise($0) }
        }
    }

    @Test func readsAndWritesInTheSameProcess() async throws {
        try await ModbusConnection.withConnection(.direct(RegisterFile())) { try await Self.exercise($0) }
    }

    @Test func readsAndWritesBySerialLine() async throws {
        try await withRTUServer(RegisterFile()) { path in
            try await ModbusConnection.withConnection(.serial(path: path, baudRate: .baud57600)) { try await Self.exercise($0) }
        }
    }

    @Test func repeatsAReadThatHadNoAnswer() async throws {
        try await withTCPServer(RegisterFile(), admit: Self.dropping(2)) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), timeout: .milliseconds(50), retries: 2)
            try await expect(connection, unit: 1, holds: [3], from: 3)
        }
    }

    @Test func tellsHowOftenItAsked() async throws {
        try await withTCPServer(RegisterFile(), admit: { .drop }) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), timeout: .milliseconds(20), retries: 2)
            await #expect(throws: ModbusError.noResponse(attempts: 3)) {
                try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1)
            }
        }
    }

    @Test func neverRepeatsAWriteThatHasLeft() async throws {
        let counter = Counter(seen: Atomic(0))
        let admit: Admit = {
            _ = counter.next()
            return .drop
        }
        try await withTCPServer(RegisterFile(), admit: admit, configure: { $0.allowsWrites = true }) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), timeout: .milliseconds(20), retries: 3)
            await #expect(throws: ModbusError.noResponse(attempts: 1)) {
                try await connection.writeRegister(unit: 1, address: 3, value: 1)
            }
        }
        #expect(counter.value == 1)
    }

    @Test func connectsAgainAfterTheServerCameBack() async throws {
        let address = Mutex<SocketAddress?>(nil)
        let reached = Mutex<ModbusConnection?>(nil)
        try await withTCPServer(RegisterFile()) { port in
            address.withLock { $0 = try? SocketAddress(ipAddress: "127.0.0.1", port: port) }
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port))
            try await expect(connection, unit: 1, holds: [3], from: 3)
            reached.withLock { $0 = connection }
        }
        let connection = try #require(reached.withLock { $0 })
        let known = try #require(address.withLock { $0 })
        await #expect(throws: ModbusError.linkFailed(.unreachable(host: "127.0.0.1", port: known.port ?? 0))) {
            try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1)
        }
        try await withTCPServer(RegisterFile(), configure: { $0.address = known }) { _ in
            try await expect(connection, unit: 1, holds: [3], from: 3)
        }
    }

    @Test func failsForAMissingDevice() async throws {
        let connection = ModbusConnection(.serial(path: "/dev/no-such-line", baudRate: .baud9600))
        await #expect(throws: ModbusError.linkFailed(.deviceUnavailable(path: "/dev/no-such-line", errno: 2))) {
            try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1)
        }
    }

    @Test func isCancelledWhileItWaits() async throws {
        try await withTCPServer(RegisterFile(), admit: { .drop }) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port), timeout: .seconds(50), retries: 0)
            await withTaskGroup(of: ModbusError?.self) { group in
                // The first waits for its answer, the second for the first.
                for _ in 0..<2 {
                    group.addTask {
                        do throws(ModbusError) {
                            _ = try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1)
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                group.cancelAll()
                for await error in group { #expect(error == .cancelled) }
            }
        }
    }

    @Test func serialisesManyCallers() async throws {
        try await withTCPServer(RegisterFile()) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for address in UInt16(0)..<50 {
                    group.addTask {
                        try await expect(connection, unit: 1, holds: [address], from: address)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func refusesRequestsOnceClosed() async throws {
        try await withTCPServer(RegisterFile()) { port in
            let connection = ModbusConnection(.tcp(host: "127.0.0.1", port: port))
            _ = try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1)
            await connection.close()
            await #expect(throws: ModbusError.linkFailed(.closed)) {
                try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1)
            }
        }
    }
}
