import PowerDevice
import Testing

@testable import Alarming

struct RuleBookTests {
    private static func rules(_ text: String) throws -> [AlarmRule] {
        let document = RuleDocument("nvfleetRules: 1\nrules:\n" + text, generations: ["NV8"])
        try #require(document.problems == [], "\(document.problems)")
        return document.rules
    }

    private static func facts(_ id: Int64, site: String? = nil, status: OperatingStatus? = .normal) -> RuleFacts {
        var card = RuleCard(id: id, name: "card \(id)", generation: "NV8", kind: .ups)
        card.site = site
        return RuleFacts(card: card, status: status)
    }

    private static func words(_ outcomes: [RuleOutcome]) -> [String] { outcomes.map { "\($0.card) \($0.alarm.name) \($0.edge)" } }

    private static let load = "- {name: load, threshold: {variable: ups.load, above: 80, clear: 70}}\n"

    @Test func raisesAndClearsForEachCard() throws {
        var book = RuleBook()
        #expect(book.use(try Self.rules(Self.load + "- {name: charge, threshold: {variable: battery.charge, below: 20}}\n"), now: 0) == [])
        #expect(book.look([Self.facts(1), Self.facts(2)], now: 0) == [])
        let raised = book.take([.load: 81, .batteryCharge: 10], of: 1, at: 1)
        #expect(Self.words(raised) == ["1 rule:charge raised", "1 rule:load raised"])
        #expect(raised.last?.detail == "ups.load is 81 %, above 80 %.")
        #expect(book.take([.load: 75], of: 1, at: 2) == [])
        #expect(book.take([:], of: 1, at: 3) == [])
        #expect(Self.words(book.take([.load: 70], of: 1, at: 4)) == ["1 rule:load cleared"])
        #expect(book.take([.load: 99], of: 3, at: 5) == [], "no card of ours")
    }

    @Test func whatIsActiveAtTheStartIsClearedWhenItIsOver() throws {
        var book = RuleBook()
        _ = book.use(try Self.rules(Self.load), now: 0)
        #expect(book.hasStrangers(in: [Self.facts(1)]))
        #expect(book.look([Self.facts(1)], open: [1: ["rule:load"]], now: 0) == [])
        #expect(!book.hasStrangers(in: [Self.facts(1)]))
        #expect(book.take([.load: 90], of: 1, at: 1) == [])
        #expect(Self.words(book.take([.load: 10], of: 1, at: 2)) == ["1 rule:load cleared"])
    }

    @Test func alarmsOfRulesThatAreGoneAreOver() throws {
        var book = RuleBook()
        _ = book.use(try Self.rules(Self.load), now: 0)
        let orphan = book.look([Self.facts(1)], open: [1: ["rule:load", "rule:gone"]], now: 0)
        #expect(Self.words(orphan) == ["1 rule:gone cleared"])
        #expect(Self.words(book.use([], now: 1)) == ["1 rule:load cleared"])
        #expect(book.use([], now: 1) == [])
    }

    @Test func switchedOffAndNarrowedRulesClear() throws {
        var book = RuleBook()
        _ = book.use(try Self.rules(Self.load), now: 0)
        _ = book.look([Self.facts(1, site: "Bern"), Self.facts(2, site: "Basel")], now: 0)
        _ = book.take([.load: 90], of: 1, at: 1) + book.take([.load: 90], of: 2, at: 1)
        let narrowed = try Self.rules("- {name: load, scope: {sites: [Bern]}, threshold: {variable: ups.load, above: 80, clear: 70}}\n")
        #expect(Self.words(book.use(narrowed, now: 2)) == ["2 rule:load cleared"])
        #expect(Self.words(book.look([Self.facts(1, site: "Basel"), Self.facts(2, site: "Basel")], now: 3)) == ["1 rule:load cleared"])
        _ = book.look([Self.facts(1, site: "Bern")], now: 4)
        #expect(Self.words(book.take([.load: 90], of: 1, at: 5)) == ["1 rule:load raised"])
        let off = try Self.rules("- {name: load, enabled: false, threshold: {variable: ups.load, above: 80}}\n")
        #expect(Self.words(book.use(off, now: 6)) == ["1 rule:load cleared"])
    }

