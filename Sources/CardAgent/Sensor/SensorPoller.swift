import Logging
import Modbus
import NIOCore
import PowerDevice

/// Keeps a `SensorRecord` up to date: asks the sensor every other second, and notices that it has been unplugged, and that it is back.
struct SensorPoller: Sendable {
    let link: ModbusConnection.Link
    let record: SensorRecord
    let interval: Duration
    let settings: @Sendable () -> EnvironmentSettings
    let group: any EventLoopGroup
    let logger: Logger
    /// Called with the conditions that have begun, become critical, or ended, if there are any.
    let onEvents: @Sendable ([EnvironmentEvent]) -> Void

    /// Polls without an answer after which the sensor is taken to be gone.
    static let patience = 3

    /// Polls until the task is cancelled.
    func run() async {
        let connection = ModbusConnection(link, timeout: .seconds(1), retries: 0, eventLoopGroup: group)
        let clock = ContinuousClock()
        var next = clock.now
        var failures = 0
        while !Task.isCancelled {
            let words = await read(connection)
            failures = words == nil ? failures + 1 : 0
            if words != nil || failures >= Self.patience { take(words) }
            next = max(next + interval, clock.now + interval / 10)
            try? await clock.sleep(until: next)
        }
        await connection.close()
    }

    /// Nil if the sensor does not answer. One that is not activated is not asked.
    private func read(_ connection: ModbusConnection) async -> [UInt16]? {
        guard settings().isEnabled else { return nil }
        do throws(ModbusError) {
            return try await connection.readHoldingRegisters(
                unit: EnvironmentSensor.slave, address: EnvironmentSensor.range.address, count: EnvironmentSensor.range.count)
        } catch {
            logger.debug("The EMD does not answer", metadata: ["modbus.error": "\(error)"])
            return nil
        }
    }

    private func take(_ words: [UInt16]?) {
        guard !Task.isCancelled else { return }
        let wasPresent = record.contents.isPresent
        let events = record.update(words, settings: settings())
        let contents = record.contents
        if contents.isPresent != wasPresent {
            let firmware = contents.identity?.firmware ?? ""
            if contents.isPresent {
                logger.info("EMD found", metadata: ["firmware": "\(firmware)"])
            } else {
                logger.notice("EMD lost")
            }
        }
        if !events.isEmpty { onEvents(events) }
    }
}
