import Logging
import Modbus
import NIOCore
import NIOPosix
import NetVision
import PowerDevice
import ServiceLifecycle
import UPSSimulation

/// A NET VISION card: its UPS, its settings, its firmware, and the services that show them.
///
///     powered ──boot──▶ serving ──restart──▶ off for some seconds ──boot──▶ serving …
///                        │   ▲
///                        └───┘ another address, or a lost port
final class Card: Sendable {
    let plan: CardPlan
    let settings: SettingsStore
    let live: LiveSettings
    let faults: CardFaults
    let device = DeviceRecord()
    /// The way for others to ask the device, or to tell it something.
    let orders: DeviceOrders
    /// Wakes the poll loop.
    let pollBell = Doorbell()
    let firmware: CardFirmware
    let link: DeviceLink
    let lanListener: LANCardListener
    let eventLoopGroup: any EventLoopGroup
    let logger: Logger
    let uptime = Uptime()
    let clock: CardClock
    let engine: CardEngine
    let traps: CardTraps
    let controls: CardControls
    let logs: CardLogs
    let journal: CardJournal
    let recorder: CardRecorder
    let accounts: Accounts
    /// The alarm table.
    let alarms = ActiveAlarms()
    let watch: DeviceWatch
    let networkLink: NetworkLink
    /// Nil where there is no EMD.
    let sensor: CardSensor?
    private let interruptions = Interruptions()

    /// - Parameters:
    ///   - lanListener: hears the LAN protocol for all cards of the process; somebody else runs it.
    ///   - firmwareDirectory: where the slots are.
    ///   - sensor: the environment sensor at the card's EMD port, if it has one.
    ///   - logDatabase: where its logs are; somebody else runs and closes it. Nil keeps them in memory.
    ///   - time: what its clock goes by.
    init(
        _ plan: CardPlan, link: DeviceLink, lanListener: LANCardListener, firmwareDirectory: String, sensor: CardSensor? = nil,
        logDatabase: LogDatabase? = nil, time: TimeSource = .host, eventLoopGroup: any EventLoopGroup, logger: Logger
    ) throws(StateDirectoryError) {
        var logger = logger
        logger[metadataKey: "card"] = "\(plan.number)"
        self.plan = plan
        self.link = link
        self.sensor = sensor
        self.lanListener = lanListener
        self.eventLoopGroup = eventLoopGroup
        self.logger = logger
        if let directory = plan.directory { try StateFile.makeDirectory(directory) }
        settings = try SettingsStore(plan, logger: logger)
        live = LiveSettings(settings.settings)
        clock = try CardClock(directory: plan.directory, source: time) { [live] in live.localTime }
        logs = CardLogs(logDatabase ?? .inMemory(), card: plan.number) { [clock] in clock.text($0) }
        journal = CardJournal(logs: logs, clock: clock, logger: logger)
        recorder = CardRecorder(
            number: plan.number, device: device, sensor: sensor?.record, settings: { [settings] in settings.settings.logs }, logs: logs,
            clock: clock)
        networkLink = NetworkLink(journal: journal)
        watch = DeviceWatch(device: device, alarms: alarms, clock: clock, journal: journal)
        orders = DeviceOrders(bell: pollBell)
        faults = CardFaults(seed: plan.seed)
        engine = CardEngine(mac: plan.mac, directory: plan.directory)
        controls = CardControls(
            controller: DeviceController(
                contents: { [device] in device.contents },
                send: { [orders] write, unit async throws(ModbusError) in try await orders.write(write, unit: unit) },
                onDone: { [journal] in journal.note($0, by: $1) }, logger: logger),
            uptime: uptime)
        traps = CardTraps(plan: plan, settings: settings, device: device, faults: faults, uptime: uptime, logger: logger)
        accounts = Accounts(plan, settings: settings, clock: clock, journal: journal, traps: traps)
        firmware = CardFirmware(plan, directory: firmwareDirectory, faults: faults, journal: journal, logger: logger)
        connect()
    }

