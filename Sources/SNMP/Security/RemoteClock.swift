package import NIOCore

/// What we know of another engine's clock, as far as it has told us (RFC 3414 §2.3 and §3.2 step 7b).
///
///                 hint from an unauthenticated report
///     unknown ───────────────────────────────► presumed ──┐ another hint
///        │                                        │ ▲─────┘
///        │ authentic message                      │ authentic message
///        └──────────────► known ◄─────────────────┘
///                          │ ▲ authentic: later boots, or the same and a later time
///                          └─┘
///
/// A hint makes the first authenticated request fresh, without asking twice. It can be forged, so nothing received is judged by it, and
/// it never replaces what is known.
package struct RemoteClock: Hashable, Sendable {
    private enum Origin: Hashable { case unknown, presumed, known }

    private var origin = Origin.unknown
    private var boots: Int32 = 0
    /// The engine's time at `readAt`; the latest that an authentic message has told.
    private var time: Int32 = 0
    private var readAt = NIODeadline.uptimeNanoseconds(0)

    package init() {}

    /// Whether an authentic message has come.
    package var isKnown: Bool { origin == .known }

    /// What to put into a message for the engine. Zeros while nothing is known; after its time has run out, it stands still.
    package func reading(at now: NIODeadline) -> EngineTime {
        guard origin != .unknown else { return EngineTime(boots: 0, time: 0) }
        let elapsed = max(.zero, now - readAt).nanoseconds / 1_000_000_000
        return EngineTime(boots: boots, time: Int32(clamping: Int64(time) + elapsed))
    }

    /// Takes the times of a report that is not authenticated.
    package mutating func presume(_ claimed: EngineTime, now: NIODeadline) {
        guard origin != .known else { return }
        set(claimed, .presumed, now)
    }

    /// Takes the times of an authentic message, and tells whether it is fresh. One of an earlier boot, or more than 150 s old, is not, and changes nothing.
    package mutating func received(_ claimed: EngineTime, now: NIODeadline) -> Bool {
        guard claimed.boots < EngineTime.latchedBoots else { return false }
        guard origin == .known else {
            set(claimed, .known, now)
            return true
        }
        guard claimed.boots >= boots else { return false }
        if claimed.boots > boots || claimed.time > time {
            // The notion of the engine's time may run behind or ahead by then; what it says itself is right.
            set(claimed, .known, now)
            return true
        }
        return Int64(reading(at: now).time) - Int64(claimed.time) <= Int64(EngineTime.window)
    }

    private mutating func set(_ claimed: EngineTime, _ origin: Origin, _ now: NIODeadline) {
        self.origin = origin
        boots = claimed.boots
        time = claimed.time
        readAt = now
    }
}
