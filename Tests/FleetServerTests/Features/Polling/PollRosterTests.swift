import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import FleetServer

struct PollRosterTests {
    private func card(_ id: Int64, address: String? = nil) -> Card {
        Card(
            id: id, name: "Rack \(id)", mac: nil, serial: nil, address: address ?? "10.0.\(id / 250).\(id % 250)", generation: .netVision8,
            kind: .ups,
            model: nil, firmware: nil, agent: nil, location: nil, site: nil, tags: [], snmpVersion: .v2c,
            createdAt: Date(timeIntervalSince1970: 0))
    }

    private func order(
        _ id: Int64, credentials: SNMPCredentials = .v2c("public"), timing: PollTiming = PollTiming(.standard), address: String? = nil
    ) throws -> PollOrder {
        let card = card(id, address: address)
        let target = SNMPTarget(try SocketAddress(ipAddress: card.address, port: 161), credentials: credentials)
        return PollOrder(card: card, target: target, timing: timing)
    }

    private func roster(_ ids: [Int64], credentials: SNMPCredentials = .v2c("public")) throws -> PollRoster {
        var roster = PollRoster()
        _ = roster.replace(with: try ids.map { try order($0, credentials: credentials) }, now: 0)
        return roster
    }

    /// A roster whose cards have been polled once, at 100.
    private func rested(_ ids: [Int64]) throws -> PollRoster {
        var roster = try roster(ids)
        for entry in roster.takeDue(now: 100) { roster.ended(entry.card, now: 100.1, jitter: 0) }
        return roster
    }

    @Test func newCardsAreDueAtOnce() throws {
        var roster = try roster([1, 2])
        #expect(roster.takeDue(now: 0).map(\.card) == [1, 2])
        #expect(roster.takeDue(now: 100).isEmpty, "they are planned again when their polls have ended")
    }

