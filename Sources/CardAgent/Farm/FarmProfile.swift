import UPSSimulation

/// Which models a farm has: all of the catalogue in turn (`mixed`), or those that a file lists.
///
///     # two of one model, then one of another; the list is repeated as often as the farm needs
///     - model: MASTERYS BC+
///       count: 2
///     - model: ITYS PRO
///
/// The file is YAML: a list of mappings with `model` and, unless it is 1, `count`. No other YAML is understood.
enum FarmProfile {
    struct Problem: Error, Equatable, CustomStringConvertible {
        let line: Int
        let reason: String

        var description: String { "line \(line): \(reason)" }
    }

    static let mixed = UPSModel.catalogue
    private static let largestCount = 10_000

    private struct Entry {
        var model: UPSModel
        var count = 1
    }

    /// The models of a profile document, one for each card.
    static func models(_ document: String) throws(Problem) -> [UPSModel] {
        var entries: [Entry] = []
        for (index, raw) in document.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = index + 1
            var text = content(of: raw)
            guard !text.isEmpty, text != "---" else { continue }
            let isNew = text.hasPrefix("-")
            if isNew { text = text.dropFirst().drop { $0 == " " } }
            let pair = text.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { throw Problem(line: line, reason: "expected `- model: NAME` or `count: N`") }
            try add(String(pair[0]), unquoted(pair[1]), isNew: isNew, line: line, to: &entries)
        }
        guard !entries.isEmpty else { throw Problem(line: 1, reason: "the profile lists no model") }
        return entries.flatMap { Array(repeating: $0.model, count: $0.count) }
    }

    private static func add(_ key: String, _ value: String, isNew: Bool, line: Int, to entries: inout [Entry]) throws(Problem) {
        switch (key, isNew) {
        case ("model", true):
            guard let model = UPSModel.named(value) else {
                let known = UPSModel.catalogue.map(\.name).joined(separator: ", ")
                throw Problem(line: line, reason: "there is no model \"\(value)\"; there are \(known)")
            }
            entries.append(Entry(model: model))
        case ("count", false):
            guard let count = Int(value), (1...largestCount).contains(count) else {
                throw Problem(line: line, reason: "count must be from 1 to \(largestCount), not \(value)")
            }
            guard let last = entries.indices.last else { throw Problem(line: line, reason: "a count needs a model above it") }
            entries[last].count = count
        default:
            throw Problem(line: line, reason: "expected `- model: NAME` or `count: N`")
        }
    }

    /// The line without its comment and the blanks around it.
    private static func content(of line: Substring) -> Substring {
        var text = line.drop { $0 == " " || $0 == "\r" }
        if text.hasPrefix("#") { return "" }
        if let comment = text.indices.first(where: { text[$0] == "#" && $0 > text.startIndex && text[text.index(before: $0)] == " " }) {
            text = text[..<comment]
        }
        while let last = text.last, last == " " || last == "\r" { text = text.dropLast() }
        return text
    }

    private static func unquoted(_ value: Substring) -> String {
        let text = value.drop { $0 == " " }
        guard text.count >= 2, let quote = text.first, quote == "\"" || quote == "'", text.last == quote else { return String(text) }
        return String(text.dropFirst().dropLast())
    }
}
