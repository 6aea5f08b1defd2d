import Logging
import NIOCore
import NetVision
import PowerDevice
import SNMP
import Synchronization
import UPSSimulation

/// The traps of a card: what arises from its device and from itself, to the receivers of its settings.
final class CardTraps: Sendable {
    /// What a run of the card's services lends: the way out, and the objects that traps tell of.
    struct Post: Sendable {
        let sender: NotificationSender
        let value: @Sendable (OID) -> SNMPValue?
    }

    fileprivate struct State {
        var source: TrapSource
        /// The present one, or that of the run before, whose counters may still change.
        var post: Post?
        var isOpen = false
        /// Of the posts before, and of what never came to one.
        var total = ControlledCard.TrapState()
        /// The losses that have been logged.
        var told: [NotificationLoss: UInt64] = [:]

        var statistics: ControlledCard.TrapState { post.map { total + ControlledCard.TrapState($0.sender.statistics) } ?? total }
    }

    private let settings: SettingsStore
    private let device: DeviceRecord
    private let faults: CardFaults
    private let portOffset: PortOffset
    private let uptime: Uptime
    private let logger: Logger
    private let state: Mutex<State>

    init(plan: CardPlan, settings: SettingsStore, device: DeviceRecord, faults: CardFaults, uptime: Uptime, logger: Logger) {
        self.settings = settings
        self.device = device
        self.faults = faults
        self.uptime = uptime
        self.logger = logger
        portOffset = plan.portOffset
        state = Mutex(State(source: TrapSource(reminder: TimeAmount(plan.timing.trapReminder))))
    }

    /// What has become of the traps so far.
    var statistics: ControlledCard.TrapState { state.withLock { $0.statistics } }

    /// The card starts: the state that it will find is no news.
    func reset() {
        state.withLock { $0.source = TrapSource(reminder: $0.source.reminder) }
    }

    /// Takes the traps while `body` runs.
    func posting(_ post: Post, _ body: () async throws -> Void) async rethrows {
        state.withLock { state in
            state.total = state.statistics
            state.told = [:]
            state.post = post
            state.isOpen = true
        }
        defer { state.withLock { $0.isOpen = false } }
        try await body()
    }

    /// The device has been asked, or has been found lost.
    func devicePolled() {
        let (traps, losses) = state.withLock { state in
            (state.source.observe(device.contents, now: .now()), state.newLosses())
        }
        for (loss, count) in losses { logger.warning("Traps lost", metadata: ["traps": "\(count)", "reason": "\(loss)"]) }
        if !traps.isEmpty { send(traps) }
    }

    /// Sends a trap about the card itself. Returns to how many receivers.
    @discardableResult
    func raise(_ trap: Int32) -> Int {
        let event = TrapEvent(trap).asTold(of: device.contents.map.kind)
        return event.map { send([$0]) } ?? 0
    }

    @discardableResult
    private func send(_ traps: [TrapEvent]) -> Int {
        guard let post = state.withLock({ $0.isOpen ? $0.post : nil }) else { return 0 }
        let settings = settings.settings
        let ticks = uptime.ticks
        var count = 0
        for receiver in settings.trapReceivers.rows {
            let wanted = traps.filter { receiver.wants($0, isTrapFilterEnabled: settings.isTrapFilterEnabled) }
            guard !wanted.isEmpty, !faults.silencesTraps else { continue }
            guard let target = target(receiver, users: settings.users) else {
                drop(wanted.count, "no such user", receiver)
                continue
            }
            count += 1
            for notification in wanted.compactMap({ $0.notification(uptime: ticks, value: post.value) }) {
                post.sender.send(notification, to: target)
            }
        }
        return count
    }

    /// Nil where a v3 receiver's user is not in the card's table.
    private func target(_ receiver: TrapReceiver, users: [CardUser]) -> NotificationReceiver? {
        guard let place = receiver.address,
            let address = try? SocketAddress(ipAddress: AddressRange.text(place.address), port: place.port(portOffset))
        else { return nil }
        let credentials: SNMPCredentials
        switch receiver.version {
        case .v1: credentials = .v1(Community(receiver.community))
        case .v2c: credentials = .v2c(Community(receiver.community))
        case .v3:
            guard let user = users.first(where: { $0.user.name == receiver.community }) else { return nil }
            credentials = .v3(user.user, contextName: "")
        }
        return NotificationReceiver(address, credentials: credentials, isConfirmed: receiver.isConfirmed)
    }

    private func drop(_ count: Int, _ reason: String, _ receiver: TrapReceiver) {
        state.withLock { $0.total.dropped += count }
        logger.warning(
            "Traps not sent",
            metadata: ["traps": "\(count)", "trap.receiver": "\(receiver.address?.description ?? "")", "reason": "\(reason)"])
    }
}

extension CardTraps.State {
    /// The losses that nobody has been told of.
    fileprivate mutating func newLosses() -> [NotificationLoss: UInt64] {
        guard let losses = post?.sender.statistics.losses, losses != told else { return [:] }
        defer { told = losses }
        return losses.merging(told) { $0 - min($0, $1) }.filter { $0.value > 0 }
    }
}

extension ControlledCard.TrapState {
    init(_ statistics: NotificationSendStatistics) {
        self.init(
            sent: Int(clamping: statistics.sent), merged: Int(clamping: statistics.merged),
            dropped: statistics.losses.values.reduce(0) { $0 + Int(clamping: $1) })
    }

    fileprivate static func + (left: Self, right: Self) -> Self {
        Self(sent: left.sent + right.sent, merged: left.merged + right.merged, dropped: left.dropped + right.dropped)
    }
}
