import Logging
import Modbus
import NIOCore
import PowerDevice

/// Keeps a `DeviceRecord` up to date: opens the link, polls, notices that the UPS is gone, and that it is back.
struct DevicePoller: Sendable {
    let link: DeviceLink
    let record: DeviceRecord
    let interval: Duration
    let group: any EventLoopGroup
    let logger: Logger
    /// Hundredths of a second since the card started.
    let uptime: @Sendable () -> UInt32
    /// Called when the record is as the device was a moment ago, or has been told that the device is lost.
    let onPolled: @Sendable () -> Void

    private struct Progress {
        var schedule = PollSchedule()
        var session: DeviceLink.Session?
        var registers = DeviceMap.vuMap.emptyRegisters
        var wasLost = false
    }

    /// Polls until the task is cancelled.
    func run() async {
        var progress = Progress()
        let clock = ContinuousClock()
        var next = clock.now
        while !Task.isCancelled {
            await poll(&progress)
            // A slow line must not make the card poll without a pause.
            next = max(next + interval, clock.now + interval / 10)
            try? await clock.sleep(until: next)
        }
        await progress.session?.connection.close()
    }

    private func poll(_ progress: inout Progress) async {
        do throws(ModbusError) {
            let session = try await open(&progress)
            for range in progress.schedule.ranges(of: session.map) {
                progress.registers.store(try await session.read(range), at: range.address)
            }
            if !progress.schedule.isAnswering {
                logger.log(level: progress.wasLost ? .notice : .info, "Communication with the UPS established")
            }
            progress.schedule.succeeded()
            record.update(progress.registers, map: session.map, uptime: uptime())
            onPolled()
        } catch {
            await failed(error, &progress)
        }
    }

    private func open(_ progress: inout Progress) async throws(ModbusError) -> DeviceLink.Session {
        if let session = progress.session { return session }
        let session = try await link.open(on: group)
        progress.session = session
        progress.registers = session.map.emptyRegisters
        return session
    }

    private func failed(_ error: ModbusError, _ progress: inout Progress) async {
        guard progress.schedule.failed() == .giveUp, !Task.isCancelled else { return }
        progress.wasLost = true
        logger.warning("Communication with the UPS lost", metadata: ["modbus.error": "\(error)"])
        record.communicationLost(map: progress.session?.map ?? .vuMap, uptime: uptime())
        onPolled()
        // The line may come back at another rate, with another device on it.
        await progress.session?.connection.close()
        progress.session = nil
    }
}
