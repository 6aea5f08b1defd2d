import PowerDevice

extension CardEvent {
    /// A line that the card's event log can have: what differs from case to case is `???`.
    struct Entry: Sendable {
        let event: CardEvent
        let cause: String

        init(_ event: CardEvent, _ cause: String) {
            self.event = event
            self.cause = cause
        }
    }

    /// Stands for what differs from case to case, as in the manual's list.
    private static let any = "???"

    /// Every text of manual 18.5, in its order.
    static let catalogue: [Entry] = cardEntries + logEntries + serverEntries + mailEntries + changeEntries + sensorEntries

    private static let cardEntries = [
        Entry(.coldBoot, "The card has been switched on."),
        Entry(.warmBoot, "The card is there again after a restart."),
        Entry(.networkLinkUp, "The card's address and ports can be used."),
        Entry(.networkLinkDown, "The card's address or a port of it is lost, or (simulated) its network cable has been pulled."),
        Entry(.agentRestart, "A restart has been asked for; the card's services end."),
        Entry(.parametersReset, "Factory reset: every setting has its default again."),
        Entry(.parametersChecksumError, "The settings file has been damaged; the last good copy is in force."),
        Entry(.firmwareUpgrade, "New firmware has come up healthy, and is what the card runs from now on."),
    ]

    private static let logEntries = [
        Entry(.cleared(.history), "The history log has been emptied."),
        Entry(.cleared(.extendedHistory), "The extended history log has been emptied."),
        Entry(.cleared(.deviceEvents), "The UPS or STS event log has been emptied."),
        Entry(.cleared(.cardEvents), "This log has been emptied; the line is its first."),
        Entry(.historyIntervalChanged, "The interval of the history log has been changed."),
        Entry(.extendedHistoryIntervalChanged, "The interval of the extended history log has been changed."),
    ]

    private static let serverEntries = [
        Entry(.shutdownWarningSent, "Servers are warned: an event with a shutdown action has come."),
        Entry(.shutdownRequestSent, "Servers are told to shut down."),
        Entry(.shutdownCommandSent, "The UPS is told to take the load off after its delay."),
        Entry(.shutdownCancelSent, "The event is over in time: servers are told to go on."),
        Entry(.outputOnCommandSent, "The UPS is told to supply the load again."),
        Entry(.communicationLost, "The device has not answered several polls."),
        Entry(.communicationRestored, "It answers again."),
        Entry(.timeChanged(at: any, by: .user), "Somebody has set the card's clock; the address is the card's."),
        Entry(.timeChanged(at: any, by: .server), "A time server has set the card's clock by more than a little."),
        Entry(.timeChanged(at: any, by: .rtc), "The clock that the card goes by has jumped."),
    ]

    private static let mailEntries = [
        Entry(.mailServerUnreachable, "Mail: the server can't be reached."),
        Entry(.mailReceiverIncorrect, "Mail: the server refuses a receiver."),
        Entry(.mailServerIncorrect, "Mail: the server's name is unknown."),
        Entry(.mailFailed, "Mail: not sent for another reason."),
        Entry(.mailSent, "Mail: the server has taken it."),
        Entry(.wakeOnLANSent, "Servers are woken."),
        Entry(.radiusFailed, "No RADIUS server gives an answer."),
    ]

    private static let changeEntries = [
        Entry(.changed(any, way: any, by: any), "A setting has another value: its title, the way it was changed, and who did it."),
        Entry(.recreated(.cardEvents), "The program keeps other fields in this log than the one before it."),
        Entry(.recreated(.deviceEvents), "As above, of the UPS or STS event log."),
        Entry(.recreated(.history), "As above, of the history log; also where another kind of device is found."),
        Entry(.recreated(.extendedHistory), "As above, of the extended history log."),
        Entry(.configurationUploaded(by: any), "A settings document has been uploaded from that address."),
        Entry(.configurationUploaded(withErrors: any, by: any), "As above; so many of its lines were not valid, and were left out."),
        Entry(.timeServerFailed, "No time server gives an answer."),
        Entry(.mailFailed(any), "Mail: not sent; what the server says."),
        Entry(.mailTestSent, "Mail: the test mail has been sent."),
    ]

    private static let sensorEntries = EnvironmentCondition.inLogOrder.flatMap { condition in
        [
            Entry(.sensor(EnvironmentEvent(condition, nil)), "The EMD: the condition is over."),
            Entry(.sensor(EnvironmentEvent(condition, .critical)), "The EMD: a set point is passed, or the input is in alarm."),
        ]
    }

    /// Lines that the manual's list does not have.
    static let ownEntries = [
        Entry(.cleared(.sensorHistory), "The EMD history log has been emptied."),
        Entry(.recreated(.sensorHistory), "The program keeps other fields in the EMD history log than the one before it."),
        Entry(.logFileDamaged, "The file of the logs could not be read; it is kept beside the new one."),
        Entry(CardEvent(.warning, "\(any) log record(s) lost"), "Records that found no room, neither on the disk nor in memory."),
        Entry(CardEvent(.information, "Session of \(any) opened via \(any) by \(any)"), "Somebody has logged in (trap 40)."),
        Entry(.sessionClosed(any, reason: any), "A session has ended: logout, timeout, or another session."),
        Entry(CardEvent(.warning, "Account \(any) locked via \(any) by \(any)"), "Too many wrong passwords (trap 41)."),
        Entry(.firmwareFallback(any), "New firmware did not come up healthy; the version before runs again."),
        Entry(.controlDone(any, by: any), "The device has done what it was told to: what, and who asked for it."),
    ]
}

extension EnvironmentCondition {
    fileprivate static let inLogOrder: [EnvironmentCondition] = [
        .temperatureHigh, .temperatureLow, .humidityHigh, .humidityLow, .input1, .input2,
    ]
}
