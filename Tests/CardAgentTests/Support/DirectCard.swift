import Logging
import Modbus
import NIOCore
import NIOPosix
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

/// A running card in front of a device of the test's own, and a manager to ask it.
struct DirectCard: Sendable {
    let card: Card
    let manager: SNMPClient

    func target(_ community: Community = "public") throws -> SNMPTarget {
        let address = try SocketAddress(ipAddress: card.address, port: CardPort.snmp.number(card.plan.portOffset))
        return SNMPTarget(address, version: .v2c, community: community, timeout: .milliseconds(500), retries: 4)
    }

    func value(_ name: OID) async throws -> SNMPValue? { try await manager.get([name], from: target()).first?.value }

    func set(_ name: OID, _ value: SNMPValue) async throws { try await set([VariableBinding(name, value)]) }

    func set(_ bindings: [VariableBinding]) async throws { try await manager.set(bindings, on: target("private")) }
}

/// Lends a card to `body` that has found its device, and ends it.
func withCard(
    _ device: RecordingDevice, sensor: CardSensor? = nil, trapReceivers: [TrapReceiver] = [],
    settings change: (inout CardSettings) -> Void = { _ in },
    _ body: (DirectCard) async throws -> Void
) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    var plan = try farmPlan(count: 1)
    plan.preload(users: [], trapReceivers: trapReceivers)
    let member = try #require(plan.members.first)
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    let listener = LANCardListener(on: group, port: CardPort.lan.number(member.card.portOffset), logger: logger)
    let card = try Card(
        member.card, link: DeviceLink(.direct(device), map: device.map, controls: device.profile), lanListener: listener,
        firmwareDirectory: scratch.path, sensor: sensor, eventLoopGroup: group, logger: logger)
    let isChanged = card.settings.change(change)
    #expect(isChanged)
    let manager = SNMPClient()
    let (running, started) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await manager.run() }
        tasks.addTask { try await listener.runForCards() }
        tasks.addTask {
            defer { started.finish() }
            try await card.run { started.yield() }
        }
        var isRunning = false
        for await _ in running.prefix(1) {
            isRunning = try await eventually { card.device.contents.snapshot.state.isCommunicating }
            try await body(DirectCard(card: card, manager: manager))
        }
        tasks.cancelAll()
        while let result = await tasks.nextResult() {
            if case .failure(let error) = result, !(error is CancellationError) { throw error }
        }
        #expect(isRunning, "the card did not start")
    }
}