    @Test func thenTheyAreDueEachAtItsMoment() throws {
        var roster = try rested([1, 2, 3])
        let dues = try [1, 2, 3].map { try #require(roster.schedule.due(of: $0)) }
        #expect(dues.allSatisfy { $0 > 100.1 && $0 <= 110.1 } && Set(dues).count == 3)
        let order = [1, 2, 3].sorted { dues[$0 - 1] < dues[$1 - 1] }
        for id in order {
            #expect(roster.takeDue(now: dues[id - 1]).map(\.card) == [Int64(id)])
            roster.ended(Int64(id), now: dues[id - 1] + 0.1, jitter: 0)
            let next = try #require(roster.schedule.due(of: Int64(id)))
            #expect(abs(next - dues[id - 1] - 10) < 1e-6, "however long the poll took")
        }
    }

    @Test func aStormOfHasteIsOnePoll() throws {
        var roster = try rested([1])
        _ = roster.takeDue(now: 120)
        roster.ended(1, now: 120.2, jitter: 0)
        let planned = try #require(roster.schedule.due(of: 1))
        for step in 0..<1000 { roster.hurry(1, now: 120.2 + Double(step) / 10_000) }
        #expect(roster.schedule.pending <= 2, "the plan of before, and one more")
        #expect(roster.takeDue(now: min(120.9, planned - 0.01)).isEmpty, "the last poll has only just begun")
        #expect(roster.takeDue(now: 121).map(\.card) == [1])
    }

    @Test func aRestedCardIsPolledAtOnce() throws {
        var roster = try rested([1])
        let due = try #require(roster.schedule.due(of: 1))
        let now = max(101.5, due - 2)
        guard now < due else { return }
        roster.hurry(1, now: now)
        #expect(roster.takeDue(now: now).map(\.card) == [1])
        #expect(roster.members[1]?.fullDue == 0, "and all its points")
    }

    @Test func hasteDuringAPollIsAnotherPollAfterIt() throws {
        var roster = try roster([1])
        _ = roster.takeDue(now: 0)
        roster.hurry(1, now: 0.1)
        roster.hurry(1, now: 0.2)
        #expect(roster.takeDue(now: 5).isEmpty, "never two of one card")
        roster.ended(1, now: 6, jitter: 0)
        #expect(roster.takeDue(now: 6).map(\.card) == [1])
    }

    @Test func aLookReadsTheCardFullyForAMinute() throws {
        var roster = try rested([1])
        roster.update(1) { member in (member.fullDue, member.fullAt) = (1000, 100) }
        roster.attend(1, now: 105)
        #expect(roster.members[1]?.scope(at: 110) == .all)
        #expect(roster.members[1]?.fullDue == 1000, "it was read only just")
        roster.update(1) { $0.fullDue = 1000 }
        #expect(roster.members[1]?.scope(at: 166) == .status)
        roster.update(1) { $0.fullAt = 100 }
        roster.attend(1, now: 140)
        #expect(roster.members[1]?.fullDue == 0, "older than a status interval: at once")
    }

    @Test func afterAPauseThereIsNoStorm() throws {
        var roster = try rested(Array(1...200))
        roster.resume(now: 160)
        let due = (1...200).compactMap { roster.schedule.due(of: $0) }
        #expect(due.count == 200 && due.allSatisfy { $0 > 160 && $0 <= 170 })
        #expect(roster.takeDue(now: 161).count < 40)
    }

    @Test func changesLoseNoPlanAndRestartNoPoll() throws {
        var roster = try rested(Array(1...2000))
        let before = (1...2000).map { roster.schedule.due(of: $0) }
        for id in 1...2000 as ClosedRange<Int64> {
            var changed = try order(id)
            changed.card.site = "Lyon"
            #expect(roster.change([id], to: [changed], now: 102).isEmpty)
        }
        #expect((1...2000).map { roster.schedule.due(of: $0) } == before)
        #expect(roster.members[7]?.card.site == "Lyon")
    }

    @Test func otherCredentialsArePolledAtOnce() throws {
        var roster = try rested([1])
        #expect(roster.change([1], to: [try order(1, credentials: .v2c("secret"))], now: 105).isEmpty)
        #expect(roster.takeDue(now: 105).map(\.card) == [1])
        #expect(roster.members[1]?.identityDue == 0)
    }

    @Test func aShorterIntervalCountsAtOnce() throws {
        var roster = try roster([1])
        let slow = try order(1, timing: PollTiming(statusSeconds: 600, fullSeconds: 600))
        _ = roster.change([1], to: [slow], now: 0)
        _ = roster.takeDue(now: 0)
        roster.ended(1, now: 0.1, jitter: 0)
        _ = roster.change([1], to: [try order(1)], now: 1)
        #expect(try #require(roster.schedule.due(of: 1)) <= 11)
    }

    @Test func anotherAddressIsAnotherAgent() throws {
        var roster = try rested([1])
        #expect(roster.change([1], to: [try order(1, address: "10.0.0.99")], now: 105).map(\.card.id) == [1])
        #expect(roster.card(at: "10.0.0.99")?.id == 1 && roster.card(at: "10.0.0.1") == nil)
    }

    @Test func retiredCardsAreForgotten() throws {
        var roster = try roster([1, 2])
        _ = roster.change([1], to: [], now: 1)
        #expect(roster.takeDue(now: 1).map(\.card) == [2])
        _ = roster.replace(with: [], now: 1)
        #expect(roster.card(at: "10.0.0.2") == nil && roster.members.isEmpty)
    }

    @Test func onlyOwnShardsArePolled() throws {
        var roster = try roster(Array(1...128))
        roster.own([PollShards.shard(of: 1), PollShards.shard(of: 2)], now: 1)
        #expect(Set(roster.takeDue(now: 1).map(\.card)) == [1, 2, 65, 66])
        for id in [1, 2, 65, 66] as [Int64] { roster.ended(id, now: 2, jitter: 0) }
        roster.own([PollShards.shard(of: 2), PollShards.shard(of: 3)], now: 2)
        #expect(roster.schedule.due(of: 1) == nil)
        #expect(roster.schedule.due(of: 3) == 2, "whose server has gone is polled at once")
        roster.hurry(1, now: 9)
        #expect(roster.schedule.due(of: 1) == nil)
        roster.hurry(1, now: 9, isOrdered: true)
        #expect(roster.schedule.due(of: 1) == 9, "who orders a poll gets it")
    }

    @Test func oldAnswersFade() throws {
        var roster = try rested([1, 2])
        let state = DeviceState(isCommunicating: true, outputSource: .inverter, batteryStatus: .normal, alarms: [], readings: [:])
        let date = Date(timeIntervalSince1970: 0)
        roster.update(1) { _ = $0.take(.answered(state, .all), at: 100, date) }
        #expect(roster.members[1]?.monitor.status.status == .normal)
        #expect(roster.fade(now: 129).isEmpty)
        #expect(roster.fade(now: 131) == [1])
        #expect(roster.members[1]?.monitor.status.status == .unknown)
        #expect(roster.fade(now: 140).isEmpty, "once")
    }

    private let online = DeviceState(
        isCommunicating: true, outputSource: .inverter, batteryStatus: .normal, alarms: [], readings: [.load: 40, .batteryVoltage: 240])
    private let date = Date(timeIntervalSince1970: 0)

    private func note(_ outcome: CardPoll.Outcome, _ roster: inout PollRoster, at end: Double = 100) throws -> PollRoster.Noted? {
        let member = try #require(roster.members[1])
        return roster.note(outcome, of: member, begunBy: member.order, at: end, date)
    }

    @Test func aPollOfACardThatIsAnothersByNowIsNotTold() throws {
        var roster = try roster([1, 2])
        roster.own(Set(0..<PollShards.count), now: 0)
        #expect(try note(.answered(online, .all), &roster)?.news.isTimeOnly == false)
        #expect(try note(.answered(online, .all), &roster)?.news.isTimeOnly == true)
        let shard = PollShards.shard(of: 1)
        roster.own(Set(0..<PollShards.count).subtracting([shard]), now: 101)
        #expect(try note(.answered(online, .all), &roster) == nil, "its poll was under way")
        #expect(roster.fade(now: 1000).isEmpty, "its new server says when its status is old")
        roster.own(Set(0..<PollShards.count), now: 1001)
        #expect(roster.fade(now: 1001).isEmpty)
        #expect(try note(.answered(online, .all), &roster)?.news.isTimeOnly == false, "another server may have stored something else")
    }

    @Test func aCardThatIsReadInAnotherWayByNowIsAskedAnew() throws {
        var roster = try roster([1])
        let polled = try #require(roster.members[1])
        var changed = try order(1)
        changed.card.profile = "mine"
        _ = roster.change([1], to: [changed], now: 1)
        var late = polled
        late.identityDue = 600
        #expect(roster.note(.answered(online, .all), of: late, begunBy: polled.order, at: 2, date) == nil)
        #expect(roster.members[1]?.monitor.status.status == .unknown)
        #expect(roster.members[1]?.identityDue == 0)
        let known = try #require(roster.members[1])
        var found = known
        found.order.card.kind = .sts
        #expect(roster.note(.answered(online, .all), of: found, begunBy: known.order, at: 3, date) != nil, "what the poll itself found out")
    }

    @Test func aSampleHasOnlyWhatThePollBrought() throws {
        var roster = try roster([1])
        #expect(try note(.answered(online, .all), &roster)?.news.sample?.readings == [.load: 40, .batteryVoltage: 240])
        var status = online
        status.readings = [.load: 41]
        let noted = try #require(try note(.answered(status, .status), &roster))
        #expect(noted.news.sample?.readings == [.load: 41])
        #expect(noted.member.monitor.status.readings == [.load: 41, .batteryVoltage: 240])
        #expect(try note(.silent("No answer.", isLoss: true), &roster)?.news.sample == nil)
    }

    @Test func oneLostPollIsDoubtedAndTwoAreNamed() throws {
        var member = PollRoster.Member(order: try order(1))
        let state = DeviceState(isCommunicating: true, outputSource: .inverter, batteryStatus: .normal, alarms: [], readings: [:])
        let date = Date(timeIntervalSince1970: 0)
        #expect(member.take(.answered(state, .all), at: 100, date) == nil)
        #expect(member.take(.silent("No answer.", isLoss: true), at: 116, date) == nil)
        #expect(member.monitor.status.status == .normal && member.record.lastError == "No answer.")
        #expect(member.take(.silent("No answer.", isLoss: true), at: 120, date) == nil)
        #expect(member.monitor.status.status == .unreachable && member.monitor.status.problem == "No answer.")
        #expect(member.take(.silent("No answer.", isLoss: true), at: 130, date) == .silent(card: 1, address: "10.0.0.1", polls: 3))
        #expect(member.take(.answered(state, .all), at: 140, date) == .returned(card: 1, address: "10.0.0.1"))
        #expect(member.monitor.status.status == .normal)
    }

    @Test func aRefusalIsNamedAtOnce() throws {
        var member = PollRoster.Member(order: try order(1))
        let state = DeviceState(isCommunicating: true, outputSource: .inverter, batteryStatus: .normal, alarms: [], readings: [:])
        _ = member.take(.answered(state, .all), at: 100, Date(timeIntervalSince1970: 0))
        _ = member.take(.silent("Refused.", isLoss: false), at: 110, Date(timeIntervalSince1970: 0))
        #expect(member.monitor.status.status == .unreachable)
    }

    @Test func knowsTheCardAtAnAddress() throws {
        let roster = try roster([1, 2])
        #expect(roster.card(at: "10.0.0.2")?.id == 2)
        #expect(roster.card(at: "10.0.0.3") == nil)
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
        let warnings = roster.members.values.filter { !roster.warnings(of: $0).isEmpty }
        #expect(Set(warnings.map(\.card.id)) == [1, 2])
        #expect(try roster.warnings(of: #require(roster.members[1])).first?.contains("Rack 2 (10.0.0.2)") == true)
        var others = try self.roster([1, 2])
        others.noteClones([engine: agents])
        #expect(try others.warnings(of: #require(others.members[1])).isEmpty)
    }
}
