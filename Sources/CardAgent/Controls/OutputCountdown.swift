import PowerDevice
import Synchronization

/// The timers of RFC 1628's upsControl group: seconds until the output goes off, comes on, or is there again. They end with the card.
final class OutputCountdown: Sendable {
    enum Timer: Hashable, Sendable, CaseIterable {
        /// upsShutdownAfterDelay.
        case shutdown
        /// upsStartupAfterDelay.
        case startup
        /// upsRebootWithDuration.
        case reboot
    }

    private struct Running {
        /// In seconds of the card's uptime.
        let end: Int
        /// What is ordered at the end; nil where the UPS itself counts.
        let control: DeviceControl?
    }

    private let running = Mutex<[Timer: Running]>([:])

    init() {}

    /// Seconds that are left; -1 where the timer does not run.
    func remaining(_ timer: Timer, uptime: Int) -> Int32 {
        running.withLock { running in
            guard let end = running[timer]?.end, end >= uptime else { return -1 }
            return Int32(clamping: end - uptime)
        }
    }

    /// Whether the UPS itself counts.
    func isUPSCounting(_ timer: Timer) -> Bool { running.withLock { $0[timer].map { $0.control == nil } ?? false } }

    func start(_ timer: Timer, seconds: Int32, uptime: Int, then control: DeviceControl?) {
        running.withLock { $0[timer] = Running(end: uptime + Int(seconds), control: control) }
    }

    func stop(_ timer: Timer) { _ = running.withLock { $0.removeValue(forKey: timer) } }

    /// The card starts again.
    func reset() { running.withLock { $0 = [:] } }

    /// What is to be ordered now, once.
    func due(uptime: Int) -> [DeviceControl] {
        running.withLock { running in
            let ended = running.filter { $0.value.end <= uptime }
            for timer in ended.keys { running.removeValue(forKey: timer) }
            return Timer.allCases.compactMap { ended[$0]?.control }
        }
    }
}
