package import PowerDevice

/// What a rule found of a card.
package struct RuleOutcome: Sendable, Equatable {
    package let card: Int64
    package let alarm: Alarm
    package let edge: RuleEdge
    /// What was seen, in a sentence.
    package let detail: String?
}

/// All rules and how they stand for each card. Pure: time is in seconds that grow evenly.
///
/// A card has entries for the rules that are for it, those of readings in the order of their variables: what a poll brings costs a look-up
/// for each variable that a rule names, however many the poll has brought.
package struct RuleBook: Sendable {
    fileprivate struct Entry<Run: Sendable>: Sendable {
        /// Its place among the rules.
        let rule: Int
        var run: Run
    }

    fileprivate struct Page: Sendable {
        var facts: RuleFacts
        var thresholds: [Entry<RuleRun>] = []
        var silences: [Entry<SilenceRun>] = []
        /// Of rules that the card's facts decide.
        var states: [Entry<RuleRun>] = []
    }

    package private(set) var rules: [AlarmRule] = []
    private var alarms: [Alarm] = []
    private var pages: [Int64: Page] = [:]

    package init() {}

    package var cards: Int { pages.count }

    /// Whether there are cards here that the book does not have yet: then it is to be told which alarms are active.
    package func hasStrangers(in facts: [RuleFacts]) -> Bool { facts.contains { pages[$0.card.id] == nil } }

    // MARK: - Rules and cards

    /// From now on these rules hold. Alarms of those that are gone, switched off or not for their card any more are over.
    package mutating func use(_ all: [AlarmRule], now: Double) -> [RuleOutcome] {
        let before = self
        rules = all.filter(\.isEnabled).sorted {
            ($0.condition.variable?.rawValue ?? "", $0.name) < ($1.condition.variable?.rawValue ?? "", $1.name)
        }
        alarms = rules.map(\.alarm)
        var outcomes: [RuleOutcome] = []
        for (id, page) in before.pages {
            var kept = Kept(page, of: before)
            pages[id] = self.page(of: page.facts, &kept, now: now)
            outcomes += kept.outcomes(for: id, before.alarms, now: alarms)
        }
        return outcomes.sorted(by: RuleOutcome.isInOrder)
    }

    /// These are the cards, and how they are; others are none of ours any more.
    ///
    /// - Parameter open: the names of alarms that are active, of cards that the book does not have yet.
    package mutating func look(_ facts: [RuleFacts], open: [Int64: Set<String>] = [:], now: Double) -> [RuleOutcome] {
        var outcomes: [RuleOutcome] = []
        let present = Set(facts.map(\.card.id))
        for id in pages.keys where !present.contains(id) { pages[id] = nil }
        for facts in facts {
            let id = facts.card.id
            if let page = pages[id] {
                if page.facts.card != facts.card {
                    var kept = Kept(page, of: self)
                    pages[id] = self.page(of: facts, &kept, now: now)
                    outcomes += kept.outcomes(for: id, alarms, now: alarms)
                }
            } else {
                var kept = Kept(open: open[id] ?? [])
                pages[id] = page(of: facts, &kept, now: now)
                outcomes += kept.outcomes(for: id, alarms, now: alarms)
            }
            outcomes += judge(facts, now: now)
        }
        return outcomes.sorted(by: RuleOutcome.isInOrder)
    }

    /// Compares with the alarms of rules that are active. What was lost on the way is said again: that one is raised at once, that one is over
    /// when a look finds it so. An alarm that no rule has for its card is over.
    ///
    /// - Parameter open: names by card; those of cards that the book does not have are left alone.
    package mutating func compare(with open: [Int64: Set<String>]) -> [RuleOutcome] {
        var outcomes: [RuleOutcome] = []
        for place in pages.values.indices {
            let id = pages.keys[place]
            var names = open[id] ?? []
            for rule in pages.values[place].raised where !names.contains(alarms[rule].name) {
                outcomes.append(.init(card: id, alarm: alarms[rule], edge: .raised, detail: nil))
            }
            guard !names.isEmpty else { continue }
            pages.values[place].adopt(&names, alarms)
            outcomes += names.map { .init(card: id, alarm: Alarm($0, $0, .warning), edge: .cleared, detail: nil) }
        }
        return outcomes.sorted(by: RuleOutcome.isInOrder)
    }

    // MARK: - Readings and facts

    /// A poll brought these values; of a card that has lost its device there are none.
    package mutating func take(_ values: [Variable: Double], of card: Int64, at time: Double) -> [RuleOutcome] {
        guard let place = pages.index(forKey: card) else { return [] }
        var outcomes: [RuleOutcome] = []
        var (variable, value) = (Variable?.none, Double?.none)
        for index in pages.values[place].thresholds.indices {
            let rule = pages.values[place].thresholds[index].rule
            guard case .threshold(let threshold) = rules[rule].condition else { continue }
            if threshold.variable != variable { (variable, value) = (threshold.variable, values[threshold.variable]) }
            guard let value, let verdict = threshold.verdict(of: value) else { continue }
            let duration = Double(threshold.duration.seconds)
            guard let edge = pages.values[place].thresholds[index].run.take(verdict, at: time, for: duration) else { continue }
            outcomes.append(.init(card: card, alarm: alarms[rule], edge: edge, detail: threshold.detail(of: value)))
        }
        for index in pages.values[place].silences.indices {
            let rule = pages.values[place].silences[index].rule
            let isSeen = rules[rule].condition.variable.map { values[$0]?.isFinite ?? false } ?? !values.isEmpty
            guard isSeen, let edge = pages.values[place].silences[index].run.seen(at: time) else { continue }
            outcomes.append(.init(card: card, alarm: alarms[rule], edge: edge, detail: nil))
        }
        return outcomes
    }

    /// Time goes on, and the card is like this.
    private mutating func judge(_ facts: RuleFacts, now: Double) -> [RuleOutcome] {
        let id = facts.card.id
        guard let place = pages.index(forKey: id) else { return [] }
        pages.values[place].facts = facts
        var outcomes: [RuleOutcome] = []
        for index in pages.values[place].states.indices {
            let rule = pages.values[place].states[index].rule
            let condition = rules[rule].condition
            guard let verdict = condition.verdict(of: facts) else { continue }
            let duration = Double(condition.duration.seconds)
            guard let edge = pages.values[place].states[index].run.take(verdict, at: now, for: duration) else { continue }
            outcomes.append(.init(card: id, alarm: alarms[rule], edge: edge, detail: condition.detail(of: facts)))
        }
        for index in pages.values[place].silences.indices {
            let rule = pages.values[place].silences[index].rule
            let condition = rules[rule].condition
            let duration = Double(condition.duration.seconds)
            guard let edge = pages.values[place].silences[index].run.look(at: now, for: duration) else { continue }
            outcomes.append(.init(card: id, alarm: alarms[rule], edge: edge, detail: condition.detail(of: facts)))
        }
        return outcomes
    }

    // MARK: - Pages

    /// The entries of a card, with what is kept of those before.
    private func page(of facts: RuleFacts, _ kept: inout Kept, now: Double) -> Page {
        var page = Page(facts: facts)
        for (index, rule) in rules.enumerated() where rule.scope.contains(facts.card) {
            let name = alarms[index].name
            switch rule.condition {
            case .threshold: page.thresholds.append(Entry(rule: index, run: kept.run(name, rule)))
            case .noData: page.silences.append(Entry(rule: index, run: kept.silence(name, rule, now: now)))
            case .firmware, .batteryTest, .status, .clockSkew, .expiry:
                page.states.append(Entry(rule: index, run: kept.run(name, rule)))
            }
        }
        return page
    }
}