    @Test func anotherSeverityIsToldAndAnotherLimitIsJudgedAnew() throws {
        var book = RuleBook()
        _ = book.use(try Self.rules(Self.load), now: 0)
        _ = book.look([Self.facts(1)], now: 0)
        _ = book.take([.load: 90], of: 1, at: 1)
        let graver = book.use(
            try Self.rules("- {name: load, severity: critical, threshold: {variable: ups.load, above: 95}}\n"), now: 2)
        #expect(graver.map(\.alarm.severity) == [.critical])
        #expect(Self.words(graver) == ["1 rule:load raised"])
        #expect(Self.words(book.take([.load: 90], of: 1, at: 3)) == ["1 rule:load cleared"])
    }

    @Test func silenceIsRaisedPerVariableAndPerCard() throws {
        var book = RuleBook()
        _ = book.use(try Self.rules("- {name: any, noData: {for: 60s}}\n- {name: load, noData: {variable: ups.load, for: 60s}}\n"), now: 0)
        for now in stride(from: 0.0, through: 55, by: 5) {
            #expect(book.look([Self.facts(1)], now: now) == [])
            #expect(book.take([.batteryCharge: 50, .load: .nan], of: 1, at: now) == [])
        }
        #expect(Self.words(book.look([Self.facts(1)], now: 60)) == ["1 rule:load raised"])
        _ = book.take([:], of: 1, at: 61)
        for now in stride(from: 65.0, through: 110, by: 5) { #expect(book.look([Self.facts(1)], now: now) == []) }
        #expect(Self.words(book.look([Self.facts(1)], now: 115)) == ["1 rule:any raised"])
        #expect(Self.words(book.take([.load: 5], of: 1, at: 116)) == ["1 rule:any cleared", "1 rule:load cleared"])
    }

    @Test func statusMustLast() throws {
        var book = RuleBook()
        _ = book.use(try Self.rules("- {name: bypass, status: {is: onBypass, for: 10s}}\n"), now: 0)
        #expect(book.look([Self.facts(1, status: .onBypass)], now: 0) == [])
        #expect(book.look([Self.facts(1, status: nil)], now: 5) == [])
        let raised = book.look([Self.facts(1, status: .onBypass)], now: 10)
        #expect(Self.words(raised) == ["1 rule:bypass raised"])
        #expect(book.look([Self.facts(1, status: .unreachable)], now: 15) == [])
        #expect(Self.words(book.look([Self.facts(1, status: .normal)], now: 20)) == ["1 rule:bypass cleared"])
    }

    @Test func whatWasLostOnTheWayIsSaidAgain() throws {
        var book = RuleBook()
        _ = book.use(try Self.rules(Self.load), now: 0)
        _ = book.look([Self.facts(1), Self.facts(2)], now: 0)
        _ = book.take([.load: 90], of: 1, at: 1)
        let open: [Int64: Set<String>] = [2: ["rule:load", "rule:gone"], 3: ["rule:load"]]
        #expect(Self.words(book.compare(with: open)) == ["1 rule:load raised", "2 rule:gone cleared"])
        #expect(book.compare(with: [1: ["rule:load"], 2: ["rule:load"]]) == [])
        #expect(book.take([.load: 75], of: 2, at: 2) == [])
        #expect(Self.words(book.take([.load: 50], of: 2, at: 3)) == ["2 rule:load cleared"])
    }

    @Test func cardsOfOthersAreForgotten() throws {
        var book = RuleBook()
        _ = book.use(try Self.rules(Self.load), now: 0)
        _ = book.look([Self.facts(1), Self.facts(2)], now: 0)
        #expect(book.look([Self.facts(2)], now: 1) == [])
        #expect(book.cards == 1)
    }

    /// 2,000 cards with 160 variables each ten seconds, and 50 rules: 200 polls a second, for which 3 % of a core is 30 ms.
    @Test func pollsCostLittle() throws {
        let text = (0..<50).map { "- {name: r\($0), threshold: {variable: v\($0 % 25), above: \($0 + 1000), for: 5m}}\n" }.joined()
        var book = RuleBook()
        _ = book.use(try Self.rules(text), now: 0)
        _ = book.look((1...2000).map { Self.facts($0) }, now: 0)
        let values = Dictionary(uniqueKeysWithValues: (0..<160).map { (Variable("v\($0)"), Double($0)) })
        let begin = ContinuousClock.now
        var outcomes = 0
        for card in Int64(1)...2000 { outcomes += book.take(values, of: card, at: 1).count }
        let spent = ContinuousClock.now - begin
        #expect(outcomes == 0)
        // Ten seconds' polls; unoptimised code on a busy machine gets ten times what the product may take.
        #expect(spent < .seconds(3), "\(spent)")
    }
}
