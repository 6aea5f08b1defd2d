import Logging
import NIOCore
import NIOPosix
import NetVision
import PowerDevice
import SNMP
import Synchronization

@testable import CardAgent

/// The polling half of a card: a link, a record, and what is between them.
struct PolledCard: Sendable {
    let record = DeviceRecord()
    let settings: SettingsStore
    let bell: Doorbell
    let orders: DeviceOrders
    let poller: DevicePoller
    let losses: Counter
    private let clock: CardClock

    final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    init(_ link: DeviceLink, second: Duration = CardTiming.quick.pollSecond, change: (inout CardSettings) -> Void = { _ in }) throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let plan = CardPlan(
            mac: HardwareAddress(octets: (0, 0xE0, 0xD8, 1, 2, 3)), portOffset: .none,
            network: NetworkSettings(address: 0x7F00_0001, mask: 0xFF00_0000), systemName: "test")
        settings = try SettingsStore(plan, logger: logger)
        _ = settings.change(change)
        bell = Doorbell()
        orders = DeviceOrders(bell: bell)
        losses = Counter()
        clock = try CardClock()
        var timing = CardTiming.quick
        timing.pollSecond = second
        poller = DevicePoller(
            link: link, record: record, settings: settings, timing: timing, group: MultiThreadedEventLoopGroup.singleton, logger: logger,
            orders: orders, bell: bell, uptime: { 100 },
            onPolled: { [record, losses] in
                if !record.contents.snapshot.state.isCommunicating { losses.add() }
            })
    }

    /// The objects that SNMP shows.
    var tree: ObjectTree {
        CardObjectTree(
            device: record, settings: settings, controls: .idle, sensor: nil, mac: HardwareAddress(octets: (0, 0xE0, 0xD8, 1, 2, 3)),
            firmware: "8.40", uptime: { 1 },
            statistics: { AgentStatistics() },
            engine: .init(
                engineID: .mac(enterprise: 4555, [0, 0xE0, 0xD8, 1, 2, 3]), clock: EngineClock(boots: 1, startedAt: .now()), users: []),
            actions: CardActions(restart: { _ in }, resetToDefault: { _ in }, clear: { _, _ in }, clock: clock), polls: bell
        ).current
    }

    var isCommunicating: Bool { record.contents.snapshot.state.isCommunicating }

    /// A word as the card's own Modbus tells it; nil where it is refused.
    func word(_ address: UInt16, unit: UInt8 = 1) -> UInt16? {
        guard record.serves(unit) else { return nil }
        return (try? record.read(unit: unit, address: address, count: 1))?.first
    }

    /// Polls while `body` runs.
    static func polling(
        _ link: DeviceLink, second: Duration = CardTiming.quick.pollSecond, change: (inout CardSettings) -> Void = { _ in },
        _ body: (PolledCard) async throws -> Void
    ) async throws {
        let card = try PolledCard(link, second: second, change: change)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await card.poller.run() }
            try await body(card)
            tasks.cancelAll()
        }
    }
}
