import Modbus
import NIOCore
import NetVision
import PowerDevice

/// Finds out what is at the other end of a link: baud rate, register map, control profile (manual ch. 7).
struct DeviceDetection: Sendable {
    let link: DeviceLink
    let polling: CardSettings.Polling
    let group: any EventLoopGroup
    /// The rate at which the device answered last; it is tried first.
    var lastBaudRate: BaudRate?

    private static let slave = Topology.systemSlave
    /// What a device may think before it answers; the time on a serial line comes on top.
    private static let patience = Duration.seconds(1)

    /// Opens the link.
    func open() async throws(ModbusError) -> DeviceSession {
        let baudRate = try await baudRate()
        let connection = connection(baudRate)
        do throws(ModbusError) {
            let map = try await map(of: connection)
            let controls = try await controls(of: connection, map: map)
            return DeviceSession(connection, map: map, controls: controls, polling: polling, baudRate: baudRate)
        } catch {
            await connection.close()
            throw error
        }
    }

    private func connection(_ baudRate: BaudRate?) -> ModbusConnection {
        switch link.route {
        case .serial(let path, _):
            let rate = baudRate ?? .baud9600
            return ModbusConnection(
                .serial(path: path, baudRate: rate), timeout: Self.patience,
                serialTimeout: polling.serialTimeout.map { .milliseconds($0) }, retries: 1, eventLoopGroup: group)
        case .tcp(let host, let port):
            return ModbusConnection(.tcp(host: host, port: port), timeout: Self.patience, retries: 1, eventLoopGroup: group)
        case .direct(let bank):
            return ModbusConnection(.direct(bank), eventLoopGroup: group)
        }
    }

    /// Nil where there is no serial line.
    private func baudRate() async throws(ModbusError) -> BaudRate? {
        guard case .serial(let path, let given) = link.route else { return nil }
        if let fixed = given ?? polling.baudRate { return fixed }
        // A device may keep silent about what it does not have: it is asked for a word of each map.
        let maps = link.map.map { [$0] } ?? DeviceLink.maps
        let candidates = BaudRate.detectionOrder
        return try await ModbusConnection.detectBaudRate(
            path: path, probes: maps.map { BaudRateProbe(unit: Self.slave, address: $0.liveRanges[0].address) },
            candidates: lastBaudRate.map { last in [last] + candidates.filter { $0 != last } } ?? candidates)
    }

    private func map(of connection: ModbusConnection) async throws(ModbusError) -> DeviceMap {
        if let map = link.map { return map }
        return try await DeviceMap.detect(at: connection, unit: Self.slave)
    }

    /// The profile that was given; else NVFleet's own where the device has its signature; else what is public of the map.
    private func controls(of connection: ModbusConnection, map: DeviceMap) async throws(ModbusError) -> ControlProfile {
        if let controls = link.controls, controls.map == map.name { return controls }
        for profile in map.controlProfiles where !profile.signature.isEmpty {
            if try await hasSignature(of: profile, connection) { return profile }
        }
        return map.controls
    }

    private func hasSignature(of profile: ControlProfile, _ connection: ModbusConnection) async throws(ModbusError) -> Bool {
        for word in profile.signature {
            do throws(ModbusError) {
                let found = try await connection.readHoldingRegisters(unit: Self.slave, address: word.address, count: 1)
                guard found == [word.value] else { return false }
            } catch {
                switch error {
                case .exception, .noResponse: return false
                case .malformedResponse, .linkFailed, .countOutOfRange, .cancelled: throw error
                }
            }
        }
        return true
    }
}
