import Alarming
import FoundationEssentials
import PowerDevice
import Testing

@testable import FleetServer

struct RuleEngineTests {
    private static let load = "{name: load, threshold: {variable: ups.load, above: 80, clear: 70}}"

    @Test func reportsWhatPollsBring() async throws {
        let fleet = try await RuleFleet()
        try await fleet.add(Self.load)
        let engine = fleet.engine()
        await engine.look()
        fleet.poll(fleet.cards[0], [.load: 90])
        fleet.poll(fleet.cards[1], [.load: 50])
        engine.takePolls()
        #expect(fleet.told() == ["\(fleet.cards[0]) raised rule:load warning"])
        fleet.poll(fleet.cards[0], [.load: 70])
        engine.takePolls()
        #expect(fleet.told() == ["\(fleet.cards[0]) cleared rule:load"])
    }

    @Test func clocksAndCertificatesAreAskedForOnlyWhileARuleDoes() async throws {
        let fleet = try await RuleFleet()
        let engine = fleet.engine()
        await engine.look()
        #expect(!fleet.needs.clocks && !fleet.needs.certificates)
        try await fleet.add("{name: skew, clockSkew: {seconds: 60}}")
        try await fleet.add("{name: old, expiry: {of: certificate, within: 30d}}")
        try await fleet.add("{name: off, enabled: false, clockSkew: {seconds: 5}}")
        await engine.look()
        #expect(fleet.needs.clocks && fleet.needs.certificates)
        fleet.show(fleet.cards[0], clockSkew: -90)
        fleet.show(fleet.cards[1], clockSkew: 20, certificateEnd: RuleFleet.now.addingTimeInterval(86_400))
        await engine.look()
        #expect(fleet.told() == ["\(fleet.cards[0]) raised rule:skew warning", "\(fleet.cards[1]) raised rule:old warning"])
        fleet.show(fleet.cards[0])
        fleet.show(fleet.cards[1], certificateEnd: RuleFleet.now.addingTimeInterval(90 * 86_400))
        await engine.look()
        #expect(fleet.told() == ["\(fleet.cards[1]) cleared rule:old"], "a clock that was not read is not right for it")
        for stored in try await fleet.rules.contents().rules where stored.rule.name != "off" { try await fleet.rules.remove(stored.id) }
        await engine.look()
        #expect(!fleet.needs.clocks && !fleet.needs.certificates)
    }

    @Test func aRestartNeitherRepeatsNorForgets() async throws {
        let fleet = try await RuleFleet()
        try await fleet.add(Self.load)
        for card in fleet.cards { try await fleet.open("rule:load", of: card) }
        let engine = fleet.engine()
        await engine.look()
        fleet.poll(fleet.cards[0], [.load: 90])
        fleet.poll(fleet.cards[1], [.load: 10])
        engine.takePolls()
        #expect(fleet.told() == ["\(fleet.cards[1]) cleared rule:load"])
    }

    @Test func alarmsOfRulesThatWentWhileNobodyLookedAreOver() async throws {
        let fleet = try await RuleFleet()
        try await fleet.open("rule:gone", of: fleet.cards[0])
        await fleet.engine().look()
        #expect(fleet.told() == ["\(fleet.cards[0]) cleared rule:gone"])
    }

    @Test func takesOverRulesThatAreChanged() async throws {
        let fleet = try await RuleFleet()
        try await fleet.add(Self.load)
        let engine = fleet.engine()
        await engine.look()
        fleet.poll(fleet.cards[0], [.load: 90])
        engine.takePolls()
        _ = fleet.told()
        let stored = try #require(try await fleet.rules.contents().rules.first)
        var graver = stored.rule
        graver.severity = .critical
        try await fleet.rules.change(stored.id, to: graver, by: "test", now: RuleFleet.now)
        await engine.look()
        #expect(fleet.told() == ["\(fleet.cards[0]) raised rule:load critical"])
        try await fleet.rules.remove(stored.id)
        await engine.look()
        #expect(fleet.told() == ["\(fleet.cards[0]) cleared rule:load"])
    }

    @Test func whatWasLostIsSaidAgainAndRetiredCardsAreEnded() async throws {
        let fleet = try await RuleFleet()
        try await fleet.add(Self.load)
        let engine = fleet.engine()
        await engine.look()
        fleet.poll(fleet.cards[0], [.load: 90])
        engine.takePolls()
        _ = fleet.told()
        let gone = fleet.cards[1]
        try await fleet.open("rule:load", of: gone)
        fleet.hide(gone)
        try await fleet.database.write { transaction in
            try transaction.execute("UPDATE card SET retired_at = 1 WHERE id = ?", [.integer(gone)])
        }
        for _ in 1..<RuleEngine.comparison { await engine.look() }
        #expect(fleet.told() == ["\(fleet.cards[0]) raised rule:load warning", "\(gone) cleared rule:load"])
    }

    @Test func factsAreJudgedEachTime() async throws {
        let fleet = try await RuleFleet()
        try await fleet.add(#"{name: firmware, firmware: {minimum: "8.30"}}"#)
        try await fleet.add("{name: bypass, status: {is: onBypass}}")
        let engine = fleet.engine()
        fleet.show(fleet.cards[1], firmware: "8.40", status: .onBypass)
        await engine.look()
        #expect(fleet.told() == ["\(fleet.cards[0]) raised rule:firmware warning", "\(fleet.cards[1]) raised rule:bypass warning"])
        fleet.show(fleet.cards[0], firmware: "8.30")
        fleet.show(fleet.cards[1], firmware: nil, status: nil)
        await engine.look()
        #expect(fleet.told() == ["\(fleet.cards[0]) cleared rule:firmware"])
    }

    @Test func batteryTestsAreKnownFromAlarmsAndPolls() async throws {
        let fleet = try await RuleFleet()
        try await fleet.add("{name: test, batteryTest: {olderThan: 90d}}")
        let engine = fleet.engine()
        fleet.show(fleet.cards[0], isTesting: true)
        await engine.look()
        try await fleet.open("upsAlarmAutoTestRunning", of: fleet.cards[1], since: RuleFleet.now.addingTimeInterval(-5), source: .poll)
        let tests = try await fleet.rules.batteryTests()
        #expect(Set(tests.keys) == Set(fleet.cards))
        #expect(tests[fleet.cards[1]] == RuleFleet.now.addingTimeInterval(-5))
        #expect(fleet.told() == [])
    }

    @Test func theIntakeKeepsTheNewest() {
        let intake = RuleIntake()
        let samples = (0..<RuleIntake.capacity).map { TelemetryStore.Sample(card: Int64($0), at: RuleFleet.now, readings: [:]) }
        intake.take(samples, cards: [:])
        intake.take(Array(samples.prefix(10)), cards: [:])
        #expect(intake.dropped == 10)
        let polls = intake.empty()
        #expect(polls.count == RuleIntake.capacity)
        #expect(polls.first?.card == 10)
        #expect(intake.empty().isEmpty)
    }
}
