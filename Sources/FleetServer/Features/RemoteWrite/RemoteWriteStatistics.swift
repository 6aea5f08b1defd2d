import FoundationEssentials

/// How remote-write fares.
struct RemoteWriteStatistics: Sendable, Equatable {
    var sent: UInt64 = 0
    /// Samples that the far end refused.
    var failed: UInt64 = 0
    /// Samples that had to go because the far end took nothing for too long.
    var dropped: UInt64 = 0
    var requests: UInt64 = 0
    var retries: UInt64 = 0
    /// At the moment.
    var waitingSamples = 0
    var waitingBytes = 0
    /// Seconds by which the far end is behind; 0 when nothing waits.
    var lag = 0.0

    func add(to page: inout PrometheusText) {
        page.counter("nvfleet_remote_write_samples_sent_total", "Samples that the far end of remote-write has taken.", sent)
        page.counter("nvfleet_remote_write_samples_failed_total", "Samples that the far end of remote-write has refused.", failed)
        page.counter(
            "nvfleet_remote_write_samples_dropped_total", "Samples lost because the far end of remote-write took nothing for too long.",
            dropped)
        page.counter("nvfleet_remote_write_requests_total", "Requests to the far end of remote-write, tries included.", requests)
        page.counter("nvfleet_remote_write_retries_total", "Requests to the far end of remote-write that have to be made again.", retries)
        page.gauge("nvfleet_remote_write_samples_waiting", "Samples that wait for remote-write.", Double(waitingSamples))
        page.gauge("nvfleet_remote_write_queue_bytes", "Memory that waiting samples take.", Double(waitingBytes))
        page.gauge("nvfleet_remote_write_lag_seconds", "Age of the oldest sample that waits for remote-write; 0 when none does.", lag)
    }
}
