import Logging
import Modbus
import NIOCore

/// Lends a running TCP server's port on 127.0.0.1 to `body`, and ends the server.
func withTCPServer(
    _ bank: any RegisterBank, admit: Admit? = nil, configure: (inout ModbusTCPServer.Configuration) -> Void = { _ in },
    _ body: @Sendable (Int) async throws -> Void
) async throws {
    var configuration = ModbusTCPServer.Configuration(address: try SocketAddress(ipAddress: "127.0.0.1", port: 0))
    configure(&configuration)
    let (running, started) = AsyncStream.makeStream(of: Int.self)
    let server = ModbusTCPServer(configuration, bank: bank, admit: admit) { started.yield($0.port ?? 0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { started.finish() }
            try await server.run()
        }
        for await port in running.prefix(1) { try await body(port) }
        group.cancelAll()
        try await group.waitForAll()
    }
}

/// Lends the path of a pseudo-terminal that an RTU server answers on to `body`, and ends the server.
func withRTUServer(
    _ bank: any RegisterBank, unit: UInt8 = 1, link: String? = nil, baudRate: BaudRate = .baud57600, admit: Admit? = nil,
    faults: LineFaults? = nil,
    _ body: @Sendable (String) async throws -> Void
) async throws {
    let (running, started) = AsyncStream.makeStream(of: String.self)
    let configuration = ModbusRTUServer.Configuration(line: .pseudoTerminal(link: link, baudRate: baudRate), unit: unit)
    let server = ModbusRTUServer(configuration, bank: bank, admit: admit, faults: faults) { started.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { started.finish() }
            try await server.run()
        }
        for await path in running.prefix(1) { try await body(path) }
        group.cancelAll()
        try await group.waitForAll()
    }
}