extension RuleBook.Page {
    /// The rules whose alarm is active.
    fileprivate var raised: [Int] {
        thresholds.filter(\.run.isRaised).map(\.rule) + silences.filter(\.run.isRaised).map(\.rule)
            + states.filter(\.run.isRaised).map(\.rule)
    }

    /// These alarms are active; those that are on the page are taken out.
    fileprivate mutating func adopt(_ names: inout Set<String>, _ alarms: [Alarm]) {
        for index in thresholds.indices where names.remove(alarms[thresholds[index].rule].name) != nil { thresholds[index].run.adopt() }
        for index in silences.indices where names.remove(alarms[silences[index].rule].name) != nil { silences[index].run.adopt() }
        for index in states.indices where names.remove(alarms[states[index].rule].name) != nil { states[index].run.adopt() }
    }
}

/// What is known of a card's rules while its page is written anew.
private struct Kept {
    private var runs: [String: (rule: AlarmRule, run: RuleRun)] = [:]
    private var silences: [String: (rule: AlarmRule, run: SilenceRun)] = [:]
    /// Names of alarms that are active and not on the new page yet.
    private var raised: Set<String>
    /// Names of alarms that are active, with the rule that is on the new page.
    private var taken: [String] = []

    init(open: Set<String>) { raised = open }

    init(_ page: RuleBook.Page, of book: RuleBook) {
        for entry in page.thresholds + page.states { runs[book.rules[entry.rule].alarm.name] = (book.rules[entry.rule], entry.run) }
        for entry in page.silences { silences[book.rules[entry.rule].alarm.name] = (book.rules[entry.rule], entry.run) }
        raised = Set(page.raised.map { book.rules[$0].alarm.name })
    }

    private mutating func takes(_ name: String) -> Bool {
        guard raised.remove(name) != nil else { return false }
        taken.append(name)
        return true
    }

    mutating func run(_ name: String, _ rule: AlarmRule) -> RuleRun {
        let isRaised = takes(name)
        guard var known = runs[name] else { return RuleRun(isRaised: isRaised) }
        if known.rule.condition != rule.condition { known.run.begin() }
        return known.run
    }

    mutating func silence(_ name: String, _ rule: AlarmRule, now: Double) -> SilenceRun {
        let isRaised = takes(name)
        guard let known = silences[name], known.rule.condition.variable == rule.condition.variable else {
            return SilenceRun(isRaised: isRaised, start: now)
        }
        return known.run
    }

    /// What is over because no rule of the new page has it, and what has another severity or title.
    func outcomes(for card: Int64, _ before: [Alarm], now: [Alarm]) -> [RuleOutcome] {
        var outcomes = raised.sorted().map { name in
            RuleOutcome(card: card, alarm: before.first { $0.name == name } ?? Alarm(name, name, .warning), edge: .cleared, detail: nil)
        }
        for name in taken {
            guard let old = before.first(where: { $0.name == name }), let new = now.first(where: { $0.name == name }) else { continue }
            if old.severity != new.severity || old.title != new.title {
                outcomes.append(.init(card: card, alarm: new, edge: .raised, detail: nil))
            }
        }
        return outcomes
    }
}

extension RuleOutcome {
    static func isInOrder(_ left: RuleOutcome, _ right: RuleOutcome) -> Bool {
        (left.card, left.alarm.name) < (right.card, right.alarm.name)
    }
}
