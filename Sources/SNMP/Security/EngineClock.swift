package import NIOCore

/// An authoritative engine's snmpEngineBoots and snmpEngineTime (RFC 3414 §2.2).
package struct EngineTime: Hashable, Sendable {
    /// At this number of boots the engine accepts nothing authenticated any more, until its keys are set anew (RFC 3414 §2.2.3).
    package static let latchedBoots = Int32.max
    /// A message may be so old, or so much ahead, in seconds (RFC 3414 §2.2.3).
    package static let window: Int32 = 150

    package var boots: Int32
    package var time: Int32

    package init(boots: Int32, time: Int32) {
        self.boots = boots
        self.time = time
    }
}

/// The clock of our own engine.
package struct EngineClock: Hashable, Sendable {
    /// 1 … 2³¹ − 1: how often the engine has started, this time included. The caller keeps the number and adds one at each start.
    package let boots: Int32
    package let startedAt: NIODeadline

    package init(boots: Int32, startedAt: NIODeadline) {
        self.boots = max(1, boots)
        self.startedAt = startedAt
    }

    /// Every 68 years the time starts over, which counts as a boot. A `now` before the start is the start.
    package func reading(at now: NIODeadline) -> EngineTime {
        let seconds = max(.zero, now - startedAt).nanoseconds / 1_000_000_000
        let (rounds, time) = seconds.quotientAndRemainder(dividingBy: Int64(Int32.max))
        let boots = min(Int64(self.boots) + rounds, Int64(EngineTime.latchedBoots))
        return EngineTime(boots: Int32(clamping: boots), time: Int32(clamping: time))
    }

    /// Whether an authenticated message with this time is fresh, to us as its authoritative engine (RFC 3414 §3.2 step 7a).
    func accepts(_ claimed: EngineTime, now: NIODeadline) -> Bool {
        let actual = reading(at: now)
        guard actual.boots < EngineTime.latchedBoots, claimed.boots == actual.boots else { return false }
        return abs(Int64(claimed.time) - Int64(actual.time)) <= Int64(EngineTime.window)
    }
}
