import Logging
import Modbus
import NIOCore
import PowerDevice

/// Keeps a `DeviceRecord` up to date: opens the link, polls, does what is ordered, notices that the device is gone, and that it is back.
struct DevicePoller: Sendable {
    let link: DeviceLink
    let record: DeviceRecord
    let settings: SettingsStore
    let timing: CardTiming
    let group: any EventLoopGroup
    let logger: Logger
    /// What is to be done between the reads.
    let orders: DeviceOrders
    /// Ends the wait for the next poll.
    let bell: Doorbell
    /// Hundredths of a second since the card started.
    let uptime: @Sendable () -> UInt32
    /// Called when the record is as the device was a moment ago, or has been told that the device is lost.
    let onPolled: @Sendable () -> Void

    private struct Progress {
        var schedule: PollSchedule
        var session: DeviceSession?
        var registers = RegisterFile([])
        var units: [Int: RegisterFile] = [:]
        var wasLost = false
        var lastBaudRate: BaudRate?
    }

    /// Polls until the task is cancelled.
    func run() async {
        var progress = Progress(schedule: PollSchedule(configurationPeriod: TimeAmount(timing.pollSecond * 20)))
        while !Task.isCancelled {
            let start = ContinuousClock.now
            await poll(&progress)
            let interval = timing.pollSecond * settings.settings.polling.rate
            // A slow line must not make the card poll without a pause.
            let next = max(start + interval, .now + interval / 10)
            await bell.sleep(TimeAmount(ContinuousClock.now.duration(to: next)), on: group.any())
        }
        orders.close()
        await progress.session?.close()
    }

    private func poll(_ progress: inout Progress) async {
        do throws(ModbusError) {
            try await pollSystem(&progress)
        } catch {
            return await failed(error, &progress)
        }
        for turn in progress.schedule.turns() {
            // One silent unit is waited for at most: the system's turn comes first.
            guard await poll(turn, &progress), !Task.isCancelled else { return }
        }
    }

    // MARK: - The system

    private func pollSystem(_ progress: inout Progress) async throws(ModbusError) {
        var session = try await open(&progress)
        let isFull = progress.schedule.isConfigurationDue(at: .now())
        do throws(ModbusError) {
            try await read(
                &progress.registers, ranges: session.ranges(isFull: isFull, isSystem: true), of: Topology.systemSlave, &session)
        } catch {
            progress.session = session
            throw error
        }
        progress.session = session
        if !progress.schedule.isAnswering {
            logger.log(level: progress.wasLost ? .notice : .info, "Communication with the UPS established")
        }
        progress.schedule.succeeded(readConfiguration: isFull, at: .now())
        let device = DeviceRecord.Device(
            map: session.map, controls: session.controls,
            topology: Topology(of: progress.registers, map: session.map, units: progress.units))
        record.update(progress.registers, of: device, uptime: uptime())
        follow(device.topology, &progress)
        orders.open()
        onPolled()
    }

    /// Reads the blocks into the file, and does what is ordered in between.
    private func read(
        _ registers: inout RegisterFile, ranges: [RegisterRange], of slave: UInt8, _ session: inout DeviceSession
    ) async throws(ModbusError) {
        var hasWords = false
        for range in ranges {
            await obey(session)
            let words = try await session.read(range, of: slave)
            registers.store(words, at: range.address)
            hasWords = hasWords || !words.isEmpty
        }
        await obey(session)
        guard hasWords else { throw .exception(.illegalDataAddress) }
    }

    /// Does what has been ordered meanwhile, one order after the other.
    private func obey(_ session: DeviceSession) async {
        while let order = orders.next() {
            do throws(ModbusError) {
                order.complete(.success(try await session.perform(order.action, unit: order.unit)))
            } catch {
                order.complete(.failure(error))
            }
        }
    }

    /// The session that there is, or a new one where there is none or its settings have changed.
    private func open(_ progress: inout Progress) async throws(ModbusError) -> DeviceSession {
        let polling = settings.settings.polling
        if let session = progress.session {
            guard session.polling.baudRate != polling.baudRate || session.polling.serialTimeout != polling.serialTimeout else {
                return session
            }
            await hangUp(&progress)
        }
        let session = try await DeviceDetection(
            link: link, polling: polling, group: group, lastBaudRate: progress.lastBaudRate
        ).open()
        logger.info(
            "Device found",
            metadata: ["map": "\(session.map.name)", "baud.rate": "\(session.baudRate.map { String($0.rawValue) } ?? "-")"])
        progress.session = session
        progress.lastBaudRate = session.baudRate
        progress.registers = session.emptyRegisters
        progress.units = [:]
        return session
    }

    private func failed(_ error: ModbusError, _ progress: inout Progress) async {
        guard !Task.isCancelled else { return }
        switch progress.schedule.failed() {
        case .carryOn:
            logger.debug("Poll failed", metadata: ["modbus.error": "\(error)"])
        case .giveUp:
            progress.wasLost = true
            orders.close()
            logger.warning("Communication with the UPS lost", metadata: ["modbus.error": "\(error)"])
            record.communicationLost(uptime: uptime())
            onPolled()
            // The line may come back at another rate, with another device on it.
            await hangUp(&progress)
        case .startOver:
            await hangUp(&progress)
        }
    }

    private func hangUp(_ progress: inout Progress) async {
        await progress.session?.close()
        progress.session = nil
    }

    // MARK: - Units

    /// The units that are asked: all, or the selected one alone (manual §15.3).
    private func follow(_ topology: Topology, _ progress: inout Progress) {
        let selected = settings.settings.dataUnit
        let units = topology.units.contains(selected) ? [selected] : topology.units
        progress.schedule.follow(units: units)
        progress.units = progress.units.filter { units.contains($0.key) }
        record.keep(units: units)
    }

    /// False where the unit did not answer.
    private func poll(_ turn: PollSchedule.Turn, _ progress: inout Progress) async -> Bool {
        guard var session = progress.session else { return false }
        var registers = progress.units[turn.unit] ?? session.map.emptyRegisters
        do throws(ModbusError) {
            try await read(
                &registers, ranges: session.ranges(isFull: turn.readsConfiguration, isSystem: false),
                of: Topology.slave(ofUnit: turn.unit), &session)
            progress.session = session
        } catch {
            progress.session = session
            if progress.schedule.failed(turn) == .giveUp {
                logger.warning("A unit does not answer", metadata: ["unit": "\(turn.unit)", "modbus.error": "\(error)"])
                progress.units[turn.unit] = nil
                record.update(unit: turn.unit, nil, uptime: uptime())
            }
            return false
        }
        progress.schedule.succeeded(turn)
        progress.units[turn.unit] = registers
        record.update(unit: turn.unit, registers, uptime: uptime())
        return true
    }
}
