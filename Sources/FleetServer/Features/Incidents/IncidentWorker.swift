import Alarming
import AsyncAlgorithms
import FoundationEssentials
import Logging
import ServiceLifecycle

/// Makes incidents of alarms, on one server at a time.
final class IncidentWorker: Service {
    /// The work belongs to a server for so long after its last sign of life.
    static let lease: TimeInterval = 15
    /// Seconds between two signs of life.
    static let renewal: TimeInterval = 5
    /// Seconds between two searches for what no event told of.
    static let healing: TimeInterval = 60
    /// How long incidents are kept after their end.
    static let retention: TimeInterval = 5 * 366 * 86_400

    private let store: IncidentStore
    private let leases: LeaseStore
    private let hub: EventHub
    private let onTells: @Sendable () -> Void
    private let clock: SteadyClock
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let wakes = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(
        store: IncidentStore, leases: LeaseStore, hub: EventHub, onTells: @escaping @Sendable () -> Void, clock: SteadyClock = .process,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.store = store
        self.leases = leases
        self.hub = hub
        self.onTells = onTells
        self.clock = clock
        self.now = now
        self.logger = logger
    }

    /// There are new events: look at once.
    func wake() { wakes.continuation.yield() }

    /// What the worker knows while the work is its own.
    struct Shift: Sendable {
        var progress: IncidentStore.Progress
        /// By the steady clock.
        var renewedAt: Date
        var healedAt: Date?
    }

    func run() async throws {
        let ticks = AsyncTimerSequence(interval: .seconds(1), clock: .continuous).map { _ in () }
        var shift: Shift?
        for await _ in merge(wakes.stream, ticks).cancelOnGracefulShutdown() {
            do {
                shift = try await work(shift)
            } catch is CancellationError {
                break
            } catch is IncidentStore.LeaseLost {
                logger.notice("another server works on the incidents now")
                shift = nil
            } catch {
                logger.error("incidents can't be worked on", metadata: ["error": "\(error)"])
                shift = nil
            }
        }
        if shift != nil { try? await leases.release(IncidentStore.reader) }
    }

    /// One look. Returns nil while the work is another server's.
    func work(_ before: Shift?) async throws -> Shift? {
        let steady = clock.now
        var shift: Shift
        if let before, steady.timeIntervalSince(before.renewedAt) < Self.renewal {
            shift = before
        } else {
            guard try await leases.claim(IncidentStore.reader, for: Self.lease, now: steady) else { return nil }
            if let before {
                shift = before
                shift.renewedAt = steady
            } else {
                shift = Shift(progress: try await store.restore(moment()), renewedAt: steady)
            }
        }
        try await drain(&shift)
        if shift.healedAt.map({ steady.timeIntervalSince($0) >= Self.healing }) ?? true {
            shift.healedAt = steady
            try await take(store.heal(shift.progress, moment()), into: &shift)
            _ = try await store.forget(endedBefore: now().addingTimeInterval(-Self.retention))
        }
        return shift
    }

    private func drain(_ shift: inout Shift) async throws {
        while true {
            let moment = moment()
            let hasNews = try await store.hasNews(after: shift.progress.cursor)
            guard hasNews || shift.progress.engine.isDue(moment) else { return }
            let step = try await store.advance(shift.progress, moment)
            take(step, into: &shift)
            guard step.hasMore else { return }
        }
    }

    private func take(_ step: IncidentStore.Step, into shift: inout Shift) {
        shift.progress = step.progress
        if step.tells > 0 { onTells() }
        guard hub.isWatched else { return }
        let at = now()
        for record in step.changed { hub.publish(.incident(record, at: at)) }
    }

    private func moment() -> Moment { Moment(steady: clock.now, wall: now()) }
}
