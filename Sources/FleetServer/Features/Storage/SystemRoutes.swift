import FoundationEssentials
import Hummingbird
import Telemetry

/// `GET /system`: what the server says of itself to those who run it.
struct SystemRoutes: Sendable {
    let storage: StorageMonitor
    let telemetry: TelemetryStore
    let poller: PollService
    let metrics: MetricsRegistry
    let polling: PollIntervals
    let database: FleetDatabase

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("system") { _, _ -> SystemResource in
            let size = try? await telemetry.size()
            let state = storage.state
            return SystemResource(
                version: FleetServer.version,
                storage: .init(
                    state: state.condition.rawValue, problem: state.problem, since: state.since, telemetryBytes: size?.bytes,
                    telemetrySamples: size?.samples, bytesPerSample: size?.bytesPerSample, lostSamples: telemetry.lost),
                polling: .init(
                    statusSeconds: Double(polling.statusSeconds), fullSeconds: Double(polling.fullSeconds),
                    cards: poller.statusCounts.values.reduce(0, +), latenessP99Seconds: metrics.latenessHistogram.bound(of: 0.99)),
                database: database.isEmbedded ? "sqlite" : "postgresql")
        }
    }
}

/// The server, its storage and its work in figures.
struct SystemResource: ResponseEncodable, Sendable {
    struct Storage: Encodable, Sendable {
        let state: String
        @Nullable var problem: String?
        @Nullable var since: Date?
        /// Of the history's file with all that belongs to it; null while it can't be read.
        @Nullable var telemetryBytes: Int64?
        @Nullable var telemetrySamples: Int64?
        @Nullable var bytesPerSample: Double?
        /// Samples that were lost since the start, because the history could not be written for too long.
        let lostSamples: UInt64
    }

    struct Polling: Encodable, Sendable {
        let statusSeconds: Double
        let fullSeconds: Double
        let cards: Int
        /// 99 of 100 polls since the start began no later than so after their time; null before the first, and beyond 10 s.
        @Nullable var latenessP99Seconds: Double?
    }

    let version: String
    let storage: Storage
    let polling: Polling
    let database: String
}
