/// What a card remembers: its alarm table and its logs.
extension ControlledCard {
    package struct RecordHandler: Sendable {
        package let alarms: @Sendable () -> AlarmTable
        /// The names of the logs, as the paths have them.
        package let logs: [String]
        package let page: @Sendable (_ log: String, LogQuery) async throws -> LogPage
        package let csv: @Sendable (_ log: String) async throws -> String
        package let clear: @Sendable (_ log: String) async throws -> Void

        package init(
            alarms: @escaping @Sendable () -> AlarmTable, logs: [String],
            page: @escaping @Sendable (_ log: String, LogQuery) async throws -> LogPage,
            csv: @escaping @Sendable (_ log: String) async throws -> String,
            clear: @escaping @Sendable (_ log: String) async throws -> Void
        ) {
            self.alarms = alarms
            self.logs = logs
            self.page = page
            self.csv = csv
            self.clear = clear
        }
    }

    /// The table of the active alarms.
    package struct AlarmTable: Encodable, Sendable {
        package let count: Int
        /// The alarm that came last, active or not.
        package let last: Alarm?
        package let alarms: [Alarm]

        package init(last: Alarm?, alarms: [Alarm]) {
            count = alarms.count
            self.last = last
            self.alarms = alarms
        }

        /// `last` is null where none has come since the card's start.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(count, forKey: .count)
            try container.encode(last, forKey: .last)
            try container.encode(alarms, forKey: .alarms)
        }

        private enum Key: CodingKey { case count, last, alarms }
    }

    package struct Alarm: Encodable, Sendable {
        /// Its place in the table, from 1 on; absent of an alarm that is over.
        package let index: Int?
        package let code: String
        package let stamp: TimeStamp
        package let description: String
        /// `information`, `warning` or `critical`.
        package let level: String

        package init(index: Int?, code: String, stamp: TimeStamp, description: String, level: String) {
            self.index = index
            self.code = code
            self.stamp = stamp
            self.description = description
            self.level = level
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encodeIfPresent(index, forKey: .index)
            try container.encode(code, forKey: .code)
            try container.encode(description, forKey: .description)
            try container.encode(level, forKey: .level)
            try stamp.encode(to: encoder)
        }

        private enum Key: CodingKey { case index, code, description, level }
    }

    /// What is asked of a log.
    package struct LogQuery: Sendable, Equatable {
        package enum Order: String, Sendable, CaseIterable {
            case newest, oldest, severity
        }

        /// Seconds since 1970 UTC, both included; nil is no bound.
        package var from: Int64?
        package var to: Int64?
        /// From 1.
        package var page = 1
        /// Records on a page.
        package var count = 20
        package var order = Order.newest
    }

    package struct LogPage: Sendable {
        package let records: [LogRecord]
        /// Records of all pages.
        package let total: Int

        package init(records: [LogRecord], total: Int) {
            self.records = records
            self.total = total
        }
    }

    /// An event (level, text, and the device's code if it is one of the device), or a sample (values by the names of their columns; null
    /// where the device does not manage the quantity).
    package struct LogRecord: Encodable, Sendable {
        package let stamp: TimeStamp
        package let level: String?
        package let code: String?
        package let text: String?
        package let values: [String: Double?]?

        package init(stamp: TimeStamp, level: String, code: String?, text: String) {
            self.stamp = stamp
            self.level = level
            self.code = code
            self.text = text
            values = nil
        }

        package init(stamp: TimeStamp, values: [String: Double?]) {
            self.stamp = stamp
            level = nil
            code = nil
            text = nil
            self.values = values
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encodeIfPresent(level, forKey: .level)
            try container.encodeIfPresent(code, forKey: .code)
            try container.encodeIfPresent(text, forKey: .text)
            try container.encodeIfPresent(values, forKey: .values)
            try stamp.encode(to: encoder)
        }

        private enum Key: CodingKey { case level, code, text, values }
    }
}
