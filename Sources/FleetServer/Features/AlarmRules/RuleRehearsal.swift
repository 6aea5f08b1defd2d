import Alarming
import FoundationEssentials
import PowerDevice
import Telemetry

/// Holds a rule against the history: how often would it have raised its alarm?
///
/// Summaries of hours tell where a limit can have been passed; of those hours every sample is read. Where samples are not kept any more, the
/// hours' summaries are judged themselves.
struct RuleRehearsal: Sendable {
    static let maximumCards = 1000
    static let budget = Duration.seconds(20)
    static let defaultSpan: TimeInterval = 30 * 86_400
    static let maximumSpan: TimeInterval = 731 * 86_400
    /// Where a card has them, its data is what is read of these; the first that it has.
    private static let vital: [Variable] = [.batteryCharge, .load, .batteryRuntime, .outputFrequency, .inputFrequency]

    struct Finding: Sendable, Equatable {
        let card: Int64
        let name: String
        let episodes: RuleEpisodes
    }

    struct Outcome: Sendable {
        var findings: [Finding] = []
        /// Cards of the scope, and how many of them have been looked at.
        var cards = 0
        var judged = 0
        /// Cards that have a history of what the rule looks at.
        var withHistory = 0
        /// The coarsest data that was judged; nil if the history was not asked.
        var resolution: Resolution?
        var notes: [String] = []

        var fired: Int { findings.reduce(0) { $0 + $1.episodes.fired } }
    }

    let telemetry: TelemetryStore
    /// How the cards are now, for rules that history knows nothing of.
    let facts: @Sendable ([RuleCard]) async throws -> [RuleFacts]
    var budget = Self.budget

    /// Throws `CancellationError` if nobody waits for it any more.
    func run(_ rule: AlarmRule, on all: [RuleCard], from: Date, to: Date) async throws -> Outcome {
        let cards = all.filter(rule.scope.contains)
        var outcome = Outcome(cards: cards.count, notes: rule.condition.notes)
        if cards.count > Self.maximumCards { outcome.notes.append("The first \(Self.maximumCards) of \(cards.count) cards were judged.") }
        let some = Array(cards.prefix(Self.maximumCards))
        switch rule.condition {
        case .threshold, .noData: try await replay(rule.condition, some, from: from, to: to, &outcome)
        case .firmware, .batteryTest, .clockSkew, .expiry: try await judgeNow(rule.condition, some, at: to, &outcome)
        case .status: outcome.notes.append("The history keeps no status: this rule can't be held against it.")
        }
        return outcome
    }

    private func judgeNow(_ condition: RuleCondition, _ cards: [RuleCard], at date: Date, _ outcome: inout Outcome) async throws {
        outcome.notes.append("The history knows nothing of this: the cards were judged as they are now.")
        let once = RuleEpisodes(once: date.timeIntervalSince1970)
        var unknown = 0
        for facts in try await facts(cards) {
            outcome.judged += 1
            let verdict = condition.verdict(of: facts)
            if verdict == nil { unknown += 1 }
            guard verdict == .met else { continue }
            outcome.findings.append(Finding(card: facts.card.id, name: facts.card.name, episodes: once))
        }
        if unknown > 0 { outcome.notes.append("Of \(unknown) of these cards it is not known now.") }
    }

    private func replay(_ condition: RuleCondition, _ cards: [RuleCard], from: Date, to: Date, _ outcome: inout Outcome) async throws {
        let end = ContinuousClock.now + budget
        outcome.resolution = .raw
        for card in cards {
            try Task.checkCancellation()
            guard ContinuousClock.now < end else {
                outcome.notes.append(
                    "Stopped after \(budget.components.seconds) s: \(outcome.judged) of \(cards.count) cards were judged. "
                        + "Ask for a shorter time, or for fewer cards.")
                break
            }
            var reading = CardReplay(card: card.id, telemetry: telemetry, span: from.milliseconds..<to.milliseconds)
            let episodes: RuleEpisodes? =
                switch condition {
                case .threshold(let threshold): try await reading.replay(threshold)
                case .noData(let variable, let duration): try await reading.replay(try await self.variable(variable, of: card.id), duration)
                default: nil
                }
            outcome.judged += 1
            outcome.resolution = max(outcome.resolution ?? .raw, reading.resolution)
            guard let episodes else { continue }
            outcome.withHistory += 1
            if episodes.fired > 0 { outcome.findings.append(Finding(card: card.id, name: card.name, episodes: episodes)) }
        }
        outcome.findings.sort { ($1.episodes.fired, $0.card) < ($0.episodes.fired, $1.card) }
        if outcome.withHistory == 0, outcome.judged > 0 {
            let what = condition.variable.map { " of \($0)" } ?? ""
            outcome.notes.append("None of these cards has a history\(what) in this time.")
        }
        if let resolution = outcome.resolution, resolution != .raw {
            outcome.notes.append(
                "Where samples are not kept any more, \(resolution.rawValue) summaries were judged: short peaks count as whole hours.")
        }
    }

