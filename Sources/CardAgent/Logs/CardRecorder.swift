import NIOCore
import PowerDevice
import Synchronization

/// Logs a card's measurements while the card is on.
final class CardRecorder: Sendable {
    private let device: DeviceRecord
    private let sensor: SensorRecord?
    private let settings: @Sendable () -> LogSettings
    private let logs: CardLogs
    private let clock: CardClock
    private let state: Mutex<LogRecorder>

    /// Seconds of the card's after which a changed interval counts at the latest.
    private static let longestWait = 5.0
    private static let shortestWait = 0.1
    /// What the statistics of a card that goes off must cover to be worth a record, in seconds.
    private static let shortestPart: Int64 = 60

    /// - Parameter number: the card's; decides when in the minute it logs.
    init(
        number: Int, device: DeviceRecord, sensor: SensorRecord?, settings: @escaping @Sendable () -> LogSettings, logs: CardLogs,
        clock: CardClock
    ) {
        self.device = device
        self.sensor = sensor
        self.settings = settings
        self.logs = logs
        self.clock = clock
        state = Mutex(LogRecorder(shift: LogRecorder.shift(ofCard: number)))
    }

    /// To be called when the device's record is as the device was a moment ago.
    func devicePolled() {
        let contents = device.contents
        let now = clock.now
        state.withLock { $0.polled(contents, now: now) }
    }

    /// Logs until the task is cancelled.
    func run() async {
        var pace = Pace(elapsed: clock.reading.elapsed)
        // The device is to have been asked once before the first sample.
        var wait = 1.0
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(wait))
            guard !Task.isCancelled else { break }
            let reading = clock.reading
            pace.observe(elapsed: reading.elapsed)
            wait = max(min(record(reading), Self.longestWait) / pace.rate, Self.shortestWait)
        }
        let now = clock.now
        append(state.withLock { $0.finish(now: now, atLeast: Self.shortestPart) })
    }

    /// Logs what is due, and returns for how many seconds nothing will be.
    private func record(_ reading: TimeSource.Reading) -> Double {
        let settings = settings()
        let intervals = LogRecorder.Intervals(history: settings.historyInterval, extended: settings.extendedInterval)
        let (contents, environment) = (device.contents, sensor?.contents.monitor.reading)
        let time = NIODeadline.uptimeNanoseconds(0) + .seconds(reading.elapsed)
        let (entries, wait) = state.withLock { recorder in
            let entries = recorder.due(contents, sensor: environment, intervals: intervals, at: time, now: reading.utc)
            return (entries, recorder.wait(at: time))
        }
        append(entries)
        return Double(wait.nanoseconds) / 1e9
    }

    private func append(_ entries: [LogRecorder.Entry]) {
        for entry in entries { logs.append(entry.sample, to: entry.kind) }
    }

    /// How fast the card's time passes: that of a simulation may be compressed.
    private struct Pace {
        private var seen = ContinuousClock.now
        private var elapsed: Int64
        /// Seconds of the card's in a second, 1 at least.
        private(set) var rate = 1.0

        init(elapsed: Int64) { self.elapsed = elapsed }

        mutating func observe(elapsed now: Int64) {
            let passed = (ContinuousClock.now - seen) / .seconds(1)
            // The card's seconds are whole: a shorter time tells nothing.
            guard passed >= 1 else { return }
            rate = max(1, Double(now - elapsed) / passed)
            seen = .now
            elapsed = now
        }
    }
}
