import PowerDevice
import Testing

@testable import Alarming

struct RuleDocumentTests {
    private static let generations = ["NV7", "NV8"]

    static let everything = """
        nvfleetRules: 1
        rules:
          - name: high-load
            severity: critical
            title: "Load: too high"
            scope: {sites: [Bern, "Zürich Süd"], tags: [a], cards: ["12"], models: [MASTERYS BC+], generations: [NV8], kinds: [ups, sts]}
            threshold: {variable: ups.load, above: 80, clear: 75.5, for: 10m}
          - name: low.charge
            enabled: false
            threshold:
              variable: battery.charge
              below: -0.25
          - name: silent
            noData: {for: 5m}
          - name: silent-load
            noData: {variable: ups.load, for: 1h}
          - name: firmware
            firmware: {minimum: "8.30"}
          - name: firmwares
            firmware: {allowed: ["8.20", "8.40b"], minimum: {NV8: "8.30", NV7: "7.10"}}
          - name: clock
            clockSkew: {seconds: 60}
          - name: test
            batteryTest: {failed: true, olderThan: 90d}
          - name: expiry
            expiry: {of: certificate, within: 14d}
          - name: bypass
            severity: information
            status: {is: [onBypass, standby], for: 10m}
        """

    @Test func readsEveryCondition() throws {
        let document = RuleDocument(Self.everything, generations: Self.generations)
        #expect(document.problems == [])
        #expect(document.rules.count == 10)
        let first = try #require(document.rules.first)
        #expect(first.alarm.name == "rule:high-load")
        #expect(first.alarm.title == "Load: too high")
        #expect(first.scope.sites == ["Bern", "Zürich Süd"])
        #expect(first.condition == .threshold(RuleThreshold(.load, .above, 80, clear: 75.5, for: RuleDuration("10m") ?? .zero)))
        #expect(!document.rules[1].isEnabled)
    }

