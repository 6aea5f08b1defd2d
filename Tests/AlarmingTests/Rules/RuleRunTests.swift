import PowerDevice
import Testing

@testable import Alarming

struct RuleRunTests {
    private static let rule = RuleThreshold(.load, .above, 80, clear: 75, for: RuleDuration("60s") ?? .zero)

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var threshold = RuleRunTests.rule
        var isRaised = false
        /// Times and values as they come.
        let samples: [(Double, Double)]
        /// Times and edges as they should come out.
        let edges: [(Double, RuleEdge)]
    }

    static let cases = [
        Case(testDescription: "long enough", samples: [(0, 90), (30, 90), (60, 90)], edges: [(60, .raised)]),
        Case(testDescription: "not long enough", samples: [(0, 90), (30, 90), (59, 90)], edges: []),
        Case(testDescription: "a dip begins anew", samples: [(0, 90), (50, 80), (60, 90), (110, 90), (120, 90)], edges: [(120, .raised)]),
        Case(testDescription: "the limit itself is not beyond it", samples: [(0, 80), (60, 80), (120, 80)], edges: []),
        Case(
            testDescription: "hysteresis", isRaised: true, samples: [(0, 79), (10, 76), (20, 75.001), (30, 75), (40, 79)],
            edges: [(30, .cleared)]),
        Case(
            testDescription: "raised once, cleared once", samples: [(0, 90), (60, 90), (70, 95), (80, 10), (90, 10)],
            edges: [(60, .raised), (80, .cleared)]),
        Case(
            testDescription: "what is no number says nothing", samples: [(0, 90), (30, .nan), (60, .infinity), (61, 90)],
            edges: [(61, .raised)]),
        Case(testDescription: "what is no number clears nothing", isRaised: true, samples: [(0, .nan), (10, -.infinity)], edges: []),
        Case(
            testDescription: "a gap begins anew", samples: [(0, 90), (10, 90), (4000, 90), (4059, 90), (4060, 90)], edges: [(4060, .raised)]
        ),
        Case(testDescription: "a slow pace is no gap", samples: [(0, 90), (3600, 90), (7200, 90)], edges: [(7200, .raised)]),
        Case(
            testDescription: "back in time begins anew", samples: [(5000, 90), (5050, 90), (10, 90), (60, 90), (70, 90)],
            edges: [(70, .raised)]),
        Case(
            testDescription: "without a duration at once", threshold: RuleThreshold(.load, .above, 80), samples: [(0, 81), (1, 80)],
            edges: [(0, .raised), (1, .cleared)]),
        Case(
            testDescription: "below", threshold: RuleThreshold(.batteryRuntime, .below, 900, clear: 1000),
            samples: [(0, 900), (1, 899), (2, 950), (3, 1000)], edges: [(1, .raised), (3, .cleared)]),
        Case(
            testDescription: "known to be raised is not raised again", isRaised: true, samples: [(0, 90), (60, 90), (120, 90)], edges: []),
    ]

    @Test(arguments: cases) func followsItsSamples(_ example: Case) {
        var run = RuleRun(isRaised: example.isRaised)
        var edges: [(Double, RuleEdge)] = []
        for (time, value) in example.samples {
            guard let verdict = example.threshold.verdict(of: value) else { continue }
            if let edge = run.take(verdict, at: time, for: Double(example.threshold.duration.seconds)) { edges.append((time, edge)) }
        }
        #expect(edges.map(\.0) == example.edges.map(\.0))
        #expect(edges.map(\.1) == example.edges.map(\.1))
    }

    @Test func aNewConditionKeepsWhatIsRaisedUntilItIsOver() {
        var run = RuleRun(isRaised: true)
        run.begin()
        #expect(run.take(.between, at: 0, for: 0) == nil)
        #expect(run.isRaised)
        #expect(run.take(.over, at: 1, for: 0) == .cleared)
    }

    @Test func silenceIsRaisedByTimeAndClearedByData() {
        var run = SilenceRun(start: 0)
        for now in stride(from: 0.0, to: 60, by: 5) { #expect(run.look(at: now, for: 60) == nil) }
        #expect(run.look(at: 60, for: 60) == .raised)
        #expect(run.look(at: 65, for: 60) == nil)
        #expect(run.seen(at: 66) == .cleared)
        #expect(run.seen(at: 67) == nil)
    }

    @Test func aSuspendedProcessBlamesNoCard() {
        var run = SilenceRun(start: 0)
        #expect(run.look(at: 5, for: 60) == nil)
        #expect(run.look(at: 7200, for: 60) == nil)
        for now in stride(from: 7205.0, to: 7255, by: 5) { #expect(run.look(at: now, for: 60) == nil) }
        #expect(run.look(at: 7256, for: 60) == .raised)
    }
}

struct RuleConditionTests {
    private func facts(
        _ status: OperatingStatus? = nil, firmware: String? = nil, generation: String = "NV8", failed: Bool? = nil, testAge: Double? = nil,
        age: Double = 0
    ) -> RuleFacts {
        var card = RuleCard(id: 1, name: "a", generation: generation, kind: .ups)
        card.firmware = firmware
        return RuleFacts(card: card, status: status, hasFailedTest: failed, testAge: testAge, age: age)
    }

    @Test(arguments: [
        (OperatingStatus?.some(.onBypass), RuleVerdict?.some(.met)), (.some(.normal), .over), (.some(.unreachable), nil),
        (.some(.unknown), nil), (nil, nil), (.some(.critical), .over),
    ])
    func statusThatIsNotKnownSaysNothing(_ status: OperatingStatus?, _ verdict: RuleVerdict?) {
        #expect(RuleCondition.status([.onBypass], duration: .zero).verdict(of: facts(status)) == verdict)
    }

    @Test func unreachableCanBeAskedFor() {
        #expect(RuleCondition.status([.unreachable], duration: .zero).verdict(of: facts(.unreachable)) == .met)
    }

    @Test(arguments: [
        ("8.29", "NV8", RuleVerdict?.some(.met)), ("8.30", "NV8", .over), ("8.4", "NV8", .met), ("8.30.1", "NV8", .over),
        ("7.00", "NV7", .over), ("beta", "NV8", nil), ("", "NV8", nil),
    ])
    func comparesFirmware(_ firmware: String, _ generation: String, _ verdict: RuleVerdict?) {
        let policy = FirmwarePolicy(minimums: ["NV8": "8.30"])
        #expect(policy.verdict(of: firmware, generation: generation) == verdict)
    }

    @Test func onlyAllowedFirmwareIsInOrder() {
        let policy = FirmwarePolicy(allowed: ["8.20", "8.4"])
        #expect(policy.verdict(of: "8.2", generation: "NV8") == .met)
        #expect(policy.verdict(of: "8.20", generation: "NV8") == .over)
        #expect(policy.verdict(of: "8.4.0", generation: "NV8") == .over)
        #expect(policy.verdict(of: nil, generation: "NV8") == nil)
    }

    @Test func aBatteryTestFailsOrIsOverdue() throws {
        let ninety = try #require(RuleDuration("90d"))
        let both = RuleCondition.batteryTest(failed: true, olderThan: ninety)
        let day = 86_400.0
        #expect(both.verdict(of: facts(failed: true, testAge: 0, age: 200 * day)) == .met)
        #expect(both.verdict(of: facts(failed: false, testAge: 10 * day, age: 200 * day)) == .over)
        #expect(both.verdict(of: facts(failed: false, testAge: 91 * day, age: 200 * day)) == .met)
        #expect(both.verdict(of: facts(failed: false, age: 91 * day)) == .met)
        #expect(both.verdict(of: facts(failed: false, age: 10 * day)) == .over)
        #expect(both.verdict(of: facts(age: 10 * day)) == nil)
        #expect(RuleCondition.batteryTest(failed: true, olderThan: nil).verdict(of: facts(failed: false)) == .over)
    }

    @Test(arguments: [
        (Double?.some(61.5), RuleVerdict?.some(.met)), (-61.5, .met), (60.5, .between), (-60.5, .between), (60, .over), (0, .over),
        (nil, nil),
    ])
    func aClockIsWrongEitherWay(_ skew: Double?, _ verdict: RuleVerdict?) {
        var facts = facts()
        facts.clockSkew = skew
        #expect(RuleCondition.clockSkew(seconds: 60).verdict(of: facts) == verdict)
    }

    @Test func aWrongClockIsToldInWords() {
        var facts = facts()
        facts.clockSkew = -75.4
        #expect(RuleCondition.clockSkew(seconds: 60).detail(of: facts) == "The card's clock is 75 s behind the server's.")
        facts.clockSkew = 3 * 365 * 86_400
        #expect(RuleCondition.clockSkew(seconds: 60).detail(of: facts) == "The card's clock is 1095 days ahead of the server's.")
    }

    @Test func whatExpiresSoonIsToldAndWhatNobodyKnowsIsNot() throws {
        let month = try #require(RuleDuration("30d"))
        let condition = RuleCondition.expiry(of: .certificate, within: month)
        var facts = facts()
        #expect(condition.verdict(of: facts) == nil)
        facts.expiries[.password] = 0
        #expect(condition.verdict(of: facts) == nil)
        facts.expiries[.certificate] = 31 * 86_400
        #expect(condition.verdict(of: facts) == .over)
        facts.expiries[.certificate] = 10 * 86_400
        #expect(condition.verdict(of: facts) == .met)
        #expect(condition.detail(of: facts) == "The certificate expires in 10 days.")
        facts.expiries[.certificate] = -3600
        #expect(condition.verdict(of: facts) == .met)
        #expect(condition.detail(of: facts) == "The certificate expired 60 minutes ago.")
    }

    @Test func aScopeTakesCardsThatFitEachOfItsLists() {
        var card = RuleCard(id: 7, name: "Rack 1", generation: "NV8", kind: .ups)
        (card.site, card.tags, card.model, card.mac) = ("Bern", ["a", "b"], "MASTERYS BC+", "00:E0:D8:00:00:01")
        var scope = RuleScope()
        #expect(scope.contains(card))
        scope.sites = ["Bern", "Basel"]
        scope.tags = ["b", "c"]
        scope.models = ["masterys"]
        scope.kinds = [.ups]
        #expect(scope.contains(card))
        for name in ["Rack 1", "7", "00:e0:d8:00:00:01"] {
            scope.cards = [name]
            #expect(scope.contains(card))
        }
        scope.cards = ["Rack 2"]
        #expect(!scope.contains(card))
        scope.cards = []
        card.site = nil
        #expect(!scope.contains(card))
    }

    @Test(arguments: [("0s", 0), ("90s", 90), ("5m", 300), ("2h", 7200), ("30d", 2_592_000)])
    func readsDurations(_ text: String, _ seconds: Int) {
        #expect(RuleDuration(text)?.seconds == seconds)
    }

    @Test(arguments: ["", "m", "5", "5 m", "-5m", "1.5h", "5M", "4000d", "99999999999d", "٥m"]) func refusesOtherDurations(_ text: String) {
        #expect(RuleDuration(text) == nil)
    }
}
