import PowerDevice

/// What a record says.
enum LogContents: Equatable, Sendable {
    /// - Parameter code: the device's point, or who has caused the event.
    case event(severity: Severity, code: String?, text: String, instant: Int64)
    case sample(LogSample)
}

/// A sentence of an event log.
struct LoggedEvent: Equatable, Sendable {
    /// Counts a card's records in this log, from 1 on and for ever. The order of records is that of their numbers: the clock may be set.
    let sequence: Int64
    /// Seconds since 1970 UTC by the card's clock.
    let instant: Int64
    let severity: Severity
    /// Of a device's event its point (`A001`), if it is one; of a card's event who has caused it, if anybody did.
    let code: String?
    let text: String
}

/// A line of measurements.
struct LoggedSample: Equatable, Sendable {
    /// As of `LoggedEvent`.
    let sequence: Int64
    let sample: LogSample
}

/// What was measured at one moment, or in the time up to it.
struct LogSample: Equatable, Sendable {
    /// What the values mean, in their order.
    let schema: LogSchema
    /// Seconds since 1970 UTC by the card's clock; the end, where the sample is of a time.
    let instant: Int64
    /// The beginning, where it is of a time; by the clock as it was then.
    var start: Int64?
    /// In the units of the columns, to a hundredth; nil where the device does not manage the quantity.
    let values: [Double?]
}

/// How a page of a log is put in order.
enum LogOrder: String, CaseIterable, Sendable {
    case newestFirst = "newest"
    case oldestFirst = "oldest"
    /// The gravest first, and the newest first among equals. Samples have no severity.
    case severity
}

/// Some of a log's records.
struct LogPage<Record: Sendable>: Sendable {
    let records: [Record]
    /// The records that were asked for on all pages.
    let total: Int
    /// Counted from 1.
    let page: Int
    /// Records on a page.
    let count: Int

    var pages: Int { total == 0 ? 1 : (total + count - 1) / count }
}

extension LogPage: Equatable where Record: Equatable {}

/// What somebody wants of a log.
struct LogQuery: Equatable, Sendable {
    /// Seconds since 1970 UTC, both included; nil is no bound.
    var from: Int64?
    var to: Int64?
    /// From 1.
    let page: Int
    /// Records on a page, 1…`LogKind.capacity`.
    let count: Int
    var order: LogOrder

    /// A page or count that can't be is taken for the nearest that can.
    init(from: Int64? = nil, to: Int64? = nil, page: Int = 1, count: Int = 20, order: LogOrder = .newestFirst) {
        self.from = from
        self.to = to
        self.page = min(max(page, 1), LogKind.capacity)
        self.count = min(max(count, 1), LogKind.capacity)
        self.order = order
    }

    /// The whole log, oldest first.
    static let whole = LogQuery(count: LogKind.capacity, order: .oldestFirst)
}
