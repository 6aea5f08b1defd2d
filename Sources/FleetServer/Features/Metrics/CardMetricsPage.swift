import FoundationEssentials
import NIOCore
import PowerDevice

/// The gauges of all cards in a text format, a sequence of pieces: 10,000 cards make some forty megabytes, which need not be there at once.
struct CardMetricsPage: Sendable, Sequence {
    private struct Value: Sendable {
        /// The card, by its place in `figures`.
        let row: Int
        let value: Double
    }

    /// Lines that follow each other: of one thing that is told of all cards, or of one series.
    private struct Section: Sendable {
        enum Content: Sendable { case up, status, alarms, lastSeen, info, series(Int) }

        let content: Content
        let family: String
        /// What comes first in a family: its help.
        var help: String?
    }

    private let format: ExpositionFormat
    private let figures: [CardFigures]
    /// The labels of each card, as they are between the braces.
    private let labels: [String]
    /// The values of each series, in the order of the cards.
    private let columns: [[Value]]
    /// The labels beside the card's of each series.
    private let phases: [String]
    private let sections: [Section]

    init(_ figures: [CardFigures], format: ExpositionFormat = .prometheus) {
        self.format = format
        self.figures = figures
        labels = figures.map { PrometheusText.pairs($0.labels) }
        var catalog = SeriesCatalog()
        var columns: [[Value]] = []
        for (row, card) in figures.enumerated() {
            for (variable, value) in card.readings where value.isFinite {
                guard let number = catalog.number(of: variable) else { continue }
                if number == columns.count { columns.append([]) }
                columns[number].append(Value(row: row, value: value))
            }
        }
        self.columns = columns
        phases = catalog.series.map { $0.phase.map { ",phase=\"\($0)\"" } ?? "" }
        sections = figures.isEmpty ? [] : Self.common + Self.sections(of: catalog.series)
    }

    /// What is told of every card, whatever it measures.
    private static let common = [
        Section(content: .up, family: "nvfleet_card_up", help: "Whether the card has answered lately: 1 or 0."),
        Section(
            content: .status, family: "nvfleet_card_status", help: "The card's status: 1 at the one that it has, 0 at all others."),
        Section(content: .alarms, family: "nvfleet_card_alarms", help: "Alarms that are active on the card's device."),
        Section(
            content: .lastSeen, family: "nvfleet_card_last_seen_timestamp_seconds",
            help: "When the card answered last, in seconds since 1970."),
        Section(content: .info, family: "nvfleet_card_info", help: "What the card is; always 1."),
    ]

    /// In the order of the families' names, and in a family in that of the phases.
    private static func sections(of series: [VariableSeries]) -> [Section] {
        var last: String?
        let order = series.indices.sorted { (series[$0].family, series[$0].phase ?? "") < (series[$1].family, series[$1].phase ?? "") }
        return order.map { number in
            let family = series[number].family
            defer { last = family }
            return Section(content: .series(number), family: family, help: family == last ? nil : series[number].help)
        }
    }

    // MARK: - Lines

    private func count(_ content: Section.Content) -> Int {
        if case .series(let number) = content { columns[number].count } else { figures.count }
    }

    private func write(_ index: Int, of section: Section, to piece: inout ByteBuffer) {
        let family = section.family
        switch section.content {
        case .up: line(family, index, "", figures[index].isFresh ? "1" : "0", to: &piece)
        case .status:
            let status = figures[index].operatingStatus
            for (state, pair) in Self.states { line(family, index, pair, state == status ? "1" : "0", to: &piece) }
        case .alarms: if figures[index].isFresh { line(family, index, "", "\(figures[index].status.alarmCount)", to: &piece) }
        case .lastSeen:
            if let seen = figures[index].status.lastSeen { line(family, index, "", "\(seen.timeIntervalSince1970)", to: &piece) }
        case .info: line(family, index, ",\(PrometheusText.pairs(figures[index].facts))", "1", to: &piece)
        case .series(let number):
            let entry = columns[number][index]
            line(family, entry.row, phases[number], "\(entry.value)", to: &piece)
        }
    }

    private static let states = OperatingStatus.allCases.map { ($0, ",status=\"\($0.rawValue)\"") }

    private func line(_ family: String, _ row: Int, _ more: String, _ value: String, to piece: inout ByteBuffer) {
        piece.writeString(family)
        piece.writeInteger(UInt8(ascii: "{"))
        piece.writeString(labels[row])
        piece.writeString(more)
        piece.writeStaticString("} ")
        piece.writeString(value)
        piece.writeInteger(UInt8(ascii: "\n"))
    }

    // MARK: - Pieces

    struct Iterator: IteratorProtocol {
        /// Bytes after which a piece is handed on.
        static let pieceSize = 64 * 1024

        fileprivate let page: CardMetricsPage
        private var section = 0
        private var index = 0

        fileprivate init(page: CardMetricsPage) { self.page = page }

        mutating func next() -> ByteBuffer? {
            var piece = ByteBuffer()
            piece.reserveCapacity(Self.pieceSize + 4096)
            while section < page.sections.count, piece.readableBytes < Self.pieceSize {
                let current = page.sections[section]
                if index == 0 { begin(current, &piece) }
                let count = page.count(current.content)
                while index < count, piece.readableBytes < Self.pieceSize {
                    page.write(index, of: current, to: &piece)
                    index += 1
                }
                if index == count { (section, index) = (section + 1, 0) }
            }
            return piece.readableBytes > 0 ? piece : nil
        }

        private func begin(_ section: Section, _ piece: inout ByteBuffer) {
            guard let help = section.help else { return }
            var head = PrometheusText(format: page.format)
            head.head(section.family, help, "gauge")
            piece.writeString(head.text)
        }
    }

    func makeIterator() -> Iterator { Iterator(page: self) }
}
