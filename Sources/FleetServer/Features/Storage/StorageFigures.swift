import Telemetry

/// What `/metrics` says of the storage.
struct StorageFigures: Sendable {
    let monitor: StorageMonitor
    let telemetry: TelemetryStore

    func add(to page: inout PrometheusText) {
        page.gauge(
            "nvfleet_storage_state", "Whether statuses and readings can be stored: 0 yes, 1 the disk is full, 2 the files fail.",
            monitor.state.condition.number)
        page.gauge("nvfleet_telemetry_waiting_samples", "Samples in memory that are in no block yet.", Double(telemetry.archive.waiting))
        page.counter(
            "nvfleet_telemetry_lost_samples_total", "Samples lost because the history could not be written for too long.", telemetry.lost)
        page.counter(
            "nvfleet_telemetry_late_samples_total", "Samples that came when they were older than what is kept.", telemetry.archive.tooOld)
    }
}
