import NetVision
import Testing

@testable import FleetServer

struct LocatorScheduleTests {
    @Test func cardsThatFallSilentTogetherAreLookedForTogether() {
        var schedule = LocatorSchedule()
        for card in 1...300 { schedule.miss(Int64(card), at: "10.0.0.\(card % 250)", now: 100 + Double(card) / 1000) }
        var due = schedule.takeDue(now: 101)
        #expect(due.isEmpty)
        due = schedule.takeDue(now: 103)
        #expect(due.count == 300)
    }

    @Test func looksForACardEverMoreSeldom() {
        var schedule = LocatorSchedule()
        schedule.miss(1, at: "10.0.0.1", now: 0)
        var times: [Int] = []
        for second in 0..<1000 where !schedule.takeDue(now: Double(second)).isEmpty { times.append(second) }
        #expect(times == [2, 62, 182, 422, 902])
    }

    @Test func aNewlySilentCardWaitsForTheNextLook() {
        var schedule = LocatorSchedule()
        schedule.miss(1, at: "10.0.0.1", now: 0)
        var due = schedule.takeDue(now: 2)
        #expect(due == [1: "10.0.0.1"])
        schedule.miss(2, at: "10.0.0.2", now: 5)
        due = schedule.takeDue(now: 21)
        #expect(due.isEmpty)
        due = schedule.takeDue(now: 22)
        #expect(due == [2: "10.0.0.2"])
        due = schedule.takeDue(now: 62)
        #expect(due == [1: "10.0.0.1"])
    }

    @Test func aCardThatAnswersIsNotLookedFor() {
        var schedule = LocatorSchedule()
        schedule.miss(1, at: "10.0.0.1", now: 0)
        schedule.found(1)
        let due = schedule.takeDue(now: 10)
        #expect(due.isEmpty && schedule.count == 0)
    }

    @Test func looksInTheNetworksOfTheCardsAndTheirConfiguredRanges() throws {
        let configured = try ["10.1.0.0/16", "10.9.0.0/24"].map { try #require(AddressRange($0)) }
        let ranges = LocatorSchedule.ranges(around: ["10.1.2.3", "10.1.2.4", "10.7.0.1"], configured: configured, limit: 70_000)
        #expect(ranges.map(\.text) == ["10.1.2.0/24", "10.7.0.0/24", "10.1.0.0/16"])
        let few = LocatorSchedule.ranges(around: ["10.1.2.3", "10.7.0.1"], configured: configured, limit: 300)
        #expect(few.map(\.text) == ["10.1.2.0/24"])
    }

    @Test func aWholeConfiguredNetworkIsLookedThrough() throws {
        let configured = [try #require(AddressRange("10.1.0.0/16"))]
        let ranges = LocatorSchedule.ranges(around: ["10.1.2.3"], configured: configured, limit: CardLocator.maximumAddresses)
        #expect(ranges.map(\.text) == ["10.1.2.0/24", "10.1.0.0/16"])
    }
}
