import PowerDevice

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The card's date and time: those of the machine, in its time zone.
enum CardClock {
    static func now() -> DeviceClock {
        var seconds = time(nil)
        var parts = tm()
        localtime_r(&seconds, &parts)
        // A leap second's 60 is no second of a device.
        return DeviceClock(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday), hour: Int(parts.tm_hour),
            minute: Int(parts.tm_min), second: min(Int(parts.tm_sec), 59), weekday: parts.tm_wday == 0 ? 7 : Int(parts.tm_wday))
    }
}
