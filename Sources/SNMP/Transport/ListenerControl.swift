import CDatagram
import Glibc
import Synchronization

/// What a listener's thread and everybody else tell each other.
final class ListenerControl: Sendable {
    private struct State: Sendable {
        var admission: TrapListener.Admission
        /// Counts the changes of `admission`.
        var edition = 1
        var isStopped = false
        var statistics = TrapStatistics()
        var conflicts = EngineConflicts()
        var refused = RefusedSenders()
    }

    /// An eventfd, readable once the thread is to end.
    let wakeup: CInt
    private let state: Mutex<State>

    init(admission: TrapListener.Admission) {
        wakeup = wakeup_open()
        state = Mutex(State(admission: admission))
    }

    deinit { close(wakeup) }

    var admission: TrapListener.Admission {
        get { state.withLock { $0.admission } }
        set {
            state.withLock { state in
                state.admission = newValue
                state.edition += 1
            }
        }
    }

    var statistics: TrapStatistics { state.withLock { $0.statistics } }
    var conflicts: EngineConflicts { state.withLock { $0.conflicts } }
    func takeRefused() -> [RefusedSender] { state.withLock { $0.refused.take() } }

    func stop() {
        state.withLock { $0.isStopped = true }
        wakeup_signal(wakeup)
    }

    // MARK: The thread's side

    var isStopped: Bool { state.withLock { $0.isStopped } }

    func publish(_ statistics: TrapStatistics) { state.withLock { $0.statistics = statistics } }
    func add(_ refused: RefusedSenders) { state.withLock { $0.refused.add(refused) } }
    func publish(_ conflicts: EngineConflicts) { state.withLock { $0.conflicts = conflicts } }

    /// The admission, if it is another one than that of `edition`, which is brought up to date.
    func admission(since edition: inout Int) -> TrapListener.Admission? {
        state.withLock { state in
            guard state.edition != edition else { return nil }
            edition = state.edition
            return state.admission
        }
    }
}
