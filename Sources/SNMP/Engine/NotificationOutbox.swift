import NIOCore

/// The sending end of notifications: notification in, datagrams out; repeats informs until they are acknowledged.
///
/// For traps of v3 we are the authority, with our engine's id and clock; for informs it is the receiver, whose engine is discovered first.
/// Each receiver has a bounded queue of its own. Time is an argument, random numbers come from `random`. Not Sendable, for the users' keys
/// are not: made on the event loop that it stays on.
struct NotificationOutbox<Random: RandomNumberGenerator> {
    struct Datagram: Equatable {
        let receiver: NotificationReceiver
        let peer: PeerAddress
        let octets: ByteBuffer
    }

    struct Limits: Hashable, Sendable {
        /// Notifications that wait for one receiver.
        var queue = 256
        /// Receivers that something is under way to at one time.
        var receivers = 64
        /// How soon an equal notification may follow to the same receiver.
        var repeatInterval = TimeAmount.zero
    }

    /// The longest payload of a UDP datagram over IPv4.
    static var maximumLength: Int { 65_507 }
    /// v3 users whose keys for our engine are kept.
    private static var maximumUsers: Int { 64 }

    let identity: EngineIdentity
    /// What v1 traps name as their origin.
    private let agentAddress: SNMPValue.IPAddress?
    private let limits: Limits
    var random: Random
    private var lanes: [NotificationReceiver: NotificationLane] = [:]
    private var users: [USMUser: LocalizedUser] = [:]
    /// Of receivers that are forgotten, and of what never had one.
    private var pastStatistics = NotificationSendStatistics()
    let aes = AESContexts()
    var salts: SaltCounter
    var writer = BERWriter()
    /// Decrypted octets.
    var scratch: [UInt8] = []
    var outgoing: [Datagram] = []

    init(identity: EngineIdentity, agentAddress: SNMPValue.IPAddress? = nil, limits: Limits = Limits(), random: Random) {
        self.identity = identity
        self.agentAddress = agentAddress
        self.limits = limits
        self.random = random
        salts = SaltCounter(start: 0)
        salts = SaltCounter(start: self.random.next())
    }

    // MARK: Inputs

    /// Returns what is to be sent now. Call `deadlineReached` at `nextDeadline`, which may have changed.
    mutating func submitted(_ notification: SNMPNotification, to receiver: NotificationReceiver, now: NIODeadline) -> [Datagram] {
        guard let lane = lane(of: receiver) else { return [] }
        lane.statistics.submitted &+= 1
        switch lane.queue.submitted(notification, now: now) {
        case .queued: break
        case .merged: lane.statistics.merged &+= 1
        case .refused: lane.statistics.count(.queueFull)
        }
        advance(lane, now: now)
        return takeOutgoing()
    }

    /// What is due by now.
    mutating func deadlineReached(now: NIODeadline) -> [Datagram] {
        for lane in lanes.values {
            if let inform = lane.inform, inform.deadline <= now { expire(inform, in: lane, now: now) }
            advance(lane, now: now)
        }
        return takeOutgoing()
    }

    /// Takes an acknowledgement or a report. Anything else is ignored.
    mutating func received(_ octets: UnsafeRawBufferPointer, from peer: PeerAddress, now: NIODeadline) -> [Datagram] {
        for lane in lanes.values where lane.peer == peer && lane.inform != nil {
            guard judge(octets, in: lane, now: now) else { continue }
            advance(lane, now: now)
            break
        }
        return takeOutgoing()
    }

    /// The datagram could not be sent. A trap is lost by that; an inform is sent again when its time is over.
    mutating func unreachable(_ datagram: Datagram) {
        guard let lane = lanes[datagram.receiver], !lane.receiver.takesInforms else { return }
        lane.statistics.sent &-= 1
        lane.statistics.count(.unreachable)
    }

    /// Nothing more is sent.
    mutating func closed() {
        for lane in lanes.values {
            lane.statistics.count(.closed, lane.queue.removeAll() + (lane.inform == nil ? 0 : 1))
            lane.inform = nil
        }
    }

