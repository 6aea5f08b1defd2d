import Glibc
import Modbus
import NIOCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct ModbusRTUServerTests {
    /// Lends a path in a new directory of its own to `body`, and removes both.
    static func withFreshPath(_ body: (String) async throws -> Void) async throws {
        var template = Array((P_tmpdir + "/modbus-XXXXXX").utf8CString)
        try #require(mkdtemp(&template) != nil)
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer {
            unlink(directory + "/ups")
            rmdir(directory)
        }
        try await body(directory + "/ups")
    }

    @Test func answersOnlyItsUnit() async throws {
        try await withRTUServer(RegisterFile(), unit: 5) { path in
            let connection = ModbusConnection(.serial(path: path, baudRate: .baud57600), timeout: .milliseconds(100), retries: 0)
            await #expect(throws: ModbusError.noResponse(attempts: 1)) {
                try await connection.readHoldingRegisters(unit: 4, address: 3, count: 1)
            }
            try await expect(connection, unit: 5, holds: [3], from: 3)
        }
    }

    @Test func obeysABroadcastWithoutAnAnswer() async throws {
        let bank = RegisterFile()
        try await withRTUServer(bank) { path in
            let connection = ModbusConnection(.serial(path: path, baudRate: .baud57600), timeout: .milliseconds(100))
            await #expect(throws: ModbusError.noResponse(attempts: 1)) {
                try await connection.writeRegister(unit: 0, address: 3, value: 99)
            }
            #expect(bank[3] == 99)
        }
    }

    @Test func staysWhenTheOtherSideClosesAndComesBack() async throws {
        try await withRTUServer(RegisterFile()) { path in
            for address in UInt16(0)..<5 {
                try await ModbusConnection.withConnection(.serial(path: path, baudRate: .baud57600)) { connection in
                    try await expect(connection, unit: 1, holds: [address], from: address)
                }
            }
        }
    }

    /// Tells when it is read.
    struct SignallingBank: RegisterBank {
        let registers = RegisterFile()
        let reads: AsyncStream<UInt16>.Continuation

        func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
            reads.yield(address)
            return try registers.read(unit: unit, address: address, count: count)
        }

        func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) {
            try registers.write(unit: unit, address: address, values: values)
        }
    }

    @Test func anUnreadAnswerIsGoneWhenTheNextRequestIsHeard() async throws {
        let (reads, signal) = AsyncStream.makeStream(of: UInt16.self)
        try await withRTUServer(SignallingBank(reads: signal)) { path in
            let line = open(path, O_RDWR | O_NOCTTY)
            defer { close(line) }
            var served = reads.makeAsyncIterator()
            for address in ["09", "05"] {
                let request = Array(RTUFrame(unit: 1, pdu: bytes("03 00 \(address) 00 01")).encoded.readableBytesView)
                #expect(write(line, request, request.count) == request.count)
                _ = await served.next()
                // The bank is read just before the answer leaves.
                var arrival = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
                #expect(poll(&arrival, 1, 5000) == 1)
            }
            var heard: [UInt8] = []
            var byte: UInt8 = 0
            while heard.count < 7, read(line, &byte, 1) == 1 { heard.append(byte) }
            #expect(ByteBuffer(bytes: heard) == RTUFrame(unit: 1, pdu: bytes("03 02 00 05")).encoded)
        }
    }

    @Test func linksItsTerminalAndRemovesTheLink() async throws {
        try await Self.withFreshPath { link in
            // What a killed server leaves behind.
            #expect(symlink("/dev/pts/no-such-terminal", link) == 0)
            try await withRTUServer(RegisterFile(), link: link) { path in
                #expect(path == link)
                try await ModbusConnection.withConnection(.serial(path: link, baudRate: .baud57600)) { connection in
                    try await expect(connection, unit: 1, holds: [7], from: 7)
                }
            }
            var status = stat()
            #expect(lstat(link, &status) == -1)
        }
    }

    @Test func doesNotReplaceAFile() async throws {
        try await Self.withFreshPath { link in
            let file = open(link, O_CREAT | O_WRONLY, 0o600)
            close(file)
            await #expect(throws: ModbusError.linkFailed(.deviceUnavailable(path: link, errno: EEXIST))) {
                try await withRTUServer(RegisterFile(), link: link) { _ in }
            }
        }
    }

    @Test func serialClientSeesTheServerGo() async throws {
        let (connections, opened) = AsyncStream.makeStream(of: ModbusConnection.self)
        try await Self.withFreshPath { link in
            try await withRTUServer(RegisterFile(), link: link) { path in
                let connection = ModbusConnection(.serial(path: path, baudRate: .baud57600), timeout: .milliseconds(200), retries: 1)
                try await expect(connection, unit: 1, holds: [7], from: 7)
                opened.yield(connection)
            }
            for await connection in connections.prefix(1) {
                await #expect(throws: ModbusError.linkFailed(.deviceUnavailable(path: link, errno: ENOENT))) {
                    try await connection.readHoldingRegisters(unit: 1, address: 7, count: 1)
                }
            }
        }
    }
}
