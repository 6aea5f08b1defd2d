/// A table in plain text: columns as wide as their widest cell, or narrower where the width is limited.
struct Table: Sendable {
    enum Alignment: Sendable { case left, right }

    struct Column: Sendable {
        let title: String
        var alignment = Alignment.left

        init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    private static let gap = "  "
    /// No column gets narrower, whatever the width.
    private static let narrowest = 6

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; what is nil or beyond the columns is left empty or out.
    mutating func add(_ cells: [String?]) {
        let texts = cells.prefix(columns.count).map { ($0 ?? "").replacing("\n", with: " ") }
        rows.append(texts + Array(repeating: "", count: columns.count - texts.count))
    }

    /// The title line and a line for each row, without trailing spaces. `width` nil: as wide as it takes.
    func lines(width: Int? = nil) -> [String] {
        let widths = widths(limit: width)
        return ([columns.map { $0.title.uppercased() }] + rows).map { row in
            let cells = zip(row, zip(widths, columns)).map { Self.fit($0, $1.0, $1.1.alignment) }
            return Self.trimmed(cells.joined(separator: Self.gap))
        }
    }

    private func widths(limit: Int?) -> [Int] {
        var widths = columns.indices.map { column in max(columns[column].title.count, rows.map { $0[column].count }.max() ?? 0) }
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + Self.gap.count * max(0, columns.count - 1) - limit
        while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.narrowest {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    /// The text in exactly so many columns; what is cut off shows as an ellipsis.
    static func fit(_ text: String, _ width: Int, _ alignment: Alignment = .left) -> String {
        guard text.count <= width else { return width > 0 ? text.prefix(width - 1) + "…" : "" }
        let padding = String(repeating: " ", count: width - text.count)
        return alignment == .left ? text + padding : padding + text
    }

    static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
