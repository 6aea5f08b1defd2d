import Glibc
import Logging
import Modbus
import NIOCore
import NetVision
import PowerDevice
import SNMP
import ServiceLifecycle
import TFTP
import UPSSimulation

/// What a card offers while it is on, at the address that it has now: SNMP, Modbus TCP, LAN protocol, TFTP, and the polling behind them.
struct CardServices {
    let card: Card
    let address: String
    let lan: CardLANService
    let agentStatistics = AgentStatisticsSource()
    let tree: CardObjectTree

    init(_ card: Card) {
        self.card = card
        address = card.address
        tree = CardObjectTree(
            device: card.device, settings: card.settings, controls: card.controls, sensor: card.sensor?.record, mac: card.plan.mac,
            firmware: card.firmware.version.description,
            uptime: { [uptime = card.uptime] in uptime.ticks },
            statistics: { [agentStatistics, traps = card.traps] in
                var statistics = agentStatistics.current
                statistics.outTraps = UInt32(truncatingIfNeeded: traps.statistics.sent)
                return statistics
            }, engine: Self.engine(of: card, card.settings.settings), actions: CardActions(card), polls: card.pollBell)
        lan = CardLANService(
            mac: card.plan.mac, accounts: card.accounts, faults: card.faults, on: card.eventLoopGroup.next(),
            orders: .init(
                setNetwork: { [unowned card] in card.setNetwork($0, by: $1) }, identify: { [unowned card] in card.identify(seconds: $0) },
                restart: { [unowned card] in card.reset(.restart, by: $0) }),
            accepts: { [live = card.live] in live.firewall.accepts($0) }, announcement: { [unowned card] in card.announcement })
    }

    /// Serves until somebody interrupts, a port is lost, or the task is cancelled (nil). All ports are closed when it returns.
    ///
    /// - Parameter onServing: called when all ports are open.
    func run(until interruptions: Interruptions, onServing: @escaping @Sendable () -> Void) async throws -> Interruption? {
        let requests = interruptions.listen()
        defer { interruptions.stopListening() }
        let (opened, opening) = AsyncStream<Never>.makeStream()
        let supervisors = CardPort.allCases.map(supervisor)
        let ports = Readiness(expecting: supervisors.count { $0.place() != nil }) { opening.finish() }
        follow(card.live, supervisors, interruptions)
        defer { card.live.stopListening() }
        return try await withThrowingTaskGroup(of: Interruption?.self) { tasks in
            defer { tasks.cancelAll() }
            for supervisor in supervisors {
                tasks.addTask {
                    try await supervisor.run { ports.partIsReady() }
                    return nil
                }
            }
            tasks.addTask {
                await poller.run()
                return nil
            }
            tasks.addTask { try await sendTraps() }
            tasks.addTask {
                await card.controls.controller.run()
                return nil
            }
            tasks.addTask {
                await controlClock.run()
                return nil
            }
            tasks.addTask {
                await card.recorder.run()
                return nil
            }
            if let sensorPoller {
                tasks.addTask {
                    await sensorPoller.run()
                    return nil
                }
            }
            tasks.addTask {
                for await _ in opened {}
                guard !Task.isCancelled else { return nil }
                await card.firmware.confirm()
                onServing()
                return nil
            }
            tasks.addTask { await first(of: requests, interruptions) }
            while let end = try await tasks.next() {
                if let end { return end }
            }
            return nil
        }
    }

    /// Lets changes of the settings count at once: whom the agent answers, which ports are open, and where the card is.
    private func follow(_ live: LiveSettings, _ supervisors: [PortSupervisor], _ interruptions: Interruptions) {
        live.listen { [agentStatistics, card, address] settings in
            agentStatistics.agent?.access = Self.access(of: card, settings)
            for supervisor in supervisors { supervisor.settingsChanged() }
            if AddressRange.text(settings.network.address) != address { interruptions.request(.addressChanged) }
        }
    }

    /// The interruption that has been asked for, once whoever asked for it can have got his answer.
    private func first(of requests: AsyncStream<Void>, _ interruptions: Interruptions) async -> Interruption? {
        for await _ in requests {
            let isRestarting = interruptions.requested == .restart
            if isRestarting { card.traps.raise(UPSTrap.agentRestarting) }
            try? await Task.sleep(for: card.plan.timing.closing)
            if !isRestarting, interruptions.requested == .restart { card.traps.raise(UPSTrap.agentRestarting) }
            return interruptions.requested
        }
        return nil
    }

    private var poller: DevicePoller {
        DevicePoller(
            link: card.link, record: card.device, settings: card.settings, timing: card.plan.timing, group: card.eventLoopGroup,
            logger: card.logger, orders: card.orders, bell: card.pollBell, uptime: { [uptime = card.uptime] in uptime.ticks },
            onPolled: {
                [traps = card.traps, watch = card.watch, recorder = card.recorder, controls = card.controls, device = card.device] in
                traps.devicePolled()
                watch.devicePolled()
                recorder.devicePolled()
                controls.devicePolled(device.contents)
            })
    }

    private var controlClock: ControlClock {
        ControlClock(
            controller: card.controls.controller, countdown: card.controls.countdown,
            settings: { [live = card.live] in live.control },
            isCommunicating: { [device = card.device] in device.contents.snapshot.state.isCommunicating },
            clock: card.clock, uptime: { [uptime = card.uptime] in uptime.seconds }, sessions: card.accounts.sessions)
    }

    private var sensorPoller: SensorPoller? {
        card.sensor.map { sensor in
            SensorPoller(
                link: sensor.link, record: sensor.record, interval: card.plan.timing.sensorInterval,
                settings: { [settings = card.settings] in settings.settings.sensor }, group: card.eventLoopGroup, logger: card.logger,
                onEvents: { [traps = card.traps, journal = card.journal] events in
                    for event in events { journal.note(.sensor(event)) }
                    // By the numbers of a UPS card; those of a card in an STS are told by the traps themselves.
                    for event in events { traps.raise(event.condition.trap(on: .ups, isActive: event.isActive)) }
                })
        }
    }

    // MARK: - SNMPv3 and traps

    /// Users are served at the level of their keys and no lower.
    static func engine(of card: Card, _ settings: CardSettings) -> AgentAccess.Engine {
        let identity = card.engine.identity
        return AgentAccess.Engine(
            engineID: identity.id, clock: identity.clock, users: settings.users.map { LocalEngine.User($0.user, $0.access) })
    }

    /// Whom the agent answers.
    static func access(of card: Card, _ settings: CardSettings) -> AgentAccess {
        let snmp = settings.snmp
        var access = AgentAccess(
            readCommunity: Community(snmp.readCommunity), writeCommunity: Community(snmp.writeCommunity), engine: engine(of: card, settings)
        )
        access.versions = snmp.versions
        return access
    }

    /// Traps leave from the card's own address.
    private func sendTraps() async throws -> Interruption? {
        let sender = NotificationSender(
            localAddress: try SocketAddress(ipAddress: address, port: 0), engine: card.engine.identity, eventLoopGroup: card.eventLoopGroup,
            configuration: .init(queueCapacity: 64, repeatInterval: .seconds(5)), logger: card.logger)
        let post = CardTraps.Post(sender: sender) { [tree] in tree.systemValue(of: $0) }
        do {
            try await card.traps.posting(post) { try await sender.run() }
        } catch is CancellationError {
            return nil
        }
        return Task.isCancelled ? nil : .failure
    }
}
