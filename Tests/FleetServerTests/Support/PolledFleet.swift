import Crypto
import FoundationEssentials
import Logging
import NIOCore
import NIOPosix
import NetVision
import PowerDevice
import SNMP

@testable import FleetServer

/// A poller, a trap listener and what is behind them, with one card at 127.0.0.1 whose agent is real.
struct PolledFleet {
    let agent: SNMPAgent
    let cards: CardStore
    let card: Int64
    let poller: PollService
    let traps: TrapService
    let hub: EventHub
    let client: SNMPClient

    static let engineID = EngineID.mac(enterprise: 4555, [0x00, 0xE0, 0xD8, 0x00, 0x00, 0x01])
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// An engine that has started for the `boots`th time.
    static func engine(_ users: [USMUser], boots: Int32 = 1) -> AgentAccess.Engine {
        AgentAccess.Engine(
            engineID: engineID, clock: EngineClock(boots: boots, startedAt: .now()), users: users.map { LocalEngine.User($0, .readOnly) })
    }

    /// As which user the card is asked; other credentials with nil.
    static func access(_ user: USMUser?) -> SNMPAccess {
        var access = SNMPAccess.standard
        access.user = user.map { SNMPUser(user: $0, context: "") }
        return access
    }

    /// A UPS on line, without alarms.
    static let ups = ObjectTree([
        ManagedObject("1.3.6.1.2.1.1.1.0", .text("NetVision-8")),
        ManagedObject("1.3.6.1.2.1.1.2.0", .objectIdentifier("1.3.6.1.4.1.4555.1.1.7")),
        ManagedObject(MIBModule.netVision7.object("1.2.0"), .text("P1")),
        ManagedObject(MIBModule.netVision7.object("1.5.0"), .text("Net Vision 8 v8.00")),
        ManagedObject(MIBModule.netVision7.batteryStatusObject, .integer(2)),
        ManagedObject(MIBModule.netVision7.object("2.4.0"), .integer(100)),
        ManagedObject(MIBModule.netVision7.outputSourceObject, .integer(3)),
        ManagedObject(MIBModule.netVision7.alarmsPresentObject, .integer(0)),
    ])

    /// - Parameters:
    ///   - access: as the inventory has it. - users: as the agent has them.
    ///   - kind: of the device, as the inventory has it. - tree: what the agent answers.
    static func with(
        _ access: SNMPAccess, users: [USMUser], trapAddress: String = "127.0.0.1:0", kind: DeviceKind = .ups,
        tree: @escaping @Sendable () -> ObjectTree = { ups },
        _ body: @escaping @Sendable (PolledFleet) async throws -> Void
    ) async throws {
        let (addresses, bound) = AsyncStream.makeStream(of: SocketAddress.self)
        let agent = SNMPAgent(
            address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), access: AgentAccess(engine: engine(users)),
            group: MultiThreadedEventLoopGroup.singleton, configuration: .init(onBound: { bound.yield($0) }), tree: tree)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await agent.run() }
            var ports = addresses.makeAsyncIterator()
            guard let port = await ports.next()?.port else { return }
            let fleet = try await make(agent, port: port, access, trapAddress: trapAddress, kind: kind)
            let services = try await fleet.services()
            for service in services { tasks.addTask { try await service() } }
            try await body(fleet)
            tasks.cancelAll()
            while let result = await tasks.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
    }

    /// Tells when samples have been stored.
    private struct Stored: SampleSink {
        let told: AsyncStream<[TelemetryStore.Sample]>.Continuation

        func take(_ samples: [TelemetryStore.Sample], cards: [Int64: Card]) { told.yield(samples) }
    }

    private static func make(
        _ agent: SNMPAgent, port: Int, _ access: SNMPAccess, trapAddress: String, kind: DeviceKind
    ) async throws -> PolledFleet {
        let database = try FleetDatabase.forTests()
        let telemetry = try TelemetryStore.inMemory()
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let hub = EventHub()
        let client = SNMPClient(logger: logger)
        let (stored, told) = AsyncStream.makeStream(of: [TelemetryStore.Sample].self)
        let recorder = PollRecorder(
            statuses: CardStatusStore(database: database), telemetry: telemetry,
            storage: StorageMonitor(hub: hub, now: { Date() }, logger: logger), hub: hub, sinks: [Stored(told: told)], logger: logger)
        let alarms = AlarmService(
            store: AlarmStore(database: database), storage: StorageMonitor(hub: hub, now: { Date() }, logger: logger), hub: hub,
            logger: logger)
        let timing = PollTiming(statusSeconds: 0.2, fullSeconds: 0.4, deadSeconds: 0.2, doubtSeconds: 0.1)
        let poller = PollService(
            card: CardPoll(
                reader: CardReader(client), modbus: { ArbiterPool(portOffset: 0).reader(of: $0) }, cards: cards, now: { Date() }),
            inventory: PollInventory(cards: cards, timing: timing, portOffset: port - 161, logger: logger), recorder: recorder,
            report: alarms.report, metrics: MetricsRegistry(), client: client, now: { Date() }, logger: logger)
        var settings = TrapSettings()
        settings.listen = try ListenAddress(trapAddress, key: "traps.listen")
        let traps = TrapService(settings: settings, poller: poller, report: alarms.report, hub: hub, now: { Date() }, logger: logger)
        let identity = CardIdentity(generation: .netVision8, kind: kind, serial: "P1")
        let finding = CardFinding(address: "127.0.0.1", identity: identity, access: access)
        let card = try await cards.enroll(finding, now: Date()).card.id
        return PolledFleet(
            agent: agent, cards: cards, card: card, poller: poller, traps: traps, hub: hub, client: client, telemetry: telemetry,
            stored: stored, recorder: recorder, alarms: alarms)
    }

    let telemetry: TelemetryStore
    /// The samples of each transaction, once they can be read.
    let stored: AsyncStream<[TelemetryStore.Sample]>
    private let recorder: PollRecorder
    let alarms: AlarmService

    private init(
        agent: SNMPAgent, cards: CardStore, card: Int64, poller: PollService, traps: TrapService, hub: EventHub, client: SNMPClient,
        telemetry: TelemetryStore, stored: AsyncStream<[TelemetryStore.Sample]>, recorder: PollRecorder, alarms: AlarmService
    ) {
        self.agent = agent
        self.cards = cards
        self.card = card
        self.poller = poller
        self.traps = traps
        self.hub = hub
        self.client = client
        self.telemetry = telemetry
        self.stored = stored
        self.recorder = recorder
        self.alarms = alarms
    }

    private func services() async throws -> [@Sendable () async throws -> Void] {
        let (client, recorder, poller, traps, alarms) = (client, recorder, poller, traps, alarms)
        return [
            { try await client.run() }, { try await alarms.run() }, { try await recorder.run() }, { try await poller.run() },
            { try await traps.run() },
        ]
    }

    /// The documents of the next events of a kind, until one is as wanted; with all that came before it.
    static func events(
        _ events: AsyncStream<FleetEvent>, until isWanted: (FleetEvent.Kind, ReadJSON) throws -> Bool
    ) async throws -> [(kind: FleetEvent.Kind, data: ReadJSON)] {
        var seen: [(kind: FleetEvent.Kind, data: ReadJSON)] = []
        for await event in events {
            let data = try ReadJSON(event.data)
            seen.append((event.kind, data))
            if try isWanted(event.kind, data) { break }
        }
        return seen
    }
}
