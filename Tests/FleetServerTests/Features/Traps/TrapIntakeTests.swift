import FoundationEssentials
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import FleetServer

struct TrapIntakeTests {
    private static let alarm = SNMPNotification("1.3.6.1.4.1.4555.1.1.7.2.0.3")

    private func card(_ id: Int64) -> Card {
        Card(
            id: id, name: "Rack \(id)", mac: nil, serial: nil, address: "10.0.0.\(id)", generation: .netVision8, kind: .ups, model: nil,
            firmware: nil, agent: nil, location: nil, site: nil, tags: [], snmpVersion: .v2c, createdAt: Date(timeIntervalSince1970: 0))
    }

    /// The cards 1 and 2 are at 10.0.0.1 and 10.0.0.2.
    private func find(_ source: String, _ agent: String?) -> Card? {
        let cards = ["10.0.0.1": card(1), "10.0.0.2": card(2)]
        return cards[source] ?? agent.flatMap { cards[$0] }
    }

    private func arrivals(_ sources: [String], version: SNMPAccess.Version = .v2c, isInform: Bool = false) -> [TrapIntake.Arrival] {
        sources.map { TrapIntake.Arrival(source: $0, version: version, isInform: isInform, notification: Self.alarm) }
    }

    @Test func aCardIsLookedAtOnceHoweverOftenItCalls() {
        var intake = TrapIntake()
        let news = intake.receive(arrivals(["10.0.0.2", "10.0.0.1", "10.0.0.2", "10.0.0.2"]), now: 0, find: find)
        #expect(news.cards == [2, 1])
        #expect(news.events.map(\.card) == [2, 1, 2, 2])
        #expect(news.strangers == nil)
    }

    @Test func whoSendsForAnotherIsFoundByTheAgentsAddress() {
        var intake = TrapIntake()
        var forwarded = Self.alarm
        forwarded.agentAddress = SNMPValue.IPAddress(rawValue: 0x0A00_0001)
        let arrival = TrapIntake.Arrival(source: "192.0.2.1", version: .v1, isInform: false, notification: forwarded)
        #expect(intake.receive([arrival], now: 0, find: find).cards == [1])
    }

    @Test func countsByClosedLabels() {
        var intake = TrapIntake()
        _ = intake.receive(arrivals(["10.0.0.1", "10.0.0.9"]), now: 0, find: find)
        _ = intake.receive(arrivals(["10.0.0.1"], version: .v3, isInform: true), now: 0, find: find)
        let received = intake.tally.received
        #expect(received[.init(version: .v2c, isInform: false, isFromCard: true)] == 1)
        #expect(received[.init(version: .v2c, isInform: false, isFromCard: false)] == 1)
        #expect(received[.init(version: .v3, isInform: true, isFromCard: true)] == 1)
        #expect(received.values.reduce(0, +) == 3)
        #expect(Set(received.keys).isSubset(of: TrapTally.Label.all))
        #expect(Set(TrapTally.Label.all).count == 12)
    }

    @Test func strangersAreToldOnceAMinute() {
        var intake = TrapIntake()
        #expect(intake.receive(arrivals(["10.0.0.8"]), now: 0, find: find).strangers == .init(count: 1, lastAddress: "10.0.0.8"))
        #expect(intake.receive(arrivals(["10.0.0.8", "10.0.0.9"]), now: 30, find: find).strangers == nil)
        #expect(intake.receive(arrivals(["10.0.0.7"]), now: 59, find: find).strangers == nil)
        #expect(intake.receive([], now: 61, find: find).strangers == .init(count: 3, lastAddress: "10.0.0.7"))
        #expect(intake.receive([], now: 200, find: find).strangers == nil)
    }

    @Test func aStormDoesNotFloodTheWatchers() {
        var intake = TrapIntake()
        let storm = arrivals([String](repeating: "10.0.0.1", count: 5000))
        let news = intake.receive(storm, now: 10, find: find)
        #expect(news.cards == [1])
        #expect(news.events.count == Int(TrapIntake.eventBurst))
        #expect(intake.tally.suppressedEvents == 5000 - UInt64(TrapIntake.eventBurst))
        #expect(intake.receive(storm, now: 11, find: find).events.count == Int(TrapIntake.eventsPerSecond))
        #expect(intake.receive(storm, now: 10, find: find).events.isEmpty, "a clock that goes backwards gives nothing")
        #expect(news.traps.count == 5000, "what traps mean is never held back")
    }
}
