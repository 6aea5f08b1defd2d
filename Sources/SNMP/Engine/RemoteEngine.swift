import NIOCore

/// What a manager knows of an agent's SNMP engine: its id, and its clock (RFC 3414 §2.2, §2.3).
///
///     unknown ──report with an engine id──► known ──authentic message──► its boots and time are the agent's
///                                            ▲ │
///                                            └─┘ another engine answers: it takes the place
///
/// The RFC has a manager refuse messages that seem older than what it knew, because they may be replayed. Ours can't be: a message is only
/// looked at if it repeats the random id of the request under way, and that id is signed too. Hence the clock of an authentic message is
/// believed forwards and backwards, and a card that lost its count of boots, or whose clock was set, is not lost with it.
struct RemoteEngine: Sendable {
    struct Known: Sendable, Equatable {
        let id: EngineID
        var boots: Int32
        /// The engine's time, in seconds since its last boot, when it was `at` here.
        var time: Int32
        var at: NIODeadline

        /// What the engine's clock shows now. At its end (68 years) it stands.
        func secondsUp(at now: NIODeadline) -> Int32 {
            let elapsed = max((now - at).nanoseconds, 0) / 1_000_000_000
            return Int32(clamping: Int64(time) + elapsed)
        }
    }

    private(set) var known: Known?

    /// Takes over what an engine says of itself. Returns whether it is another engine than before, for which keys have to be localized.
    mutating func heard(_ id: EngineID, boots: Int32, time: Int32, now: NIODeadline) -> Bool {
        let isNew = known?.id != id
        known = Known(id: id, boots: boots, time: time, at: now)
        return isNew
    }
}
