package import PowerDevice

/// Who says something of an alarm.
package enum AlarmSource: String, Sendable, Codable, CaseIterable {
    case poll, trap, syslog, communication, rule, server

    /// Whose word it is: an alarm is over only when the one that has raised it says so. What a card says is one, whichever way it says it.
    package enum Authority: Sendable { case device, communication, rule, server }

    package var authority: Authority {
        switch self {
        case .poll, .trap, .syslog: .device
        case .communication: .communication
        case .rule: .rule
        case .server: .server
        }
    }
}

/// What is said of a card's alarms.
package enum AlarmClaim: Sendable, Equatable {
    /// These, and no others, of all alarms that the source can tell.
    case all(Set<Alarm>)
    case raised(Alarm, detail: String?)
    /// The alarm of this name is over.
    case cleared(String)
}

/// What becomes of an alarm.
package enum AlarmChange: Sendable, Equatable {
    case raised
    case cleared
    /// It is graded otherwise than before.
    case severity
    /// It comes and goes: from now on it counts as raised until it is quiet.
    case flapping
    /// A flapping alarm was raised once more.
    case counted
    /// It comes and goes no more.
    case settled
}

/// One step of an alarm's life, in the order in which it is to be recorded.
package struct AlarmStep: Sendable, Equatable {
    package let change: AlarmChange
    package let alarm: Alarm
    package let source: AlarmSource
    package let detail: String?
    /// How often the alarm was raised in this record.
    package let occurrences: Int

    package init(_ change: AlarmChange, _ alarm: Alarm, _ source: AlarmSource, detail: String? = nil, occurrences: Int = 1) {
        self.change = change
        self.alarm = alarm
        self.source = source
        self.detail = detail
        self.occurrences = occurrences
    }
}
