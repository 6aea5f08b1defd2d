import Glibc
import PowerDevice

extension DeviceClock {
    /// The host's clock, in its own time zone: what the simulated device's display would say.
    static var now: DeviceClock {
        var seconds = time(nil)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return DeviceClock(year: 2025, month: 1, day: 1, hour: 0, minute: 0, second: 0) }
        return DeviceClock(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday), hour: Int(parts.tm_hour),
            minute: Int(parts.tm_min), second: min(Int(parts.tm_sec), 59))
    }
}
