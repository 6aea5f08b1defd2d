import FoundationEssentials

/// Times as an operator reads them.
enum Elapsed {
    /// `12 s`, `5 min`, `3 h`, `8 d`.
    static func text(seconds: Double) -> String {
        switch max(0, seconds) {
        case ..<100: "\(Int(max(0, seconds))) s"
        case ..<6000: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(min(seconds / 86_400, 1e6))) d"
        }
    }

    /// How long ago an RFC 3339 time is; the text itself where it is none.
    static func since(_ time: String, now: Date) -> String {
        guard let date = date(time) else { return time }
        return text(seconds: now.timeIntervalSince(date)) + " ago"
    }

    /// How soon an RFC 3339 time comes; the text itself where it is none.
    static func until(_ time: String, now: Date) -> String {
        guard let date = date(time) else { return time }
        return date > now ? "in " + text(seconds: date.timeIntervalSince(now)) : "now"
    }

    static func date(_ time: String) -> Date? {
        (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(time)) ?? (try? Date.ISO8601FormatStyle().parse(time))
    }

    static func rfc3339(_ date: Date) -> String { Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(date) }
}
