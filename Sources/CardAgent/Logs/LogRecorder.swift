import NIOCore
import PowerDevice

/// Decides when something is logged, and what: sans-IO, time is an argument.
///
/// Samples go by the monotonic clock, their stamps by the card's: a clock that is set moves the stamps, and neither doubles samples nor
/// leaves any out. After a pause of the program one sample is taken, not all that were missed. While the device does not answer there
/// are no samples: a gap in the log is a gap in the knowledge.
struct LogRecorder: Sendable {
    /// Seconds and minutes, as the settings have them.
    struct Intervals: Equatable, Sendable {
        /// 5…28,800 s.
        var history = 60
        /// 3…10,080 min.
        var extended = 60
    }

    /// A record, and where it goes.
    struct Entry: Equatable, Sendable {
        let kind: LogKind
        let sample: LogSample
    }

    /// The next due time of something that recurs.
    private struct Rhythm: Sendable {
        private let shift: Double
        private var interval = TimeAmount.zero
        private var last: NIODeadline?
        private(set) var due: NIODeadline?

        init(shift: Double) { self.shift = shift }

        /// A new interval counts from the last time on.
        mutating func isDue(every interval: TimeAmount, at now: NIODeadline) -> Bool {
            if due == nil {
                due = now + TimeAmount.nanoseconds(Int64(Double(interval.nanoseconds) * shift))
            } else if interval != self.interval {
                due = (last ?? now) + interval
            }
            self.interval = interval
            guard let due, now >= due else { return false }
            last = now
            let next = due + interval
            self.due = next > now ? next : now + interval
            return true
        }
    }

    private var history: Rhythm
    private var extended: Rhythm
    private var reader = FieldReader()
    private var statistics = ExtendedStatistics(columns: LogField.upsExtended.count)
    /// The card's clock when the statistics began.
    private var start: Int64?

    /// - Parameter shift: 0 ..< 1, the part of an interval by which the first sample is put off: so cards that start together don't log
    ///   together.
    init(shift: Double = 0) {
        history = Rhythm(shift: shift)
        extended = Rhythm(shift: 1)
    }

    /// The part of an interval that suits a card: those of neighbours lie far apart, that of card 1 is none.
    static func shift(ofCard number: Int) -> Double {
        let turns = Double(number - 1) * 0.618_033_988_749_895
        return turns - turns.rounded(.down)
    }

    /// The device has been polled: the extended history takes each poll in.
    mutating func polled(_ device: DeviceRecord.Contents, now: Int64) {
        guard device.snapshot.state.isCommunicating, device.map.kind == .ups else { return }
        start = start ?? now
        statistics.take(reader.values(of: LogField.upsExtended, in: device, slot: .extended))
    }

    /// What is to be logged now; to be called more often than the shortest interval.
    ///
    /// - Parameter now: by the card's clock, in seconds since 1970 UTC.
    mutating func due(
        _ device: DeviceRecord.Contents, sensor: EnvironmentReading?, intervals: Intervals, at time: NIODeadline, now: Int64
    ) -> [Entry] {
        var entries: [Entry] = []
        if history.isDue(every: .seconds(Int64(intervals.history)), at: time) {
            entries += sample(of: device, now: now).map { [Entry(kind: .history, sample: $0)] } ?? []
            entries += sensor.map { [Entry(kind: .sensorHistory, sample: Self.sample(of: $0, now: now))] } ?? []
        }
        if extended.isDue(every: .minutes(Int64(intervals.extended)), at: time) { entries += finish(now: now) }
        return entries
    }

    /// The time until something is due, by what was said last.
    func wait(at time: NIODeadline) -> TimeAmount {
        let next = [history.due, extended.due].compactMap(\.self).min() ?? time
        return max(next - time, .zero)
    }

    /// What the extended history has gathered up to now, and begins it anew.
    ///
    /// - Parameter seconds: less than this is not worth a record.
    mutating func finish(now: Int64, atLeast seconds: Int64 = 0) -> [Entry] {
        defer {
            statistics = ExtendedStatistics(columns: LogField.upsExtended.count)
            start = nil
        }
        guard let start, statistics.count > 0, seconds == 0 || abs(now - start) >= seconds else { return [] }
        return [
            Entry(
                kind: .extendedHistory,
                sample: LogSample(schema: .extendedHistory, instant: now, start: start, values: statistics.values))
        ]
    }

    private mutating func sample(of device: DeviceRecord.Contents, now: Int64) -> LogSample? {
        guard device.snapshot.state.isCommunicating else { return nil }
        let isUPS = device.map.kind == .ups
        let values = reader.values(of: isUPS ? LogField.ups : LogField.sts, in: device, slot: .history)
        return LogSample(schema: isUPS ? .upsHistory : .stsHistory, instant: now, values: values)
    }

    private static func sample(of reading: EnvironmentReading, now: Int64) -> LogSample {
        let inputs = (0..<2).map { index in reading.inputs.indices.contains(index) ? (reading.inputs[index] ? 1.0 : 0) : nil }
        return LogSample(schema: .sensorHistory, instant: now, values: [reading.temperature, reading.humidity] + inputs)
    }
}
