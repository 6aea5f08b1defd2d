import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a card's clock goes by.
struct TimeSource: Sendable {
    /// One look at both, so that they belong together.
    struct Reading: Sendable, Equatable {
        /// Seconds since 1970 UTC by a calendar that somebody may set.
        var utc: Int64
        /// Seconds from any moment on; they never jump.
        var elapsed: Int64
    }

    let reading: @Sendable () -> Reading

    /// The machine's own clock, and the seconds since it was started.
    static let host = TimeSource {
        var monotonic = timespec()
        clock_gettime(CLOCK_MONOTONIC, &monotonic)
        return Reading(utc: Int64(time(nil)), elapsed: Int64(monotonic.tv_sec))
    }

    /// The machine's clock, so many seconds ahead: that of a simulation that runs faster, or has been stopped.
    static func host(ahead seconds: @escaping @Sendable () -> Int64) -> TimeSource {
        TimeSource {
            var reading = host.reading()
            let lead = seconds()
            reading.utc += lead
            reading.elapsed += lead
            return reading
        }
    }
}
