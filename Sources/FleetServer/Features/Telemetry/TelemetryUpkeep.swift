import AsyncAlgorithms
import FoundationEssentials
import Logging
import ServiceLifecycle

/// Forgets readings that are older than the configuration keeps, every ten minutes.
struct TelemetryUpkeep: Service {
    let telemetry: TelemetryStore
    let retention: TimeInterval
    let now: @Sendable () -> Date
    let logger: Logger

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: .seconds(600), clock: .continuous).cancelOnGracefulShutdown() {
            do {
                try await telemetry.expire(before: now().addingTimeInterval(-retention))
            } catch {
                logger.error("old readings can't be removed", metadata: ["error": "\(error)"])
            }
        }
    }
}
