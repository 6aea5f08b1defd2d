import PowerDevice
import Synchronization

/// The card's date and time: the machine's, and what somebody has set it ahead or back.
///
/// All that has a date goes by it: schedules, logs, events, the clock of the UPS. Ages and timeouts go by seconds that never jump.
final class CardClock: Sendable {
    private struct State {
        /// Seconds that the card is before the machine.
        var offset: Int64
        /// What the clock has shown last, to tell a jump of the machine's.
        var seen: TimeSource.Reading?
        var tell: @Sendable (ClockChange) -> Void = { _ in }
    }

    private let source: TimeSource
    private let localTime: @Sendable () -> LocalTime
    /// The file that keeps the offset.
    private let path: String?
    private let state: Mutex<State>

    /// What can be set: years that a UPS understands, too.
    static let allowed: ClosedRange<Int64> = 946_684_800...4_102_444_799
    /// Seconds of a jump of the machine's clock that are told of.
    static let tolerance: Int64 = 5

    /// - Parameters:
    ///   - directory: the state directory; nil forgets what was set.
    ///   - localTime: the zone that is set now.
    init(directory: String? = nil, source: TimeSource = .host, localTime: @escaping @Sendable () -> LocalTime = { .utc })
        throws(StateDirectoryError)
    {
        self.source = source
        self.localTime = localTime
        path = directory.map { "\($0)/clock" }
        state = Mutex(State(offset: try Self.offset(path)))
    }

    /// Seconds since 1970 UTC.
    var now: Int64 { source.reading().utc + state.withLock { $0.offset } }

    /// The time, and the seconds that never jump beside it.
    var reading: TimeSource.Reading {
        var reading = source.reading()
        reading.utc += state.withLock { $0.offset }
        return reading
    }

    /// The local clock at an instant.
    func local(_ instant: Int64) -> DeviceClock { DeviceClock(seconds: instant + localTime().offset(at: instant)) }

    var localNow: DeviceClock { local(now) }

    /// `dd/mm/yyyy hh:mm:ss`, local.
    func text(_ instant: Int64) -> String { local(instant).text }

    /// Who is told when the clock has been set.
    func onChange(_ tell: @escaping @Sendable (ClockChange) -> Void) { state.withLock { $0.tell = tell } }

    /// Sets the clock, and returns when that will survive a restart.
    func set(utc instant: Int64, by origin: ChangeOrigin) throws(ClockProblem) {
        guard Self.allowed.contains(instant) else { throw .outOfRange }
        let machine = source.reading().utc
        let before = machine + state.withLock { $0.offset }
        do throws(StateDirectoryError) {
            if let path { try StateFile.write("offset = \(instant - machine)\n", to: path) }
        } catch {
            throw .notKept(error)
        }
        let tell = state.withLock { state in
            state.offset = instant - machine
            return state.tell
        }
        tell(ClockChange(cause: .user(origin), from: before, to: instant))
    }

    /// Sets the clock to a local time; the weekday does not count.
    func set(local clock: DeviceClock, by origin: ChangeOrigin) throws(ClockProblem) {
        guard clock.isValid else { throw .outOfRange }
        try set(utc: localTime().utc(wall: clock.seconds), by: origin)
    }

    /// Looks whether the machine's clock has jumped. Somebody calls it every few seconds.
    func observe() {
        let reading = source.reading()
        let change: (ClockChange, @Sendable (ClockChange) -> Void)? = state.withLock { state in
            defer { state.seen = reading }
            guard let seen = state.seen else { return nil }
            let jump = (reading.utc - seen.utc) - (reading.elapsed - seen.elapsed)
            guard abs(jump) >= Self.tolerance else { return nil }
            let now = reading.utc + state.offset
            return (ClockChange(cause: .machine, from: now - jump, to: now), state.tell)
        }
        if let (change, tell) = change { tell(change) }
    }

    /// A file that holds no number is as good as none: the clock can be set again.
    private static func offset(_ path: String?) throws(StateDirectoryError) -> Int64 {
        guard let path, let text = try StateFile.read(path) else { return 0 }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, words[0] == "offset", words[1] == "=", let offset = Int64(words[2]), abs(offset) <= allowed.upperBound
        else { return 0 }
        return offset
    }
}

/// The clock shows another time than it would have by itself.
struct ClockChange: Equatable, Sendable {
    enum Cause: Equatable, Sendable {
        case user(ChangeOrigin)
        /// A time server.
        case server(String)
        /// The machine's own clock has been set.
        case machine
    }

    let cause: Cause
    let from: Int64
    let to: Int64
}

/// Why the clock has not been set.
enum ClockProblem: Error, CustomStringConvertible {
    /// No date, or none from 2000 to 2099.
    case outOfRange
    case notKept(StateDirectoryError)

    var description: String {
        switch self {
        case .outOfRange: "the date must be one from 01/01/2000 to 31/12/2099"
        case .notKept(let error): "the time could not be kept: \(error)"
        }
    }
}
