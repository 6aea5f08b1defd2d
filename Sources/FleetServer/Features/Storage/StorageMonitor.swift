import FoundationEssentials
import Logging
import Synchronization

/// Knows whether the databases take what is written. Whoever writes says how it went; changes are logged once, and told to the watchers.
final class StorageMonitor: Sendable {
    private let hub: EventHub
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let states = Mutex<[StoragePlace: StorageState]>([:])

    init(hub: EventHub, now: @Sendable @escaping () -> Date, logger: Logger) {
        self.hub = hub
        self.now = now
        self.logger = logger
    }

    /// The worse of both places' states.
    var state: StorageState { states.withLock { Self.worst(of: $0) } }

    func state(of place: StoragePlace) -> StorageState { states.withLock { $0[place] ?? .ok } }

    /// A write to `place` has failed.
    func failed(_ error: any Error, in place: StoragePlace) {
        // The server stops: that says nothing of the disk.
        if error is CancellationError { return }
        let trouble = StorageTrouble(error, in: place)
        change(place, to: trouble.condition, trouble.words, error: error)
    }

    /// A write to `place` has succeeded.
    func succeeded(in place: StoragePlace) { change(place, to: .ok, nil, error: nil) }

    private func change(_ place: StoragePlace, to condition: StorageState.Condition, _ problem: String?, error: (any Error)?) {
        let at = now()
        let news = states.withLock { states -> StorageState? in
            let before = Self.worst(of: states)
            guard (states[place] ?? .ok).condition != condition else { return nil }
            states[place] = StorageState(condition: condition, problem: problem, since: at)
            let after = Self.worst(of: states)
            return after.condition == before.condition && after.problem == before.problem ? nil : after
        }
        guard let news else { return }
        if let error {
            logger.error(
                "storage fails; polling goes on", metadata: ["place": "\(place)", "problem": "\(problem ?? "")", "error": "\(error)"])
        } else {
            logger.notice("storage works again", metadata: ["place": "\(place)"])
        }
        hub.publish(.storage(news, at: at))
    }

    private static func worst(of states: [StoragePlace: StorageState]) -> StorageState {
        StoragePlace.allCases.compactMap { states[$0] }.max { $0.condition.number < $1.condition.number } ?? .ok
    }
}

extension FleetEvent {
    /// The server can keep less than before, or all again.
    static func storage(_ state: StorageState, at: Date) -> FleetEvent {
        FleetEvent(
            kind: .storage,
            encoding: StorageChanged(card: nil, at: at, state: state.condition.rawValue, problem: state.problem, since: state.since))
    }

    private struct StorageChanged: Encodable {
        @Nullable var card: Int64?
        let at: Date
        let state: String
        @Nullable var problem: String?
        @Nullable var since: Date?
    }
}