    @Test func whatIsWrittenIsReadAsTheSame() throws {
        let rules = RuleDocument(Self.everything, generations: Self.generations).rules
        let text = AlarmRule.yaml(rules)
        let again = RuleDocument(text, generations: Self.generations)
        #expect(again.problems == [])
        #expect(again.rules == rules)
        #expect(AlarmRule.yaml(again.rules) == text)
        for rule in rules { #expect(try RuleDocument.rule(rule.json, generations: Self.generations) == rule) }
        #expect(RuleDocument(AlarmRule.yaml([]), generations: []).problems == [])
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let rule: String
        let line: Int
        let key: String
        let reason: String
        var testDescription: String { rule }
    }

    /// Each stands from line 3 on.
    static let wrong = [
        Wrong(rule: "  - {name: a}", line: 3, key: "rules[1]", reason: "must have one condition"),
        Wrong(rule: "  - noData: {for: 5m}", line: 3, key: "rules[1].name", reason: "is missing"),
        Wrong(rule: "  - name: a b\n    noData: {for: 5m}", line: 3, key: "rules[1].name", reason: "must be 1 to 64 letters"),
        Wrong(
            rule: "  - name: a\n    nodata: {for: 5m}", line: 4, key: "rules[1].nodata", reason: "is no key here; there are name, enabled"),
        Wrong(rule: "  - name: a\n    noData: {for: 5 min}", line: 4, key: "rules[1].noData.for", reason: "such as 90s, 5m"),
        Wrong(rule: "  - name: a\n    noData: {for: 1s}", line: 4, key: "rules[1].noData.for", reason: "must be at least 30s"),
        Wrong(
            rule: "  - name: a\n    severity: fatal\n    noData: {for: 5m}", line: 4, key: "rules[1].severity",
            reason: "there are information"),
        Wrong(rule: "  - name: a\n    threshold: {variable: x}", line: 4, key: "rules[1].threshold", reason: "either above or below"),
        Wrong(
            rule: "  - name: a\n    threshold: {variable: x, above: 1, below: 2}", line: 4, key: "rules[1].threshold",
            reason: "either above or below"),
        Wrong(
            rule: "  - name: a\n    threshold:\n      variable: x\n      above: high", line: 6, key: "rules[1].threshold.above",
            reason: "must be a number"),
        Wrong(
            rule: "  - name: a\n    threshold: {variable: x, above: nan}", line: 4, key: "rules[1].threshold.above",
            reason: "must be a number"),
        Wrong(
            rule: "  - name: a\n    threshold: {variable: x, above: 1, clear: 2}", line: 4, key: "rules[1].threshold.clear",
            reason: "must be at most 1"),
        Wrong(
            rule: "  - name: a\n    threshold: {variable: x, below: 1, clear: 0}", line: 4, key: "rules[1].threshold.clear",
            reason: "must be at least 1"),
        Wrong(
            rule: "  - name: a\n    threshold: {variable: \"x y\", above: 1}", line: 4, key: "rules[1].threshold.variable",
            reason: "such as ups.load"),
        Wrong(rule: "  - name: a\n    firmware: {}", line: 4, key: "rules[1].firmware", reason: "allowed, minimum, or both"),
        Wrong(rule: "  - name: a\n    firmware: {minimum: new}", line: 4, key: "rules[1].firmware.minimum", reason: "numbers with points"),
        Wrong(
            rule: "  - name: a\n    firmware: {minimum: {NV9: \"9.0\"}}", line: 4, key: "rules[1].firmware.minimum.NV9",
            reason: "there are NV7, NV8"),
        Wrong(
            rule: "  - name: a\n    scope: {site: Bern}\n    noData: {for: 5m}", line: 4, key: "rules[1].scope.site",
            reason: "there are sites"),
        Wrong(rule: "  - name: a\n    status: {is: [odd]}", line: 4, key: "rules[1].status.is[1]", reason: "there are normal"),
        Wrong(rule: "  - name: a\n    batteryTest: {}", line: 4, key: "rules[1].batteryTest", reason: "failed: true, olderThan"),
        Wrong(rule: "  - name: a\n    expiry: {of: milk, within: 1d}", line: 4, key: "rules[1].expiry.of", reason: "there are password"),
        Wrong(rule: "  - name: a\n    clockSkew: {seconds: 0}", line: 4, key: "rules[1].clockSkew.seconds", reason: "from 1 to 86400"),
        Wrong(rule: "  - text", line: 3, key: "rules[1]", reason: "must be a mapping"),
        Wrong(rule: "  - name: a\n    name: b\n    noData: {for: 5m}", line: 3, key: "name", reason: "twice"),
        Wrong(rule: "  - name: [", line: 4, key: "", reason: "is not YAML"),
        Wrong(rule: "  - {name: a, noData: {for: 5m}}\n  - {name: a, noData: {for: 5m}}", line: 4, key: "rules[2]", reason: "before it"),
    ]

    @Test(arguments: wrong) func saysWhereAndWhatIsWrong(_ example: Wrong) throws {
        let document = RuleDocument("nvfleetRules: 1\nrules:\n\(example.rule)\n", generations: Self.generations)
        let problem = try #require(document.problems.first)
        #expect(document.problems.count == 1)
        #expect(problem.line == example.line, "\(problem)")
        #expect(problem.key == example.key, "\(problem)")
        #expect(problem.reason.contains(example.reason), "\(problem)")
    }

    @Test func tellsOfAllRulesThatAreWrong() {
        let text = "nvfleetRules: 1\nrules:\n- {name: a}\n- {name: b, noData: {for: 1m}}\n- {name: c, noData: 5}\n"
        let document = RuleDocument(text, generations: [])
        #expect(document.problems.map(\.line) == [3, 5])
        #expect(document.rules.map(\.name) == ["b"])
    }

    @Test(arguments: [
        "", "rules: []", "nvfleetRules: 2\nrules: []", "[]", "nvfleetRules: 1\nrule: []", "nvfleetRules: 1\nrules: {}", "%", "\u{0}",
    ])
    func refusesWhatIsNoTextOfRules(_ text: String) {
        #expect(RuleDocument(text, generations: []).problems.count == 1)
    }

    @Test func bombsAndAbyssesAreRefused() {
        let layers = (1...20).map { layer in
            "a\(layer): &a\(layer) [\(Array(repeating: "*a\(layer - 1)", count: 9).joined(separator: ","))]"
        }
        let bomb = (["a0: &a0 [x]"] + layers).joined(separator: "\n")
        #expect(RuleDocument(bomb, generations: []).problems.count == 1)
        for abyss in [
            String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
            (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), String(repeating: "x", count: (1 << 20) + 1),
        ] {
            #expect(RuleDocument(abyss, generations: []).problems.count == 1)
        }
        let many = (0...RuleDocument.maximumRules).map { "- {name: r\($0), noData: {for: 1m}}\n" }.joined()
        #expect(RuleDocument("nvfleetRules: 1\nrules:\n" + many, generations: []).problems.first?.reason.contains("at most 1000") == true)
    }

    /// A text that was cut off anywhere is read or refused, and what is read of it can be written.
    @Test func everyPrefixIsReadOrRefused() {
        let octets = Array(Self.everything.utf8)
        for length in 0..<octets.count {
            check(String(decoding: octets[..<length], as: UTF8.self))
        }
    }

    @Test func everyMutationIsReadOrRefused() {
        let octets = Array(Self.everything.utf8)
        var generator = Mutations(state: 7)
        for _ in 0..<3000 {
            var mutated = octets
            for _ in 0...generator.next(3) {
                mutated[generator.next(octets.count)] = Array(" \n:-[]{}\"'#&*!|>%@`,aZ0\u{7F}\t".utf8)[generator.next(24)]
            }
            check(String(decoding: mutated, as: UTF8.self))
        }
    }

    private func check(_ text: String) {
        let document = RuleDocument(text, generations: Self.generations)
        #expect(!document.rules.isEmpty || !document.problems.isEmpty || !text.contains("- name"))
        let again = RuleDocument(AlarmRule.yaml(document.rules), generations: Self.generations)
        #expect(again.rules == document.rules && again.problems.isEmpty, "\(text)")
    }

    @Test func aChangeKeepsWhatItDoesNotName() throws {
        let rule = try RuleDocument.rule("{name: a, title: t, threshold: {variable: x, above: 1}}", generations: [])
        let renamed = try RuleDocument.changed(rule, by: #"{"severity": "critical", "title": null}"#, generations: [])
        #expect(renamed.severity == .critical && renamed.title == nil && renamed.condition == rule.condition)
        let other = try RuleDocument.changed(rule, by: #"{"noData": {"for": "5m"}, "threshold": null, "name": null}"#, generations: [])
        #expect(other.condition == .noData(variable: nil, duration: RuleDuration("5m") ?? .zero) && other.name == "a")
        let same = try RuleDocument.changed(rule, by: #"{"noData": null}"#, generations: [])
        #expect(same == rule)
        #expect(throws: RuleProblem.self) { try RuleDocument.changed(rule, by: #"{"nam": 1}"#, generations: []) }
    }

    private struct Mutations {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }
}
