import Glibc

/// What a process has done and taken up to a moment.
struct Measurement {
    let done: UInt64
    let lost: UInt64
    let instant = ContinuousClock.now
    /// User and system time, in seconds.
    let processor = processorSeconds()

    /// The line that `bin/bench-snmp` reads.
    func line(since start: Measurement, label: String) -> String {
        let done = done - start.done
        let seconds = (instant - start.instant) / .seconds(1)
        let processor = processor - start.processor
        return "\(label) oids=\(done) lost=\(lost - start.lost) seconds=\(rounded(seconds)) cpu=\(rounded(processor)) "
            + "per_second=\(Int(Double(done) / seconds)) per_core_second=\(Int(Double(done) / processor))"
    }

    private func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
