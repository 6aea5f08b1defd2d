import FoundationEssentials
import PowerDevice

/// The labels of a card's series, as remote-write wants them: sorted, and none that is empty.
struct RemoteWriteLabels: Sendable, Equatable {
    private let card: String
    private let name: String
    private let site: String

    init(_ card: Card) {
        self.card = "\(card.id)"
        name = card.name
        site = card.site ?? ""
    }

    func labels(_ metric: String, _ more: [(String, String)] = []) -> [Prometheus_Label] {
        let all = [("__name__", metric), ("card", card), ("name", name), ("site", site)] + more
        return all.filter { !$0.1.isEmpty }.sorted { $0.0 < $1.0 }.map { Prometheus_Label($0.0, $0.1) }
    }

    func labels(_ series: VariableSeries) -> [Prometheus_Label] {
        labels(series.family, series.phase.map { [("phase", $0)] } ?? [])
    }
}

extension Prometheus_Label {
    init(_ name: String, _ value: String) {
        self.init()
        self.name = name
        self.value = value
    }
}

extension Prometheus_Sample {
    /// What says that a series has ended: a NaN of its own, which no arithmetic makes (Prometheus, `value.StaleNaN`).
    static let stale = Double(bitPattern: 0x7FF0_0000_0000_0002)

    init(_ value: Double, at date: Date) {
        self.init()
        self.value = value
        timestamp = Int64((date.timeIntervalSince1970 * 1000).rounded())
    }
}

extension Prometheus_TimeSeries {
    init(_ labels: [Prometheus_Label], _ samples: [Prometheus_Sample]) {
        self.init()
        self.labels = labels
        self.samples = samples
    }
}

/// Makes the series of a round out of what polls have brought: values, what is told of every card, and the ends of series. Pure.
struct RemoteWriteSeries: Sendable {
    /// What of a card the far end has been told.
    private struct Told: Sendable {
        var labels: RemoteWriteLabels
        /// Numbers of the catalog: series that have not ended.
        var series: Set<Int> = []
        var lastSample = Date(timeIntervalSince1970: 0)
        var state: State?
        var stateAt = Date(timeIntervalSince1970: 0)
    }

    private struct State: Sendable, Equatable {
        let status: OperatingStatus
        let isFresh: Bool
        let alarms: Int
        let facts: [String]
    }

    /// What is told of every card is told anew after so many seconds, though it has not changed: a series ends for who asks when five
    /// minutes have no sample.
    static let repeatInterval = 60.0

    private var catalog = SeriesCatalog()
    private var told: [Int64: Told] = [:]

    /// - Parameters:
    ///   - samples: of all polls since the last round. - figures: the cards that this server polls, as they are now.
    mutating func round(
        samples: [TelemetryStore.Sample], cards: [Int64: Card], figures: [CardFigures], at now: Date
    ) -> [Prometheus_TimeSeries] {
        var series: [Prometheus_TimeSeries] = []
        for (id, group) in Dictionary(grouping: samples, by: \.card).sorted(by: { $0.key < $1.key }) {
            guard let card = cards[id] else { continue }
            series += rename(card, at: now)
            series += values(of: card, group)
        }
        for figure in figures { series += state(of: figure, at: now) }
        return series + farewell(to: Set(figures.map(\.card.id)), at: now)
    }

    private mutating func values(of card: Card, _ samples: [TelemetryStore.Sample]) -> [Prometheus_TimeSeries] {
        var entry = told[card.id] ?? Told(labels: RemoteWriteLabels(card))
        var points: [Int: [Prometheus_Sample]] = [:]
        for sample in samples.sorted(by: { $0.at < $1.at }) {
            for (variable, value) in sample.readings where value.isFinite {
                guard let number = catalog.number(of: variable) else { continue }
                points[number, default: []].append(Prometheus_Sample(value, at: sample.at))
            }
            entry.lastSample = max(entry.lastSample, sample.at)
        }
        entry.series.formUnion(points.keys)
        told[card.id] = entry
        return points.sorted { $0.key < $1.key }.map { Prometheus_TimeSeries(entry.labels.labels(catalog.series[$0.key]), $0.value) }
    }

