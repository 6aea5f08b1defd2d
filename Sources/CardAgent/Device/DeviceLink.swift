import Modbus
import NIOCore
import PowerDevice

/// The way to a UPS.
enum DeviceLink: Sendable {
    /// A serial line; what is nil is found out.
    case serial(path: String, baudRate: BaudRate?, map: DeviceMap?)
    case tcp(host: String, port: Int, map: DeviceMap?)
    /// A device in this process.
    case direct(any RegisterBank, DeviceMap)

    /// The slave number that the manual (§6) has set on the UPS.
    static let unit: UInt8 = 1
    /// The maps that the card knows, in the order in which it looks for them.
    static let maps: [DeviceMap] = [.vuMap]

    /// A link that has been found to work.
    struct Session: Sendable {
        let connection: ModbusConnection
        let map: DeviceMap

        func read(_ range: RegisterRange) async throws(ModbusError) -> [UInt16] {
            try await connection.readHoldingRegisters(unit: DeviceLink.unit, address: range.address, count: range.count)
        }
    }

    /// Opens the link: finds the baud rate and the register map where they are not given (manual ch. 7).
    func open(on group: any EventLoopGroup) async throws(ModbusError) -> Session {
        let link: ModbusConnection.Link
        let known: DeviceMap?
        switch self {
        case .serial(let path, let given, let map):
            link = .serial(path: path, baudRate: try await Self.baudRate(given, path: path))
            known = map
        case .tcp(let host, let port, let map):
            link = .tcp(host: host, port: port)
            known = map
        case .direct(let bank, let map):
            link = .direct(bank)
            known = map
        }
        let connection = ModbusConnection(link, timeout: .seconds(1), retries: 1, eventLoopGroup: group)
        do throws(ModbusError) {
            return Session(connection: connection, map: try await Self.map(known, of: connection))
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func baudRate(_ given: BaudRate?, path: String) async throws(ModbusError) -> BaudRate {
        if let given { return given }
        return try await ModbusConnection.detectBaudRate(path: path, unit: unit, probe: maps[0].liveRanges[0].address)
    }

    /// The first map whose configuration words the device has.
    private static func map(_ given: DeviceMap?, of connection: ModbusConnection) async throws(ModbusError) -> DeviceMap {
        if let given { return given }
        var failure = ModbusError.exception(.illegalDataAddress)
        for map in maps {
            do throws(ModbusError) {
                for range in map.configurationRanges {
                    _ = try await connection.readHoldingRegisters(unit: unit, address: range.address, count: range.count)
                }
                return map
            } catch {
                guard case .exception = error else { throw error }
                failure = error
            }
        }
        throw failure
    }
}
