/// What the terminal shows of an upgrade: a line for each card and one for all, never more than fit.
enum ProgressBoard {
    private static let barWidth = 20
    private static let stateWidth = 11

    /// The lines for a terminal of `width` columns and `height` rows.
    static func lines(_ rows: [UpgradeRow], width: Int, height: Int) -> [String] {
        let room = max(1, height - 2)
        let shown = rows.count <= room ? rows : mostWanted(rows, room)
        let titles = min(max(4, shown.map(\.title.count).max() ?? 0), max(8, width / 3))
        return shown.map { line($0, titles: titles, width: width) } + [Table.trimmed(Table.fit(UpgradeTally(rows).text, width))]
    }

    /// Where not all fit: what is under way, then what went wrong, then what is done, each in its order.
    private static func mostWanted(_ rows: [UpgradeRow], _ count: Int) -> [UpgradeRow] {
        let underWay = rows.filter { !$0.state.isEnd && $0.state != .queued }
        let wrong = rows.filter { $0.state.isEnd && $0.state != .done }
        let rest = rows.filter { $0.state == .done }.reversed() + rows.filter { $0.state == .queued }
        return Array((underWay + wrong + rest).prefix(count))
    }

    private static func line(_ row: UpgradeRow, titles: Int, width: Int) -> String {
        var text = Table.fit(row.title, titles) + "  " + Table.fit(row.state.rawValue, stateWidth)
        if row.state == .transfer, let progress = row.progress {
            text += "  " + bar(progress, width: min(barWidth, max(0, width - text.count - 9))) + " " + percent(progress)
        } else if let outcome = row.outcome {
            text += "  " + outcome
        }
        let cut = Table.fit(text.replacing("\n", with: " "), width)
        return Table.trimmed(cut)
    }

    static func bar(_ part: Double, width: Int) -> String {
        let filled = Int((clamped(part) * Double(width)).rounded(.down))
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }

    /// Between 0 and 1, whatever a server says.
    private static func clamped(_ part: Double) -> Double { part.isFinite ? min(max(part, 0), 1) : 0 }

    static func percent(_ part: Double) -> String {
        let number = String(Int((clamped(part) * 100).rounded(.down)))
        return String(repeating: " ", count: 3 - number.count) + number + " %"
    }
}

/// Follows an upgrade on whatever there is: redraws a terminal, writes lines into a pipe, JSON lines for a program.
struct ProgressDisplay: Sendable {
    private let isJSON: Bool
    private let isTerminal: Bool
    private var drawn: [String] = []
    private var states: [String: UpgradeRow.State] = [:]

    init(isJSON: Bool, isTerminal: Bool) {
        self.isJSON = isJSON
        self.isTerminal = isTerminal
    }

    init(_ output: Output) { self.init(isJSON: output.isJSON, isTerminal: Terminal.isOutput) }

    /// Shows how the cards stand now.
    mutating func show(_ rows: [UpgradeRow]) throws {
        if isJSON {
            for row in changes(rows) { try Output.progress(row) }
        } else if isTerminal {
            let size = Terminal.size
            Terminal.put(redrawing(ProgressBoard.lines(rows, width: size.columns, height: size.rows)), on: 1)
        } else {
            for row in changes(rows) { Terminal.put(Output.printable(Self.line(row)) + "\n", on: 1) }
        }
    }

    /// Moves up over what was drawn last, and draws the lines in its place; nothing where nothing has changed.
    private mutating func redrawing(_ lines: [String]) -> String {
        guard lines != drawn else { return "" }
        let up = drawn.isEmpty ? "" : "\u{1B}[\(drawn.count)A"
        drawn = lines
        return up + lines.map { "\r\u{1B}[2K" + Output.printable($0) + "\n" }.joined() + "\u{1B}[J"
    }

    /// The rows whose state is another than when they were shown last.
    mutating func changes(_ rows: [UpgradeRow]) -> [UpgradeRow] {
        rows.filter { row in
            let key = row.card.map(String.init) ?? row.address ?? row.title
            return states.updateValue(row.state, forKey: key) != row.state && row.state != .queued
        }
    }

    static func line(_ row: UpgradeRow) -> String {
        ["\(row.title): \(row.state.rawValue)", row.outcome].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