    var nextDeadline: NIODeadline? { lanes.values.lazy.compactMap(\.nextDeadline).min() }

    var statistics: NotificationSendStatistics { lanes.values.reduce(pastStatistics) { $0 + $1.statistics } }

    func statistics(of receiver: NotificationReceiver) -> NotificationSendStatistics? { lanes[receiver]?.statistics }

    // MARK: Lanes

    /// Nil, and the notification is counted as lost, if there is none to be had.
    private mutating func lane(of receiver: NotificationReceiver) -> NotificationLane? {
        if let lane = lanes[receiver] { return lane }
        if lanes.count >= limits.receivers { forgetIdleLanes() }
        let loss: NotificationLoss? = receiver.peer == nil ? .unreachable : lanes.count >= limits.receivers ? .tooManyReceivers : nil
        guard let peer = receiver.peer, loss == nil else {
            pastStatistics.submitted &+= 1
            pastStatistics.count(loss ?? .unreachable)
            return nil
        }
        let queue = NotificationQueue(capacity: limits.queue, repeatInterval: limits.repeatInterval)
        let lane = NotificationLane(receiver, at: peer, queue: queue)
        lanes[receiver] = lane
        return lane
    }

    private mutating func forgetIdleLanes() {
        for (receiver, lane) in lanes where lane.isIdle {
            pastStatistics = pastStatistics + lane.statistics
            lanes[receiver] = nil
        }
    }

    private mutating func takeOutgoing() -> [Datagram] {
        defer { outgoing.removeAll(keepingCapacity: true) }
        return outgoing
    }
}

// MARK: - Sending

extension NotificationOutbox {
    /// Sends what the lane is ready for: all traps, or the next inform.
    mutating func advance(_ lane: NotificationLane, now: NIODeadline) {
        while lane.inform == nil, let next = lane.queue.next(now: now) {
            if lane.receiver.takesInforms {
                start(next, in: lane, now: now)
            } else {
                sendTrap(next, in: lane, now: now)
            }
        }
    }

    private mutating func sendTrap(_ notification: SNMPNotification, in lane: NotificationLane, now: NIODeadline) {
        writer.reset()
        switch lane.receiver.credentials {
        case .v1(let community):
            guard let trap = notification.trapV1(from: agentAddress) else { return lane.statistics.count(.notInVersion1) }
            CommunityMessage(.v1, community, .trapV1(trap)).encode(into: &writer)
        case .v2c(let community):
            CommunityMessage(.v2c, community, notification.pdu(.trapV2, requestID: nextID())).encode(into: &writer)
        case .v3(let user, let contextName):
            let id = nextID()
            ScopedPDU(contextEngineID: identity.id, contextName: contextName, pdu: notification.pdu(.trapV2, requestID: id))
                .encode(into: &writer)
            let time = identity.clock.reading(at: now)
            let header = SecureHeader(
                messageID: id, level: user.level, isReportable: false, engineID: identity.id, boots: time.boots, time: time.time)
            localized(user).seal(header, salt: salts.next(), into: &writer)
        }
        if emit(to: lane) { lane.statistics.sent &+= 1 }
    }

    private mutating func localized(_ user: USMUser) -> LocalizedUser {
        if let known = users[user] { return known }
        if users.count >= Self.maximumUsers { users.removeAll() }
        let localized = LocalizedUser(user, engineID: identity.id, contexts: aes)
        users[user] = localized
        return localized
    }

    /// Puts out what the writer holds. False if it is too long.
    @discardableResult
    mutating func emit(to lane: NotificationLane) -> Bool {
        guard writer.count <= Self.maximumLength else {
            lane.statistics.count(.tooLong)
            return false
        }
        outgoing.append(Datagram(receiver: lane.receiver, peer: lane.peer, octets: ByteBuffer(bytes: writer.written)))
        return true
    }

    mutating func nextID() -> Int32 { Int32.random(in: EncodedPDU.requestIDs, using: &random) }
}
