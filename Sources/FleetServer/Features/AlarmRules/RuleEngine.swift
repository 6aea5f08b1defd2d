import Alarming
import AsyncAlgorithms
import FoundationEssentials
import Logging
import PowerDevice
import ServiceLifecycle
import Synchronization

/// Holds the rules against what this server's cards measure and are, and reports what begins and ends.
///
///     polls ─► RuleIntake ─┐
///     every 5 s: facts, rules ─► RuleBook ─► reports
///     every 60 s: active alarms ─┘
///
/// Nobody waits for it. What it has reported and was lost is reported again; an alarm that is active at the start is neither raised twice
/// nor forgotten.
final class RuleEngine: Service {
    static let tick = Duration.seconds(5)
    /// Ticks between comparisons with the active alarms, and between looks for battery tests.
    static let comparison = 12
    static let testLook = 120

    private struct State: Sendable {
        var book = RuleBook()
        var stamps: [Int64: Int64]?
        var ticks = 0
        /// By the steady clock.
        var tests: [Int64: Date] = [:]
        var testsDue = 0
        /// Cards whose test has been noted, and until which tick that does.
        var noted: [Int64: Int] = [:]
    }

    private let rules: AlarmRuleStore
    private let intake: RuleIntake
    private let needs: RuleNeeds
    private let facts: @Sendable () -> [PolledFacts]
    private let report: @Sendable ([AlarmReport]) -> Void
    private let clock: SteadyClock
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let state = Mutex(State())
    private let complaint = Mutex("")

    /// - Parameters:
    ///   - facts: of the cards that this server polls. - report: must not wait.
    init(
        rules: AlarmRuleStore, intake: RuleIntake, needs: RuleNeeds = RuleNeeds(), facts: @escaping @Sendable () -> [PolledFacts],
        report: @escaping @Sendable ([AlarmReport]) -> Void, clock: SteadyClock = .process, now: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.rules = rules
        self.intake = intake
        self.needs = needs
        self.facts = facts
        self.report = report
        self.clock = clock
        self.now = now
        self.logger = logger
    }

    func run() async throws {
        enum Wake: Sendable { case polls, tick }
        await look()
        let ticks = AsyncTimerSequence(interval: Self.tick, clock: .continuous).map { _ in Wake.tick }
        for await wake in merge(intake.wakes.map { _ in Wake.polls }, ticks).cancelOnGracefulShutdown() {
            takePolls()
            if case .tick = wake { await look() }
        }
        takePolls()
    }

    /// Judges what polls have brought.
    func takePolls() {
        let polls = intake.empty()
        guard !polls.isEmpty else { return }
        tell(state.withLock { state in polls.flatMap { state.book.take($0.readings, of: $0.card, at: $0.at) } })
    }

    /// Judges what cards are, and what they have not said; takes over rules that were changed.
    func look() async {
        do {
            try await takeRules()
            try await takeFacts()
            try await compare()
            complaint.withLock { $0 = "" }
        } catch is CancellationError {
            return
        } catch {
            complain("rules can't be judged; trying again: \(error)")
        }
    }

    private func takeRules() async throws {
        let stamps = try await rules.stamps()
        guard stamps != state.withLock({ $0.stamps }) else { return }
        let contents = try await rules.contents()
        for name in contents.unreadable { logger.error("a rule can't be read; write it anew", metadata: ["rule": "\(name)"]) }
        needs.take(contents.rules.map(\.rule).filter(\.isEnabled))
        let now = clock.seconds
        tell(
            state.withLock { state in
                state.stamps = stamps
                return state.book.use(contents.rules.map(\.rule), now: now)
            })
    }

    private func takeFacts() async throws {
        let polled = facts()
        let testsDue = state.withLock { $0.ticks >= $0.testsDue && $0.book.asksForTests }
        if testsDue {
            let tests = try await rules.batteryTests()
            state.withLock { ($0.tests, $0.testsDue) = (tests, $0.ticks + Self.testLook) }
        }
        let (steady, wall) = (clock.now, now())
        let tests = state.withLock { $0.tests }
        let facts = polled.map { RuleFacts($0, tests: tests, at: steady, wall: wall) }
        let isOpenAsked = state.withLock { $0.book.hasStrangers(in: facts) }
        let open = isOpenAsked ? try await rules.openAlarms().names : [:]
        let now = clock.seconds
        tell(state.withLock { $0.book.look(facts, open: open, now: now) })
        try await noteTests(polled, at: steady)
    }

    /// Keeps that a battery was tested: at most once in some minutes for each card.
    private func noteTests(_ polled: [PolledFacts], at date: Date) async throws {
        let testing = state.withLock { state in
            let testing = polled.filter(\.isTesting).map(\.card.id).filter { state.noted[$0, default: 0] <= state.ticks }
            state.noted = state.noted.filter { $0.value > state.ticks }
            return testing
        }
        guard !testing.isEmpty else { return }
        try await rules.noteTests(of: testing, at: date)
        state.withLock { state in
            for card in testing {
                state.noted[card] = state.ticks + Self.testLook
                state.tests[card] = date
            }
        }
    }

    /// Says again what is not as it was reported; and ends alarms of cards that are retired.
    private func compare() async throws {
        let isDue = state.withLock { state in
            state.ticks += 1
            return state.ticks % Self.comparison == 0
        }
        guard isDue else { return }
        let open = try await rules.openAlarms()
        tell(state.withLock { $0.book.compare(with: open.names) })
        let at = now()
        let retired = open.retired.sorted().map { card in
            AlarmReport(card: card, source: .rule, at: at, claims: (open.names[card] ?? []).sorted().map { .cleared($0) })
        }
        if !retired.isEmpty { report(retired) }
    }

    private func tell(_ outcomes: [RuleOutcome]) {
        guard !outcomes.isEmpty else { return }
        let at = now()
        report(
            outcomes.map { outcome in
                let claim: AlarmReport.Claim =
                    outcome.edge == .raised ? .raised(outcome.alarm, detail: outcome.detail) : .cleared(outcome.alarm.name)
                return AlarmReport(card: outcome.card, source: .rule, at: at, claims: [claim])
            })
    }

    /// The same complaint once, until all is well again.
    private func complain(_ words: String) {
        let isNews = complaint.withLock { complaint in
            defer { complaint = words }
            return complaint != words
        }
        if isNews { logger.error("\(words)") }
    }
}

extension RuleBook {
    fileprivate var asksForTests: Bool {
        rules.contains { if case .batteryTest = $0.condition { true } else { false } }
    }
}

extension RuleFacts {
    /// - Parameters:
    ///   - now: by the steady clock. - wall: by the clock that certificates go by.
    init(_ polled: PolledFacts, tests: [Int64: Date], at now: Date, wall: Date) {
        let test = polled.isTesting ? now : tests[polled.card.id]
        self.init(
            card: polled.card, status: polled.status, hasFailedTest: polled.hasFailedTest,
            testAge: test.map { max(0, now.timeIntervalSince($0)) }, age: now.timeIntervalSince(polled.createdAt))
        clockSkew = polled.clockSkew
        if let end = polled.certificateEnd { expiries[.certificate] = end.timeIntervalSince(wall) }
    }
}