    /// A card with another name or site has other series; the old ones end.
    private mutating func rename(_ card: Card, at now: Date) -> [Prometheus_TimeSeries] {
        guard let entry = told[card.id], entry.labels != RemoteWriteLabels(card) else { return [] }
        told[card.id] = Told(labels: RemoteWriteLabels(card))
        return end(of: entry, withState: true, at: now)
    }

    private mutating func state(of figure: CardFigures, at now: Date) -> [Prometheus_TimeSeries] {
        var series = rename(figure.card, at: now)
        var entry = told[figure.card.id] ?? Told(labels: RemoteWriteLabels(figure.card))
        let state = State(
            status: figure.operatingStatus, isFresh: figure.isFresh, alarms: figure.status.alarmCount, facts: figure.facts.map(\.1))
        // Of a card that is silent all, of one that answers what it does not measure any more.
        var gone = entry
        gone.series.subtract(figure.readings.keys.compactMap { catalog.number(of: $0) })
        series += end(of: gone, withState: false, at: now)
        entry.series.subtract(gone.series)
        if entry.state != state || now.timeIntervalSince(entry.stateAt) >= Self.repeatInterval {
            series += Self.series(of: figure, entry.labels, at: now)
            if let before = entry.state, before.facts != state.facts { series += Self.endOfFacts(before, entry.labels, at: now) }
            (entry.state, entry.stateAt) = (state, now)
        }
        told[figure.card.id] = entry
        return series
    }

    private mutating func farewell(to cards: Set<Int64>, at now: Date) -> [Prometheus_TimeSeries] {
        var series: [Prometheus_TimeSeries] = []
        for (id, entry) in told where !cards.contains(id) {
            series += end(of: entry, withState: true, at: now)
            told[id] = nil
        }
        return series
    }

    // MARK: - Series

    private func end(of entry: Told, withState: Bool, at now: Date) -> [Prometheus_TimeSeries] {
        let last = [Prometheus_Sample(Prometheus_Sample.stale, at: max(now, entry.lastSample.addingTimeInterval(0.001)))]
        var series = entry.series.sorted().map { Prometheus_TimeSeries(entry.labels.labels(catalog.series[$0]), last) }
        guard withState, let state = entry.state else { return series }
        let names = ["nvfleet_card_up", "nvfleet_card_alarms", "nvfleet_card_last_seen_timestamp_seconds"]
        series += names.map { Prometheus_TimeSeries(entry.labels.labels($0), last) }
        series += OperatingStatus.allCases.map {
            Prometheus_TimeSeries(entry.labels.labels("nvfleet_card_status", [("status", $0.rawValue)]), last)
        }
        return series + Self.endOfFacts(state, entry.labels, at: now)
    }

    private static func endOfFacts(_ state: State, _ labels: RemoteWriteLabels, at now: Date) -> [Prometheus_TimeSeries] {
        let facts = Array(zip(CardFigures.factNames, state.facts))
        return [Prometheus_TimeSeries(labels.labels("nvfleet_card_info", facts), [Prometheus_Sample(Prometheus_Sample.stale, at: now)])]
    }

    private static func series(of figure: CardFigures, _ labels: RemoteWriteLabels, at now: Date) -> [Prometheus_TimeSeries] {
        func one(_ metric: String, _ value: Double, _ more: [(String, String)] = []) -> Prometheus_TimeSeries {
            Prometheus_TimeSeries(labels.labels(metric, more), [Prometheus_Sample(value, at: now)])
        }
        let alarms = figure.isFresh ? Double(figure.status.alarmCount) : Prometheus_Sample.stale
        var series = [
            one("nvfleet_card_up", figure.isFresh ? 1 : 0), one("nvfleet_card_alarms", alarms), one("nvfleet_card_info", 1, figure.facts),
        ]
        if let seen = figure.status.lastSeen { series.append(one("nvfleet_card_last_seen_timestamp_seconds", seen.timeIntervalSince1970)) }
        let status = figure.operatingStatus
        return series + OperatingStatus.allCases.map { one("nvfleet_card_status", $0 == status ? 1 : 0, [("status", $0.rawValue)]) }
    }
}
