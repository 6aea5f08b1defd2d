import Modbus
import NIOCore
import Synchronization

/// Connects to Modbus TCP servers, asks each for what the rating plates of the three maps hold, and closes at once.
///
/// A card has one connection for all its clients: it is taken for some milliseconds.
final class ModbusProbe: Sendable {
    /// Connections at a time. Where nothing answers each of them waits for its end.
    static let concurrency = 512
    static let patience = Duration.seconds(3)
    /// Datagrams that the making of a connection costs.
    private static let packets = 2

    private let addresses: AddressList
    private let port: Int
    private let pace: PacketPace
    private let group: any EventLoopGroup
    private let shared = Mutex(MethodProgress())

    init(_ addresses: AddressList, port: Int, pace: PacketPace, group: any EventLoopGroup) {
        self.addresses = addresses
        self.port = port
        self.pace = pace
        self.group = group
        shared.withLock { $0.total = addresses.count }
    }

    var progress: MethodProgress { shared.withLock { $0 } }

    /// Returns when all were asked. Throws `CancellationError`.
    func run(saw: @Sendable @escaping (Sighting) -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for index in 0..<addresses.count {
                try await pace.take(Self.packets)
                if index >= Self.concurrency { try await tasks.next() }
                let address = addresses[index]
                tasks.addTask {
                    let sighting = await self.ask(AddressRange.text(address))
                    self.shared.withLock { progress in
                        progress.probed += 1
                        progress.sent += 1
                        if sighting != nil { progress.answered += 1 }
                    }
                    if let sighting { saw(sighting) }
                }
            }
            try await tasks.waitForAll()
        }
        shared.withLock { $0.isDone = true }
    }

    private func ask(_ address: String) async -> Sighting? {
        let connection = ModbusConnection(
            .tcp(host: address, port: port), timeout: Self.patience, retries: 0, eventLoopGroup: group)
        let identity: CardIdentity?
        do {
            identity = try await ModbusCardReader(PacedSource(connection: connection, pace: pace)).identify()
        } catch {
            identity = nil
        }
        await connection.close()
        guard let identity else { return nil }
        let device = [identity.model ?? identity.kind.title, identity.serial].compactMap(\.self).joined(separator: " ")
        return Sighting(
            address: address, method: .modbus, identity: identity, evidence: ["serves the Modbus registers of \(device)"])
    }

    /// A connection whose requests are packets of the search like others.
    private struct PacedSource: RegisterSource {
        let connection: ModbusConnection
        let pace: PacketPace

        func readHoldingRegisters(unit: UInt8, address: UInt16, count: Int) async throws(ModbusError) -> [UInt16] {
            do { try await pace.take(1) } catch { throw .cancelled }
            return try await connection.readHoldingRegisters(unit: unit, address: address, count: count)
        }
    }
}
