import FoundationEssentials
import PowerDevice

/// Whether a receiver loses messages: an alarm while its counter grows, and until it has not grown for ten minutes. Pure; time comes in as
/// seconds of a clock that is never set.
struct ReceiverLoss: Sendable {
    /// Seconds without loss after which the alarm is over.
    static let quiet = 600.0

    let alarm: Alarm
    private var last: UInt64 = 0
    private var quietAt: Double
    /// Nil before it is known: an alarm of the time before the start may be open.
    private var isRaised: Bool?

    init(_ alarm: Alarm, now: Double) {
        self.alarm = alarm
        quietAt = now + Self.quiet
    }

    /// - Parameter lost: what was lost since the start.
    mutating func observe(_ lost: UInt64, now: Double) -> AlarmReport.Claim? {
        if lost != last {
            let more = lost > last ? lost - last : lost
            last = lost
            quietAt = now + Self.quiet
            guard isRaised != true else { return nil }
            isRaised = true
            return .raised(alarm, detail: "\(more) lost just now, \(lost) since the start.")
        }
        guard isRaised != false, now >= quietAt else { return nil }
        isRaised = false
        return .cleared(alarm.name)
    }
}

extension Alarm {
    /// - Parameter instance: the server's name, where several servers work on one database.
    static func trapsLost(on instance: String?) -> Alarm {
        Alarm("trapsLost" + (instance.map { ".\($0)" } ?? ""), "Traps were lost", .warning)
    }

    static func syslogLost(on instance: String?) -> Alarm {
        Alarm("syslogLost" + (instance.map { ".\($0)" } ?? ""), "Syslog messages were lost", .warning)
    }
}
