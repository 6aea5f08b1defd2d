import PowerDevice
import Synchronization

/// Watches a device's record on behalf of the event logs and of the alarm table. Nothing is done on a poll that changed nothing.
final class DeviceWatch: Sendable {
    fileprivate struct State {
        var source = DeviceEventSource()
        var isSilent = false
        /// Of the record, when it was looked at last.
        var revision: Int?
    }

    private let device: DeviceRecord
    private let alarms: ActiveAlarms
    private let clock: CardClock
    private let journal: CardJournal
    private let state = Mutex(State())

    init(device: DeviceRecord, alarms: ActiveAlarms, clock: CardClock, journal: CardJournal) {
        self.device = device
        self.alarms = alarms
        self.clock = clock
        self.journal = journal
    }

    /// The card starts: all that it will find is news.
    func reset() {
        state.withLock { $0 = State() }
        alarms.reset()
    }

    /// The device has been asked, or has been found lost.
    func devicePolled() {
        guard device.revision != state.withLock({ $0.revision }) else { return }
        let contents = device.contents
        let (connection, events) = state.withLock { $0.observe(contents, alarms, at: clock.now) }
        if let connection { journal.note(connection) }
        journal.note(events)
    }
}

extension DeviceWatch.State {
    fileprivate mutating func observe(
        _ contents: DeviceRecord.Contents, _ alarms: ActiveAlarms, at now: Int64
    ) -> (connection: CardEvent?, events: [DeviceEvent]) {
        revision = contents.revision
        let isCommunicating = contents.snapshot.state.isCommunicating
        let events = source.observe(contents.map, contents.registers, isCommunicating: isCommunicating)
        if isCommunicating, !events.isEmpty { alarms.follow(source.active, at: now) }
        defer { isSilent = !isCommunicating }
        guard isSilent == isCommunicating else { return (nil, events) }
        return (isCommunicating ? .communicationRestored : .communicationLost, events)
    }
}