    /// The variable by which a card's data is known; the rule's, if it names one.
    private func variable(_ given: Variable?, of card: Int64) async throws -> Variable? {
        if let given { return given }
        let known = Set(try await telemetry.metrics(of: card).map(\.metric))
        return Self.vital.first { known.contains($0) } ?? known.min()
    }
}

/// One card's history, read only where it matters.
private struct CardReplay: Sendable {
    let card: Int64
    let telemetry: TelemetryStore
    /// Milliseconds since 1970.
    let span: Range<Int64>
    private(set) var resolution = Resolution.raw
    /// The samples of the day that was read last, by hour.
    private var day: (start: Int64, hours: [Int64: [HistoryPoint]]) = (.min, [:])

    init(card: Int64, telemetry: TelemetryStore, span: Range<Int64>) {
        self.card = card
        self.telemetry = telemetry
        self.span = span
    }

    /// Nil if there is no history.
    mutating func replay(_ threshold: RuleThreshold) async throws -> RuleEpisodes? {
        let hours = try await history(threshold.variable, span, step: .hour)
        guard !hours.isEmpty else { return nil }
        var replay = ThresholdReplay(threshold)
        // The hour after one that matters is read too: when the alarm was over is then known.
        var follows = false
        for hour in hours {
            let matters = threshold.mayBeMet(hour.minimum, hour.maximum)
            if matters || follows {
                let samples = try await samples(of: threshold.variable, in: hour.at)
                for sample in samples { replay.take(sample.average, at: sample.seconds) }
                if samples.isEmpty, matters {
                    resolution = max(resolution, .hourly)
                    let value = threshold.duration == .zero ? threshold.worst(hour.minimum, hour.maximum) : hour.average
                    replay.take(value, at: hour.seconds)
                }
                if samples.isEmpty, !matters { replay.take(threshold.quietest(hour.minimum, hour.maximum), at: hour.seconds) }
            } else {
                replay.take(threshold.quietest(hour.minimum, hour.maximum), at: hour.seconds)
            }
            follows = matters
        }
        return replay.found
    }

    mutating func replay(_ variable: Variable?, _ duration: RuleDuration) async throws -> RuleEpisodes? {
        guard let variable else { return nil }
        let hours = try await history(variable, span, step: .hour)
        guard !hours.isEmpty else { return nil }
        let least = Self.leastCount(hours, duration)
        var replay = SilenceReplay(duration)
        let gappy = Set(hours.filter { hour in least.map { hour.count < $0 } ?? true }.map(\.at))
        for hour in hours {
            // A gap may reach from one hour into the next.
            let isWhole = gappy.isDisjoint(with: [hour.at - .hour, hour.at, hour.at + .hour])
            let samples = isWhole ? [] : try await samples(of: variable, in: hour.at)
            for sample in samples { replay.seen(at: sample.seconds) }
            guard samples.isEmpty else { continue }
            if !isWhole { resolution = max(resolution, .hourly) }
            let begin = max(hour.seconds, Double(span.lowerBound) / 1000)
            replay.seen(throughout: begin...max(begin, min(hour.seconds + 3599, Double(span.upperBound) / 1000)))
        }
        return replay.found(until: Double(span.upperBound) / 1000)
    }

    /// The samples that an hour has at least if it has no gap which matters, nor half of one; nil if every hour has to be read.
    private static func leastCount(_ hours: [HistoryPoint], _ duration: RuleDuration) -> Int? {
        let usual = hours.map(\.count).sorted()[hours.count / 2]
        guard usual > 0 else { return nil }
        let missing = Double(duration.seconds) / 3600 * Double(usual)
        return missing < 8 ? nil : usual - Int(missing * 0.4)
    }

    private mutating func samples(of variable: Variable, in hour: Int64) async throws -> [HistoryPoint] {
        let start = hour.floored(to: .day)
        if day.start != start {
            try Task.checkCancellation()
            let all = try await history(variable, start..<(start + .day), step: 0)
            day = (start, Dictionary(grouping: all) { $0.at.floored(to: .hour) })
        }
        return day.hours[hour] ?? []
    }

    private func history(_ variable: Variable, _ span: Range<Int64>, step: Int64) async throws -> [HistoryPoint] {
        let span = span.clamped(to: self.span)
        let request = HistoryRequest(card: card, metrics: [variable], from: span.lowerBound, to: span.upperBound, step: step)
        return try await telemetry.history(request).series.first ?? []
    }
}

extension HistoryPoint {
    fileprivate var seconds: Double { Double(at) / 1000 }
}