    /// Lets the parts of the card hear of each other.
    private func connect() {
        logs.onNotice { [weak journal] in journal?.note($0) }
        clock.onChange { [weak self] change in
            guard let self else { return }
            journal.note(change.event(at: address))
        }
        settings.admit = { [offset = plan.portOffset] old, new in PortAdmission.refusal(of: new, insteadOf: old, offset: offset) }
        settings.listen { [weak self] news in
            guard let self else { return }
            live.update(settings.settings)
            news.events.forEach { self.journal.note($0) }
            accounts.settingsChanged()
        }
    }

    /// The address at which it is found now.
    var address: String { AddressRange.text(settings.settings.network.address) }

    /// Where its services are: `SNMP 10161, Modbus TCP 10502, …`
    var portList: String {
        let settings = settings.settings
        return CardPort.list(plan.portOffset) { port in
            settings.enabledPorts.contains(port) ? settings.number(of: port, offset: .none) : nil
        }
    }

    /// Is switched on, and serves until the task is cancelled. Throws where a port can't be had from the start, and `CardStartsAgain` where a
    /// restart is others' affair.
    ///
    /// - Parameter onServing: called once, when all its services answer.
    func run(onServing: @escaping @Sendable () -> Void = {}) async throws {
        let first = Readiness(expecting: 1, then: onServing)
        logger.info("Card switched on", metadata: ["address": "\(address)", "mac": "\(plan.mac)"])
        try await powerUp()
        journal.note(plan.firmwareHost.isWarmStart ? .warmBoot : .coldBoot)
        while !Task.isCancelled {
            do {
                let services = CardServices(self)
                let interruption = try await services.run(until: interruptions) { [networkLink] in
                    networkLink.change(isUp: true)
                    first.partIsReady()
                }
                guard interruption == .restart else { continue }
                journal.note(.agentRestart)
                if await firmware.isStartedByOthers { throw CardStartsAgain() }
                try? await Task.sleep(for: plan.timing.restart)
                try await powerUp()
                journal.note(.warmBoot)
            } catch let restart as CardStartsAgain {
                throw restart
            } catch {
                guard first.isComplete else { throw error }
                logger.error("A port of the card is lost", metadata: ["error": "\(error)"])
                networkLink.change(isUp: false)
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func powerUp() async throws {
        try? await NIOThreadPool.singleton.runIfActive { [accounts] in accounts.digestPasswords() }
        await firmware.boot()
        device.reset()
        traps.reset()
        watch.reset()
        controls.reset()
        sensor?.record.reset()
        uptime.restart()
        try await engine.start(logger: logger)
    }
}

// MARK: - What the card is told to do

extension Card {
    /// Restarts the card soon: whoever asked gets his answer first.
    func restart() {
        guard !faults.isSet(.neverReboot) else { return logger.warning("Restart left out: the fault neverReboot is set") }
        interruptions.request(.restart)
    }

    /// Takes network settings over and moves to the new address; returns why not, or nil.
    ///
    /// With DHCP only the flag is kept: the address stays, for it is the host system's to lease.
    func setNetwork(_ new: NetworkSettings, by origin: ChangeOrigin) -> String? {
        let current = settings.settings.network
        var network = new
        if new.usesDHCP {
            network = current
            network.usesDHCP = true
        }
        do throws(SettingsRefusal) {
            try settings.change(by: origin) { settings throws(SettingsProblem) in settings.network = network }
        } catch {
            return "The network settings are refused: \(error)"
        }
        logger.notice("Network settings changed", metadata: ["address": "\(address)"])
        return nil
    }

    /// A real card blinks; this one says so.
    func identify(seconds: Int) {
        logger.notice("Identify", metadata: ["seconds": "\(seconds)", "address": "\(address)", "mac": "\(plan.mac)"])
    }

    /// What the card tells about itself by the LAN protocol.
    var announcement: Announcement {
        let plate = device.contents.snapshot.plate
        let settings = settings.settings
        return Announcement(
            card: plan.mac, network: settings.network, firmware: firmware.version.description, model: plate.model ?? "",
            reference: plate.reference ?? "", serial: plate.serial ?? "", systemName: settings.systemName,
            location: settings.systemLocation)
    }
}
