import ArgumentParser
import FoundationEssentials
import PowerDevice

/// How many items a list is to have.
struct ListLength: ParsableArguments {
    @Option(help: ArgumentHelp("How many at most: 1 to 100000.", valueName: "n"))
    var last = 500

    func validate() throws {
        guard 1...100_000 ~= last else { throw ValidationError("--last is from 1 to 100000.") }
    }
}

/// A span of time, as it is typed.
struct SpanOptions: ParsableArguments {
    @Option(help: ArgumentHelp("From when on: RFC 3339, or so long ago, as 12h or 7d.", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Until when.", valueName: "time"))
    var to: String?

    func validate() throws {
        for (name, text) in [("--from", from), ("--to", to)] {
            guard let text, Moment.date(text, now: Date()) == nil else { continue }
            throw ValidationError("\(name) is a time such as 2026-01-31T12:00:00Z, or 12h for twelve hours ago.")
        }
    }

    func query(now: Date) -> [(String, String?)] {
        func time(_ text: String?) -> String? { text.flatMap { Moment.date($0, now: now) }.map(Elapsed.rfc3339) }
        return [("from", time(from)), ("to", time(to))]
    }

    /// The same as fields of a body.
    func fields(now: Date) -> [String: APIValue] {
        query(now: now).reduce(into: [:]) { fields, pair in fields[pair.0] = pair.1.map(APIValue.text) }
    }
}

/// What a list is to be narrowed to by words of its own.
enum Choice {
    static func parse(_ text: String?, among known: [String], _ option: String) throws {
        guard let text, !known.contains(text) else { return }
        throw ValidationError("\(option) is one of \(known.joined(separator: ", ")).")
    }

    static let severities = Severity.allCases.map(\.rawValue)
}

extension Output {
    /// Shows the first items of a list, and says that there are more.
    func show<Item: Encodable>(_ found: (items: [Item], hasMore: Bool), empty: String, _ columns: [Column<Item>]) throws {
        try show(found.items, empty: empty, columns)
        if found.hasMore { Self.complain("These are the \(found.items.count) newest; there are more: --last N.") }
    }

    /// Names and what they stand for, in two columns; empty ones are left out.
    static func facts(_ rows: [(String, String?)]) -> [String] {
        let shown = rows.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
        let width = shown.map(\.0.count).max() ?? 0
        return shown.map { "  " + Table.fit($0.0, width) + "  " + $0.1 }
    }
}
