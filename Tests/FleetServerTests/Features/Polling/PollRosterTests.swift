import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import FleetServer

struct PollRosterTests {
    private func card(_ id: Int64) -> Card {
        Card(
            id: id, name: "Rack \(id)", mac: nil, serial: nil, address: "10.0.0.\(id)", generation: .netVision8, kind: .ups, model: nil,
            firmware: nil, agent: nil, location: nil, site: nil, tags: [], snmpVersion: .v2c,
            createdAt: Date(timeIntervalSince1970: 0))
    }

    private func roster(_ ids: [Int64], credentials: SNMPCredentials = .v2c("public")) throws -> PollRoster {
        var roster = PollRoster()
        let cards = try ids.map { id in
            (card: card(id), target: SNMPTarget(try SocketAddress(ipAddress: "10.0.0.\(id)", port: 161), credentials: credentials))
        }
        roster.replace(with: cards, now: 0)
        return roster
    }

    @Test func newCardsAreDueAtOnce() throws {
        var roster = try roster([1, 2])
        #expect(roster.takeDue(now: 0, limit: 9).map(\.card) == [1, 2])
        #expect(roster.takeDue(now: 100, limit: 9).isEmpty, "they are planned again when their polls have ended")
    }

    @Test func aStormOfHasteIsOnePoll() throws {
        var roster = try roster([1])
        #expect(roster.takeDue(now: 10, limit: 9).count == 1)
        roster.planNext(1, after: 10, interval: 5, now: 10.2)
        for step in 0..<1000 { roster.hurry(1, now: 10.2 + Double(step) / 10_000) }
        #expect(roster.schedule.pending == 2, "the plan of before, and one more")
        #expect(roster.takeDue(now: 10.9, limit: 9).isEmpty, "the last poll has only just begun")
        #expect(roster.takeDue(now: 11, limit: 9).map(\.card) == [1])
        #expect(roster.takeDue(now: 20, limit: 9).isEmpty)
    }

    @Test func aRestedCardIsPolledAtOnce() throws {
        var roster = try roster([1])
        _ = roster.takeDue(now: 10, limit: 9)
        roster.planNext(1, after: 10, interval: 5, now: 10.2)
        roster.hurry(1, now: 13)
        #expect(roster.takeDue(now: 13, limit: 9).map(\.card) == [1])
        #expect(roster.members[1]?.allDue == 0, "and all its points")
    }

    @Test func hasteDelaysNothing() throws {
        var roster = try roster([1])
        _ = roster.takeDue(now: 10, limit: 9)
        roster.planNext(1, after: 10, interval: 0.3, now: 10.2)
        roster.hurry(1, now: 10.2)
        #expect(roster.takeDue(now: 10.3, limit: 9).map(\.card) == [1])
    }

    @Test func knowsTheCardAtAnAddress() throws {
        var roster = try roster([1, 2])
        #expect(roster.card(at: "10.0.0.2")?.id == 2)
        #expect(roster.card(at: "10.0.0.3") == nil)
        roster.replace(with: [], now: 1)
        #expect(roster.card(at: "10.0.0.2") == nil)
    }

    @Test func gathersTheUsersOfTheInventory() throws {
        let user = try USMUser(name: "nms")
        #expect(try roster([1, 2], credentials: .v3(user, contextName: "")).users == [user])
        #expect(try roster([1, 2]).users.isEmpty)
    }

    @Test func warnsOfClonesAmongTheCardsOfVersion3() throws {
        let engine = try #require(EngineID(octets: [0x80, 0, 0, 1, 4, 65]))
        let agents = try (1...3).map { try SocketAddress(ipAddress: "10.0.0.\($0)", port: 161) }
        var roster = try roster([1, 2], credentials: .v3(USMUser(name: "nms"), contextName: ""))
        roster.noteClones([engine: agents])
        #expect(Set(roster.warnings.keys) == ["10.0.0.1", "10.0.0.2"])
        #expect(roster.warnings["10.0.0.1"]?.contains("Rack 2 (10.0.0.2)") == true)
        var others = try self.roster([1, 2])
        others.noteClones([engine: agents])
        #expect(others.warnings.isEmpty)
    }
}
