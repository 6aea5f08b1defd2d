import Logging
import PowerDevice

/// Takes every event of a card: into its logs, and into the program's own log.
final class CardJournal: Sendable {
    private let logs: CardLogs
    private let clock: CardClock
    private let logger: Logger

    init(logs: CardLogs, clock: CardClock, logger: Logger) {
        self.logs = logs
        self.clock = clock
        self.logger = logger
    }

    /// Notes what has happened to the card, at this moment by its clock.
    ///
    /// - Parameter origin: who has caused it, where the event's text does not say so.
    func note(_ event: CardEvent, by origin: ChangeOrigin? = nil) {
        logger.log(level: event.severity.logLevel, "\(event.text)", metadata: origin.map { ["origin": "\($0)"] })
        logs.append(event.severity, event.text, code: origin?.description, at: clock.now, to: .cardEvents)
    }

    /// Notes what has happened to a log.
    func note(_ notice: LogNotice) {
        if case .cleared(_, let origin) = notice { return note(notice.event, by: origin) }
        note(notice.event)
    }

    /// Notes what has happened to the device, all at this moment by the card's clock.
    func note(_ events: [DeviceEvent]) {
        guard !events.isEmpty else { return }
        let now = clock.now
        for event in events {
            logger.log(level: event.severity.logLevel, "\(event.text)", metadata: event.code.map { ["code": "\($0)"] })
            logs.append(event.severity, event.text, code: event.code?.rawValue, at: now, to: .deviceEvents)
        }
    }
}

extension CardJournal {
    /// Notes a control that has been carried out: for the device what has been done, for the card who asked for it.
    ///
    /// The clock of the UPS is left out: it is told once a day.
    func note(_ control: DeviceControl, by origin: ControlOrigin) {
        if case .setClock = control { return }
        note(control.events(isScheduled: origin == .schedule))
        note(.controlDone(control.summary, by: "\(origin)"))
    }
}

extension Severity {
    /// Nothing that happens to a device is an error of the program.
    fileprivate var logLevel: Logger.Level {
        switch self {
        case .information: .info
        case .warning: .notice
        case .critical: .warning
        }
    }
}
