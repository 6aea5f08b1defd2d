import FoundationEssentials
import NIOCore
import NIOPosix
import SNMP
import Testing

@testable import FleetServer

/// Traps over sockets of the loopback network, from a sender of ours.
@Suite(.timeLimit(.minutes(1))) struct TrapServiceTests {
    private static let onBattery = SNMPNotification("1.3.6.1.4.1.4555.1.1.7.2.0.1")

    /// Sends as the card does, until the watcher has seen as many traps as wanted.
    private func send(
        _ credentials: SNMPCredentials, confirmed: Bool = false, count: Int = 1, to fleet: PolledFleet, _ events: AsyncStream<FleetEvent>
    ) async throws -> [(kind: FleetEvent.Kind, data: ReadJSON)] {
        let address = try #require(await fleet.traps.addresses.first { _ in true })
        let sender = NotificationSender(
            localAddress: try SocketAddress(ipAddress: "127.0.0.1", port: 0),
            engine: EngineIdentity(PolledFleet.engineID, clock: EngineClock(boots: 1, startedAt: .now())),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: PolledFleet.logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await sender.run() }
            defer { tasks.cancelAll() }
            for _ in 0..<count {
                sender.send(Self.onBattery, to: NotificationReceiver(address, credentials: credentials, isConfirmed: confirmed))
            }
            var left = count
            return try await PolledFleet.events(events) { kind, _ in
                if kind == .trap { left -= 1 }
                return left == 0
            }
        }
    }

    @Test(arguments: [SNMPCredentials.v1("public"), .v2c("public")], [false, true])
    func aTrapIsToldAndCounted(_ credentials: SNMPCredentials, isInform: Bool) async throws {
        try await PolledFleet.with(.standard, users: []) { fleet in
            let events = try #require(fleet.hub.watch())
            let seen = try await send(credentials, confirmed: isInform, to: fleet, events)
            #expect(seen.last?.data["card"]?.double == Double(fleet.card))
            #expect(seen.last?.data["oid"]?.string == "1.3.6.1.4.1.4555.1.1.7.2.0.1")
            #expect(fleet.traps.tally.received.values.reduce(0, +) == 1)
            #expect(fleet.traps.tally.received.keys.first?.isFromCard == true)
            #expect(fleet.traps.state == .listening)
        }
    }

    @Test(arguments: [false, true]) func theUsersOfTheInventoryAreLetIn(isInform: Bool) async throws {
        let user = try USMUser(name: "nms", authentication: (.sha1, password: "12345678"), privacy: (.aes128, password: "12345678"))
        try await PolledFleet.with(PolledFleet.access(user), users: [user]) { fleet in
            let events = try #require(fleet.hub.watch())
            // By then the inventory has been read.
            _ = try await PolledFleet.events(events) { kind, _ in kind == .card }
            let seen = try await send(.v3(user, contextName: ""), confirmed: isInform, to: fleet, events)
            #expect(seen.last?.data["version"]?.string == "3")
        }
    }

    @Test func aStormOfTrapsIsAFewPolls() async throws {
        try await PolledFleet.with(.standard, users: []) { fleet in
            let events = try #require(fleet.hub.watch())
            _ = try await PolledFleet.events(events) { kind, _ in kind == .card }
            let before = fleet.client.statistics.requests
            let start = ContinuousClock.now
            _ = try await send(.v2c("public"), count: 500, to: fleet, events)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let polls = Double(fleet.client.statistics.requests - before)
            // Five regular ones a second, and one for all traps of a second; each of at most six requests.
            #expect(polls <= 6 * (6 * (seconds + 1) + 2), "\(polls) requests in \(seconds) s")
        }
    }

    /// The card itself knows nothing of it: as if its clear-trap were lost.
    @Test func aTrapIsOneAlarmAtOnceAndAPollEndsIt() async throws {
        try await PolledFleet.with(.standard, users: []) { fleet in
            let events = try #require(fleet.hub.watch())
            let first = try await send(.v2c("public"), count: 3, to: fleet, events)
            let rest = try await PolledFleet.events(events) { kind, data in kind == .alarm && data["event"]?.string == "cleared" }
            let alarms = (first + rest).filter { $0.kind == .alarm }.map(\.data)
            #expect(alarms.map { $0["event"]?.string } == ["raised", "cleared"])
            #expect(alarms.map { $0["name"]?.string } == ["upsAlarmOnBattery", "upsAlarmOnBattery"])
            #expect(alarms.first?["source"]?.string == "trap" && alarms.first?["state"]?.string == "raised")
        }
    }

    @Test func aTakenPortIsSaidAndHarmsNothing() async throws {
        let taken = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(taken.localAddress?.port)
        try await PolledFleet.with(.standard, users: [], trapAddress: "127.0.0.1:\(port)") { fleet in
            let events = try #require(fleet.hub.watch())
            _ = try await PolledFleet.events(events) { kind, data in kind == .card && data["status"]?.string == "normal" }
            #expect(fleet.traps.state == .unavailable)
        }
        try await taken.close()
    }
}
