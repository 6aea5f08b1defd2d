import FoundationEssentials

/// An instant as the API tells it, twice: `at` is UTC (RFC 3339), `time` the card's own local text.
package struct TimeStamp: Encodable, Sendable, Equatable {
    package let at: String
    package let time: String

    /// - Parameters:
    ///   - instant: seconds since 1970 UTC.
    ///   - time: `dd/mm/yyyy hh:mm:ss`.
    package init(_ instant: Int64, time: String) {
        at = Self.text(instant)
        self.time = time
    }

    static func text(_ instant: Int64) -> String {
        Date(timeIntervalSince1970: Double(instant)).formatted(.iso8601)
    }

    /// `2026-11-23T04:00:00Z`, or seconds since 1970.
    static func instant(_ text: String) -> Int64? {
        if let seconds = Int64(text) { return seconds }
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        return Int64(date.timeIntervalSince1970.rounded(.down))
    }
}
