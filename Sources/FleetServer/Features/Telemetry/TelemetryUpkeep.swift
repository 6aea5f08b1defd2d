import AsyncAlgorithms
import FoundationEssentials
import Logging
import ServiceLifecycle
import Telemetry

/// Packs the history, sums it up and forgets what is too old: a little every second.
struct TelemetryUpkeep: Service {
    let telemetry: TelemetryStore
    let retention: Retention
    let storage: StorageMonitor
    let now: @Sendable () -> Date

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: .seconds(1), clock: .continuous).cancelOnGracefulShutdown() {
            do {
                try await telemetry.archive.upkeep(now: now().milliseconds, retention: retention)
                storage.succeeded(in: .packing)
            } catch is CancellationError {
                return
            } catch {
                storage.failed(error, in: .packing)
            }
        }
    }
}
