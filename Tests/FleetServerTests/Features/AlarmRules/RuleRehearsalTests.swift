import Alarming
import FoundationEssentials
import PowerDevice
import Telemetry
import Testing

@testable import FleetServer

struct RuleRehearsalTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let cards = [
        RuleCard(id: 1, name: "one", generation: "NV8", kind: .ups), RuleCard(id: 2, name: "two", generation: "NV7", kind: .ups),
    ]

    /// A day with a sample a minute. Card 1 has a high load from 5:00 to 5:15 and from 10:00 to 10:05, and says nothing from 12:50 to 13:10.
    private static func history() async throws -> TelemetryStore {
        let telemetry = try TelemetryStore.inMemory()
        var samples: [TelemetryStore.Sample] = []
        for minute in 0..<1440 {
            let at = start.addingTimeInterval(Double(minute) * 60)
            let isHigh = 300..<315 ~= minute || 600..<605 ~= minute
            if !(771..<790 ~= minute) { samples.append(.init(card: 1, at: at, readings: [.load: isHigh ? 90 : 50])) }
            samples.append(.init(card: 2, at: at, readings: [.load: 60]))
        }
        try await telemetry.append(samples)
        return telemetry
    }

    private func run(_ rule: String, _ telemetry: TelemetryStore, budget: Duration = .seconds(20)) async throws -> RuleRehearsal.Outcome {
        var rehearsal = RuleRehearsal(telemetry: telemetry) { cards in cards.map { RuleFacts(card: $0) } }
        rehearsal.budget = budget
        return try await rehearsal.run(
            try RuleDocument.rule(rule, generations: AlarmRuleStore.generations), on: Self.cards, from: Self.start,
            to: Self.start.addingTimeInterval(86_400))
    }

    @Test func findsWhatLastedLongEnough() async throws {
        let outcome = try await run("{name: a, threshold: {variable: ups.load, above: 80, for: 10m}}", try await Self.history())
        #expect(outcome.fired == 1 && outcome.judged == 2 && outcome.withHistory == 2)
        let finding = try #require(outcome.findings.first)
        #expect(finding.card == 1)
        #expect(finding.episodes.firstTimes == [Self.start.timeIntervalSince1970 + 310 * 60])
        #expect(finding.episodes.longest == 300)
        #expect(outcome.resolution == .raw)
        let resource = RuleRehearsalResource(
            outcome, from: Self.start, to: Self.start.addingTimeInterval(30 * 86_400), isUpToNow: true)
        #expect(resource.text == "would have fired once in the last 30 days on 1 card")
    }

    @Test func findsEachTime() async throws {
        let outcome = try await run("{name: a, threshold: {variable: ups.load, above: 80}}", try await Self.history())
        #expect(outcome.findings.map(\.episodes.fired) == [2])
        #expect(outcome.findings.first?.episodes.longest == 900)
        let below = try await run("{name: a, threshold: {variable: ups.load, below: 55, clear: 85}}", try await Self.history())
        #expect(below.findings.map(\.episodes.fired) == [3], "at the begin, and after each high load")
    }

    @Test func findsSilenceAcrossAnHoursEnd() async throws {
        let telemetry = try await Self.history()
        let outcome = try await run("{name: a, noData: {variable: ups.load, for: 15m}}", telemetry)
        #expect(outcome.findings.map(\.card) == [1])
        #expect(outcome.findings.first?.episodes.firstTimes == [Self.start.timeIntervalSince1970 + (770 + 15) * 60])
        #expect(outcome.findings.first?.episodes.longest == 300)
        #expect(try await run("{name: a, noData: {for: 25m}}", telemetry).fired == 0)
        #expect(try await run("{name: a, noData: {for: 5m}}", telemetry).fired == 1)
    }

    @Test func keepsToItsScopeAndItsTime() async throws {
        let telemetry = try await Self.history()
        let scoped = try await run("{name: a, scope: {generations: [NV7]}, threshold: {variable: ups.load, above: 55}}", telemetry)
        #expect(scoped.judged == 1 && scoped.findings.map(\.card) == [2])
        let stopped = try await run("{name: a, threshold: {variable: ups.load, above: 80}}", telemetry, budget: .zero)
        #expect(stopped.judged == 0)
        #expect(stopped.notes.first?.contains("Stopped after 0 s: 0 of 2 cards") == true)
        let unknown = try await run("{name: a, threshold: {variable: ups.laod, above: 80}}", telemetry)
        #expect(unknown.notes == ["None of these cards has a history of ups.laod in this time."])
    }

    @Test func whatTheHistoryDoesNotKnowIsJudgedAsItIsNow() async throws {
        let telemetry = try TelemetryStore.inMemory()
        var rehearsal = RuleRehearsal(telemetry: telemetry) { cards in
            cards.map { card in
                var card = card
                card.firmware = card.id == 1 ? "8.00" : "8.40"
                return RuleFacts(card: card)
            }
        }
        rehearsal.budget = .seconds(1)
        let rule = try RuleDocument.rule(#"{name: a, firmware: {minimum: "8.30"}}"#, generations: [])
        let outcome = try await rehearsal.run(rule, on: Self.cards, from: Self.start, to: Self.start.addingTimeInterval(60))
        #expect(outcome.findings.map(\.card) == [1])
        #expect(outcome.resolution == nil && outcome.notes.count == 1)
        let status = try await run("{name: a, status: {is: onBypass}}", telemetry)
        #expect(status.fired == 0 && status.notes.count == 1)
        for text in ["{name: a, clockSkew: {seconds: 5}}", "{name: a, expiry: {of: password, within: 1d}}"] {
            let outcome = try await run(text, telemetry)
            #expect(outcome.fired == 0 && outcome.notes.contains("Of 2 of these cards it is not known now."), "\(outcome.notes)")
        }
    }
}
