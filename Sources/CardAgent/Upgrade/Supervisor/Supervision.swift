import NetVision

/// What a supervisor decides: an event in, actions out. It has no clock, no process and no disk of its own.
///
///     choosing ──started──▶ proving ──healthy──▶ serving ──signal──▶ leaving ──ended──▶ the supervisor ends
///       ▲  ▲                   │ not healthy in time, ended             │
///       │  └──── on trial ─────┤                                        │ restart, crash
///       │                      │ known to be good                       │
///       └────────────── waiting ◀───────────────────────────────────────┘
///
/// A release on trial that does not become healthy is not tried again: the next choice is the slot before it, or the built-in program. One
/// that is known to be good is started again and again, later each time; only where it has never served under this supervisor its own exit
/// status ends everything, for then it could not be started at all (a port that is taken, an argument that can't be).
///
/// Instants are the time since the supervisor's start.
struct Supervision: Equatable {
    /// The exit status with which a card asks to be started again.
    static let restartStatus: Int32 = 75

    /// How long things may take.
    struct Timing: Equatable {
        /// From the start of a program until all its services answer.
        var health = Duration.seconds(60)
        /// How long a card is away when it restarts.
        var restart = CardTiming().restart
        /// From a signal that ends the card to the end by force.
        var farewell = Duration.seconds(10)
        /// The first pause after a crash; each further one is twice as long.
        var firstPause = Duration.seconds(1)
        var longestPause = Duration.seconds(60)
    }

    /// A firmware that is started.
    struct Release: Equatable {
        var version: String
        /// Nil: the program that the supervisor itself is.
        var slot: FirmwareSlots.Slot?
        /// The slots boot another one next time if this one isn't confirmed.
        var isOnTrial = false
    }

    enum Event: Equatable {
        case started(Release)
        /// It can't be executed, or not be written to the disk.
        case notStarted(Release, reason: String)
        /// All services of the card answer.
        case healthy
        case ended(ProgramEnding)
        case signal(SupervisedSignal)
        /// `deadline` is reached.
        case timeout
    }

    enum Action: Equatable {
        /// Chooses from the slots, and starts what was chosen.
        case choose(excluding: Set<FirmwareSlots.Slot>)
        case confirm
        case pass(SupervisedSignal)
        case kill
        /// Ends the supervisor.
        case leave(status: Int32)
    }

    private enum State: Equatable {
        case waiting(until: Duration)
        case choosing
        case proving(Release, until: Duration)
        case serving(Release, since: Duration)
        /// Killed, because it did not become healthy.
        case ending(Release)
        case leaving(until: Duration)
        case left
    }

    private let timing: Timing
    private var state: State
    /// Crashes one after the other.
    private var crashes = 0
    private var hasServed = false
    private var excluded: Set<FirmwareSlots.Slot> = []
    /// Why the release that comes next is not the one before, for the log of the card that comes up.
    private(set) var fallback: String?

    /// - Parameter isRestart: the card has just been running, and is away for a moment as at every restart.
    init(timing: Timing = Timing(), isRestart: Bool = false) {
        self.timing = timing
        state = .waiting(until: isRestart ? timing.restart : .zero)
        hasServed = isRestart
    }

    /// When `timeout` is due; nil: never.
    var deadline: Duration? {
        switch state {
        case .waiting(let instant), .proving(_, let instant), .leaving(let instant): instant
        case .choosing, .serving, .ending, .left: nil
        }
    }

    mutating func handle(_ event: Event, at now: Duration) -> [Action] {
        switch event {
        case .started(let release): started(release, at: now)
        case .notStarted(let release, let reason): notStarted(release, reason)
        case .healthy: healthy(at: now)
        case .ended(let ending): ended(ending, at: now)
        case .signal(let signal): received(signal, at: now)
        case .timeout: timeout(at: now)
        }
    }

    private mutating func started(_ release: Release, at now: Duration) -> [Action] {
        guard state == .choosing else { return [] }
        state = .proving(release, until: now + timing.health)
        return []
    }

    private mutating func notStarted(_ release: Release, _ reason: String) -> [Action] {
        guard state == .choosing else { return [] }
        guard let slot = release.slot else { return leave(1) }
        // What was on trial is not chosen again anyway.
        if !release.isOnTrial { excluded.insert(slot) }
        return fallBack(from: release, "can't be started: \(reason)")
    }

    private mutating func healthy(at now: Duration) -> [Action] {
        guard case .proving(let release, _) = state else { return [] }
        state = .serving(release, since: now)
        hasServed = true
        fallback = nil
        return release.isOnTrial ? [.confirm] : []
    }

    private mutating func timeout(at now: Duration) -> [Action] {
        guard let deadline, now >= deadline else { return [] }
        switch state {
        case .waiting: return choose()
        case .proving(let release, _):
            state = .ending(release)
            return [.kill]
        case .leaving:
            state = .leaving(until: now + timing.farewell)
            return [.kill]
        case .choosing, .serving, .ending, .left: return []
        }
    }
}

// MARK: - Ends

extension Supervision {
    private mutating func ended(_ ending: ProgramEnding, at now: Duration) -> [Action] {
        switch state {
        case .proving(let release, _) where release.isOnTrial: return fallBack(from: release, ending.description)
        case .ending(let release) where release.isOnTrial:
            return fallBack(from: release, "did not become healthy within \(timing.health.components.seconds) s")
        case .proving:
            // Nothing of it has ever worked: whoever has started us is told as if there were no supervisor.
            if !hasServed, case .exited(let status) = ending, status != Self.restartStatus { return leave(status) }
            return again(after: ending, at: now)
        case .ending: return again(after: ending, at: now)
        case .serving(_, let since):
            if now - since >= timing.longestPause { crashes = 0 }
            return ending == .exited(0) ? leave(0) : again(after: ending, at: now)
        case .leaving: return leave(ending == .exited(Self.restartStatus) ? 0 : ending.status)
        case .waiting, .choosing, .left: return []
        }
    }

    private mutating func again(after ending: ProgramEnding, at now: Duration) -> [Action] {
        if ending == .exited(Self.restartStatus) {
            crashes = 0
            state = .waiting(until: now + timing.restart)
            return []
        }
        let pause = timing.firstPause * (1 << min(crashes, 16))
        crashes += 1
        state = .waiting(until: now + min(pause, timing.longestPause))
        return []
    }

    private mutating func fallBack(from release: Release, _ reason: String) -> [Action] {
        fallback = [fallback, "\(release.version) \(reason)"].compactMap(\.self).joined(separator: "; ")
        return choose()
    }

    private mutating func choose() -> [Action] {
        state = .choosing
        return [.choose(excluding: excluded)]
    }

    private mutating func leave(_ status: Int32) -> [Action] {
        state = .left
        return [.leave(status: status)]
    }

    private mutating func received(_ signal: SupervisedSignal, at now: Duration) -> [Action] {
        switch state {
        case .left: return []
        case .waiting, .choosing: return signal.isEnd ? leave(0) : []
        case .proving, .ending:
            // A program that does not serve yet may not know the others, and they would end it.
            guard signal.isEnd else { return [] }
        case .serving, .leaving: break
        }
        if signal.isEnd { state = .leaving(until: now + timing.farewell) }
        return [.pass(signal)]
    }
}
