import Glibc
import Modbus
import NIOCore
import Testing

/// A client on a line as it is: slow, set wrong, noisy, cut.
@Suite(.timeLimit(.minutes(1))) struct SerialLineTests {
    static let rates = BaudRate.detectionOrder
    /// One character in fifty is hit.
    static let noise = LineNoise(LineNoise.Rates(hit: 20_000), seed: 4)

    static func connection(_ path: String, _ baudRate: BaudRate, retries: Int = 0) -> ModbusConnection {
        ModbusConnection(.serial(path: path, baudRate: baudRate), retries: retries)
    }

    @Test func aLongAnswerTakesItsTimeAndIsNotCutOff() async throws {
        try await withRTUServer(RegisterFile(), baudRate: .baud2400) { path in
            let connection = ModbusConnection(
                .serial(path: path, baudRate: .baud2400), timeout: .milliseconds(200), serialTimeout: .zero, retries: 0)
            let clock = ContinuousClock()
            let took = try await clock.measure { try await expect(connection, unit: 1, holds: Array(0..<125), from: 0) }
            // 8 and 255 characters of 11 bits, and t3.5.
            #expect(took >= .milliseconds(1221))
        }
    }

    @Test(arguments: [BaudRate.baud19200, .baud57600]) func answersAtEachOfItsRates(baudRate: BaudRate) async throws {
        try await withRTUServer(RegisterFile(), baudRate: baudRate) { path in
            try await expect(Self.connection(path, baudRate), unit: 1, holds: Array(5..<55), from: 5)
        }
    }

    @Test func aWrongRateHasNoAnswerAndTheRightOneHasAgain() async throws {
        let bank = RegisterFile()
        try await withRTUServer(bank, baudRate: .baud19200) { path in
            for wrong in BaudRate.allCases where wrong != .baud19200 {
                let connection = ModbusConnection(
                    .serial(path: path, baudRate: wrong), timeout: .milliseconds(20), serialTimeout: .zero, retries: 0)
                await #expect(throws: ModbusError.noResponse(attempts: 1)) {
                    try await connection.writeRegister(unit: 1, address: 3, value: 99)
                }
                await connection.close()
            }
            try await expect(Self.connection(path, .baud19200), unit: 1, holds: [3], from: 3)
        }
    }

    @Test func anAnswerAtAnotherRateIsGarbage() async throws {
        try await withRTUServer(RegisterFile(), baudRate: .baud9600) { path in
            let line = open(path, O_RDWR | O_NOCTTY)
            defer { close(line) }
            let request = Array(RTUFrame(unit: 1, pdu: bytes("03 00 10 00 10")).encoded.readableBytesView)
            #expect(write(line, request, request.count) == request.count)
            // The answer has begun when its first character is there.
            var byte: UInt8 = 0
            #expect(read(line, &byte, 1) == 1)
            var settings = termios()
            #expect(tcgetattr(line, &settings) == 0)
            #expect(cfsetspeed(&settings, speed_t(B57600)) == 0)
            #expect(tcsetattr(line, TCSANOW, &settings) == 0)
            var heard: [UInt8] = [byte]
            var arrival = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
            while poll(&arrival, 1, 100) == 1, read(line, &byte, 1) == 1 { heard.append(byte) }
            let answer: [UInt8] = [1, 3, 32] + (0x10..<0x20).flatMap { [0, $0] }
            #expect(heard.count > answer.count)
            #expect(!heard.starts(with: answer))
        }
    }

    @Test(arguments: rates) func detectionFindsEachRate(baudRate: BaudRate) async throws {
        try await withRTUServer(RegisterFile(), baudRate: baudRate) { path in
            // The device has no such register, and says so.
            let probes = [BaudRateProbe(address: 0x4000)]
            let found = try await ModbusConnection.detectBaudRate(path: path, probes: probes, timeout: .milliseconds(100))
            #expect(found == baudRate)
        }
    }

    @Test func detectionGoesOnWithTheNextProbe() async throws {
        try await withRTUServer(RegisterFile(), unit: 7, baudRate: .baud9600) { path in
            let probes = [BaudRateProbe(unit: 1, address: 0), BaudRateProbe(unit: 7, address: 0, count: 4)]
            let found = try await ModbusConnection.detectBaudRate(
                path: path, probes: probes, candidates: [.baud57600, .baud9600], timeout: .milliseconds(100))
            #expect(found == .baud9600)
        }
    }

    @Test func detectionEndsWhereNobodyAnswers() async throws {
        try await withRTUServer(RegisterFile(), admit: { .drop }) { path in
            await #expect(throws: ModbusError.noResponse(attempts: 4)) {
                try await ModbusConnection.detectBaudRate(
                    path: path, unit: 1, probe: 0, candidates: [.baud57600, .baud19200], timeout: .milliseconds(10))
            }
        }
    }

    @Test(arguments: [(BaudRate.baud57600, UInt64(1)), (.baud19200, 2), (.baud9600, 3)])
    func detectionWorksOnANoisyLine(baudRate: BaudRate, seed: UInt64) async throws {
        let faults = LineFaults(noise: LineNoise(Self.noise.rates, seed: seed))
        try await withRTUServer(RegisterFile(), baudRate: baudRate, faults: faults) { path in
            let probes = (0..<5).map { BaudRateProbe(address: $0) }
            let found = try await ModbusConnection.detectBaudRate(path: path, probes: probes, timeout: .milliseconds(50))
            #expect(found == baudRate)
        }
    }

    @Test func noiseCostsTimeButNoWrongValue() async throws {
        let faults = LineFaults(noise: Self.noise)
        try await withRTUServer(RegisterFile(), faults: faults) { path in
            let connection = ModbusConnection(.serial(path: path, baudRate: .baud57600), timeout: .milliseconds(30), retries: 20)
            for address in UInt16(0)..<40 {
                try await expect(connection, unit: 1, holds: Array(address..<address + 5), from: address)
            }
        }
    }

    @Test func aCutLineWorksAgainOnceItIsMended() async throws {
        let faults = LineFaults()
        try await withRTUServer(RegisterFile(), faults: faults) { path in
            let connection = ModbusConnection(.serial(path: path, baudRate: .baud57600), timeout: .milliseconds(100), retries: 2)
            try await expect(connection, unit: 1, holds: [3], from: 3)
            faults.setCut(true)
            await #expect(throws: ModbusError.noResponse(attempts: 3)) {
                try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1)
            }
            faults.setCut(false)
            try await expect(connection, unit: 1, holds: [4], from: 4)
        }
    }

    @Test func aPortThatComesBackIsOpenedAgain() async throws {
        try await ModbusRTUServerTests.withFreshPath { link in
            let connection = Self.connection(link, .baud57600, retries: 1)
            for address in UInt16(0)..<3 {
                try await withRTUServer(RegisterFile(), link: link) { _ in
                    try await expect(connection, unit: 1, holds: [address], from: address)
                }
                await #expect(throws: ModbusError.linkFailed(.deviceUnavailable(path: link, errno: ENOENT))) {
                    try await connection.readHoldingRegisters(unit: 1, address: 3, count: 1)
                }
            }
        }
    }

    @Test func theRestOfAnAnswerGivenUpIsNotTakenForTheNextOne() async throws {
        try await withRTUServer(RegisterFile(), baudRate: .baud9600) { path in
            let line = open(path, O_RDWR | O_NOCTTY)
            defer { close(line) }
            let request = Array(RTUFrame(unit: 1, pdu: bytes("03 00 00 00 7D")).encoded.readableBytesView)
            #expect(write(line, request, request.count) == request.count)
            var byte: UInt8 = 0
            #expect(read(line, &byte, 1) == 1)
            // The other 254 characters are still coming.
            try await expect(Self.connection(path, .baud9600, retries: 1), unit: 1, holds: Array(100..<225), from: 100)
        }
    }

    @Test func manyLinesFitAProcess() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await withRTUServer(RegisterFile(), baudRate: .baud19200) { path in
                        let connection = ModbusConnection(.serial(path: path, baudRate: .baud19200), retries: 0)
                        for address in UInt16(0)..<5 { try await expect(connection, unit: 1, holds: [address], from: address) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
