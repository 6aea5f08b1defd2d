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
    private let card: Card
    private let address: String
    private let lan: CardLANService
    private let agentStatistics = AgentStatisticsSource()
    private let tree: CardObjectTree

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
            }, engine: Self.engine(of: card), restart: { [unowned card] in card.restart() }, polls: card.pollBell)
        lan = CardLANService(
            mac: card.plan.mac, faults: card.faults, on: card.eventLoopGroup.next(),
            orders: .init(
                setNetwork: { [unowned card] in card.setNetwork($0) }, identify: { [unowned card] in card.identify(seconds: $0) },
                restart: { [unowned card] in card.restart() }),
            announcement: { [unowned card] in card.announcement })
    }

    /// Serves until somebody interrupts, a port is lost, or the task is cancelled (nil). All ports are closed when it returns.
    ///
    /// - Parameter onServing: called when all ports are open.
    func run(until interruptions: Interruptions, onServing: @escaping @Sendable () -> Void) async throws -> Interruption? {
        let requests = interruptions.listen()
        defer { interruptions.stopListening() }
        let (opened, opening) = AsyncStream<Never>.makeStream()
        let enabledPorts = card.settings.settings.enabledPorts
        let ports = Readiness(expecting: enabledPorts.count) { opening.finish() }
        return try await withThrowingTaskGroup(of: Interruption?.self) { tasks in
            defer { tasks.cancelAll() }
            for port in enabledPorts {
                tasks.addTask { try await serve(port) { ports.partIsReady() } }
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
            tasks.addTask { await first(of: requests) }
            while let end = try await tasks.next() {
                if let end { return end }
            }
            return nil
        }
    }

    /// The first interruption, once whoever asked for it can have got his answer.
    private func first(of requests: AsyncStream<Interruption>) async -> Interruption? {
        for await request in requests {
            if request == .restart { card.traps.raise(UPSTrap.agentRestarting) }
            try? await Task.sleep(for: card.plan.timing.closing)
            return request
        }
        return nil
    }

    private var poller: DevicePoller {
        DevicePoller(
            link: card.link, record: card.device, settings: card.settings, timing: card.plan.timing, group: card.eventLoopGroup,
            logger: card.logger, orders: card.orders, bell: card.pollBell, uptime: { [uptime = card.uptime] in uptime.ticks },
            onPolled: { [traps = card.traps, controls = card.controls, device = card.device] in
                traps.devicePolled()
                controls.devicePolled(device.contents)
            })
    }

    private var controlClock: ControlClock {
        ControlClock(
            controller: card.controls.controller, countdown: card.controls.countdown,
            settings: { [settings = card.settings] in settings.settings.control },
            isCommunicating: { [device = card.device] in device.contents.snapshot.state.isCommunicating },
            uptime: { [uptime = card.uptime] in uptime.seconds })
    }

    private var sensorPoller: SensorPoller? {
        card.sensor.map { sensor in
            SensorPoller(
                link: sensor.link, record: sensor.record, interval: card.plan.timing.sensorInterval,
                settings: { [settings = card.settings] in settings.settings.sensor }, group: card.eventLoopGroup, logger: card.logger,
                onEvents: { [traps = card.traps] events in
                    // By the numbers of a UPS card; those of a card in an STS are told by the traps themselves.
                    for event in events { traps.raise(event.condition.trap(on: .ups, isActive: event.isActive)) }
                })
        }
    }

    // MARK: - SNMPv3 and traps

    /// Users are served at the level of their keys and no lower.
    private static func engine(of card: Card) -> AgentAccess.Engine {
        let identity = card.engine.identity
        return AgentAccess.Engine(
            engineID: identity.id, clock: identity.clock, users: card.settings.settings.users.map { LocalEngine.User($0.user, $0.access) })
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

    // MARK: - Ports

    private func serve(_ port: CardPort, onOpen: @escaping @Sendable () -> Void) async throws -> Interruption? {
        let number = card.settings.settings.number(of: port, offset: card.plan.portOffset)
        guard number <= CardSettings.ports.upperBound else {
            throw CardStartError(port: port, number: number, address: address, errno: EINVAL)
        }
        do {
            switch port {
            case .snmp: try await snmp(number, onOpen).run()
            case .modbus: try await modbus(number, onOpen).run()
            case .tftp: try await tftp(number, onOpen).run()
            case .lan: try await card.lanListener.serve(address: address, ready: onOpen) { [lan] in lan.received($0) }
            }
        } catch let error as IOError {
            throw CardStartError(port: port, number: number, address: address, errno: error.errnoCode)
        } catch LANError.socket(let code) {
            throw CardStartError(port: port, number: number, address: address, errno: code)
        } catch is CancellationError {
            return nil
        }
        return Task.isCancelled ? nil : .failure
    }

    private func snmp(_ port: Int, _ onOpen: @escaping @Sendable () -> Void) throws -> SNMPAgent {
        let agent = SNMPAgent(
            address: try SocketAddress(ipAddress: address, port: port),
            access: AgentAccess(readCommunity: "public", writeCommunity: "private", engine: Self.engine(of: card)),
            group: card.eventLoopGroup,
            configuration: .init(onBound: { _ in onOpen() }), logger: card.logger,
            admit: { [faults = card.faults] in faults.snmpAdmission },
            tree: { [tree] in tree.current })
        agentStatistics.follow(agent)
        return agent
    }

    private func modbus(_ port: Int, _ onOpen: @escaping @Sendable () -> Void) throws -> ModbusTCPServer {
        ModbusTCPServer(
            .init(address: try SocketAddress(ipAddress: address, port: port)), bank: card.device,
            admit: { [faults = card.faults] in faults.modbusAdmission }, eventLoopGroup: card.eventLoopGroup,
            onRunning: { _ in onOpen() })
    }

    private func tftp(_ port: Int, _ onOpen: @escaping @Sendable () -> Void) throws -> TFTPServer {
        var configuration = TFTPServer.Configuration(address: try SocketAddress(ipAddress: address, port: port), maximumTransfers: 1)
        configuration.eventLoopGroup = card.eventLoopGroup
        // Shorter than senders have: one that begins anew after a broken transfer finds the place free.
        configuration.timing = TransferTiming(patience: .seconds(12))
        let desk = UpgradeDesk(
            firmware: card.firmware, settings: card.settings, logger: card.logger, isUnlocked: { [lan] in lan.isUnlocked(for: $0) },
            installed: { [unowned card] in card.restart() })
        return TFTPServer(
            configuration,
            faults: .init(
                stallAt: { [faults = card.faults] in faults.transferStall }, drops: { [faults = card.faults] in faults.drops(at: .tftp) }),
            logger: card.logger, bound: { _ in onOpen() }, accept: { desk.decide(on: $0, from: $1) })
    }
}
