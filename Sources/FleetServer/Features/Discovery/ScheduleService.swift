import AsyncAlgorithms
import FoundationEssentials
import Logging
import ServiceLifecycle

/// Starts the searches that are due.
struct ScheduleService: Service {
    let schedules: ScheduleStore
    /// Starts a search.
    let start: @Sendable (DiscoveryOrder) async throws -> Discovery
    /// Whether a search runs or waits, on whatever server.
    let isUnderWay: @Sendable (Int64) async throws -> Bool
    let interval: Duration
    let now: @Sendable () -> Date
    let logger: Logger

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: interval, clock: .continuous).cancelOnGracefulShutdown() {
            do {
                for schedule in try await schedules.takeDue(now: now()) { await begin(schedule) }
            } catch is CancellationError {
                return
            } catch {
                logger.error("the schedules can't be read", metadata: ["error": "\(error)"])
            }
        }
    }

    /// A search that is still under way when its next time comes is not started again beside itself.
    private func begin(_ schedule: DiscoverySchedule) async {
        do {
            if let last = schedule.lastDiscovery, try await isUnderWay(last) {
                return logger.notice("a scheduled search is left out: the last one still runs", metadata: ["schedule": "\(schedule.name)"])
            }
            let discovery = try await start(try schedule.search.order())
            try await schedules.note(discovery.id, of: schedule.id)
        } catch {
            logger.error("a scheduled search can't start", metadata: ["schedule": "\(schedule.name)", "error": "\(error)"])
        }
    }
}
