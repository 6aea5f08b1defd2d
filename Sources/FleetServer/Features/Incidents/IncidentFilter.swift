import FoundationEssentials
import Hummingbird
import PowerDevice

/// Which incidents a request wants to see.
struct IncidentFilter: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable { case open, ended, all }

    /// Which of its alarms.
    enum Members: String, Sendable, CaseIterable { case active, cleared, single, all }

    var state = State.open
    var site: String?
    var cause: String?
    var severity: Severity?
    /// Those that were not over by then.
    var from: Date?
    /// Those that had begun by then.
    var to: Date?
    /// Text that the title contains, whatever the case.
    var text: String?

    init() {}

    init(_ request: Request) throws {
        let query = request.uri.queryParameters
        state = try Self.word("state", query["state"].map(String.init)) ?? .open
        severity = try Self.word("severity", query["severity"].map(String.init))
        site = query["site"].map(String.init)
        cause = query["cause"].map(String.init)
        text = query["q"].map(String.init)
        from = try Self.time("from", query["from"].map(String.init))
        to = try Self.time("to", query["to"].map(String.init))
    }

    static func word<Word: CaseIterable & RawRepresentable<String>>(_ field: String, _ text: String?) throws -> Word? {
        guard let text else { return nil }
        guard let word = Word(rawValue: text) else {
            throw Problem.invalid(field, "\(field) is one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return word
    }

    private static func time(_ field: String, _ text: String?) throws -> Date? {
        guard let text else { return nil }
        guard let time = JSONCoding.parseTime(text) else {
            throw Problem.invalid(field, "\(field) is an RFC 3339 time, such as 2026-11-23T10:00:00Z.")
        }
        return time
    }

    var condition: Condition {
        var condition = Condition()
        if state != .all { condition.add("state = ?", .text(state.rawValue)) }
        if let site { condition.add("site = ?", .text(site)) }
        if let cause { condition.add("cause = ?", .text(cause)) }
        if let severity { condition.add("severity = ?", .text(severity.rawValue)) }
        if let from { condition.add("(closed_at IS NULL OR closed_at >= ?)", SQLValue(from)) }
        if let to { condition.add("opened_at <= ?", SQLValue(to)) }
        if let text, !text.isEmpty {
            let escaped = text.lowercased().replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
            condition.add("LOWER(title) LIKE ? ESCAPE '\\'", .text("%\(escaped)%"))
        }
        return condition
    }
}
