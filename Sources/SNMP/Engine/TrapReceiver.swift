import NIOCore

/// The receiving end of notifications: datagram in; notification, reply or the reason of a drop out.
///
///     datagram ──► message ──► from somebody we know? ──► a trap ─────────────────────► deliver
///                                                    └──► an inform ── new ───────────► deliver, acknowledge
///                                                                  └── repeated ──────► acknowledge
///
/// It knows no senders by address: any number of them may send. Time is an argument; everything that is kept is bounded. Not Sendable, for
/// the users' keys are not: made on the thread that it stays on.
struct TrapReceiver {
    enum ReceivedAction: Equatable {
        /// Hand it on, and send the reply to where it came from.
        case deliver(ReceivedNotification, reply: ByteBuffer?)
        case respond(ByteBuffer)
        case drop(NotificationDropReason)
    }

    /// How much is kept, and done, for senders that nobody has announced.
    struct Limits: Hashable, Sendable {
        /// Engines whose keys and clocks are kept, at up to a kilobyte for each user.
        var engines = 16_384
        /// How many messages of engines that were never heard before are looked at in a second: each costs a few digests.
        var unknownEngineRate = 2000.0
        /// How many at once, such as when the power returns to a site.
        var unknownEngineBurst = 20_000.0
    }

    /// Informs are repeated for as long as a sender's attempts last; this covers net-snmp's and ours by far.
    private static let informLifetime = TimeAmount.minutes(5)
    private static let maximumInforms = 4096

    /// The communities that are let in; nil lets in any.
    var communities: Set<Community>?
    var statistics = TrapStatistics()
    /// Whose notifications were not let in.
    var refused = RefusedSenders()
    private var informs = RecentInforms(capacity: maximumInforms, lifetime: informLifetime)
    private var writer = BERWriter()
    var senders: SenderEngines
    var local: LocalEngine
    /// Decrypted octets.
    var scratch: [UInt8] = []

    /// - Parameters:
    ///   - users: At which level and with which keys each may send; lower levels are refused.
    ///   - engine: Ourselves, to senders of v3 informs.
    ///   - saltStart: random.
    init(
        communities: Set<Community>?, users: [USMUser] = [], engine: EngineIdentity, limits: Limits = Limits(), saltStart: UInt64,
        now: NIODeadline
    ) {
        self.communities = communities
        senders = SenderEngines(users: users, limits: limits, now: now)
        let configuration = LocalEngine.Configuration(
            engineID: engine.id, users: users.map { LocalEngine.User($0, .readOnly) }, handledKinds: [.inform])
        local = LocalEngine(configuration, clock: engine.clock, saltStart: saltStart)
    }

    mutating func replaceUsers(_ users: [USMUser]) {
        senders.replaceUsers(users)
        local.replaceUsers(users.map { LocalEngine.User($0, .readOnly) })
    }

    /// - Parameter hasRoom: Whether the consumer's queue takes one more. If it does not, nothing is delivered and no inform acknowledged.
    mutating func received(
        _ octets: UnsafeRawBufferPointer, from peer: PeerAddress, hasRoom: Bool, now: NIODeadline
    ) -> ReceivedAction {
        statistics.received &+= 1
        let action = judge(octets, from: peer, hasRoom: hasRoom, now: now)
        switch action {
        case .deliver(_, let reply):
            statistics.delivered &+= 1
            if reply != nil { statistics.acknowledged &+= 1 }
        case .respond: break
        case .drop(let reason): refuse(reason, octets, from: peer)
        }
        statistics.engines = senders.count
        statistics.engineConflicts = senders.conflicts.count
        return action
    }

    private mutating func judge(
        _ octets: UnsafeRawBufferPointer, from peer: PeerAddress, hasRoom: Bool, now: NIODeadline
    ) -> ReceivedAction {
        do throws(SNMPDecodingError) {
            var reader = try BERReader(octets)
            return judge(try CommunityMessage(from: &reader), from: peer, hasRoom: hasRoom, now: now)
        } catch {
            switch error.reason {
            case .unsupportedVersion(3): return judgeSecure(octets, from: peer, hasRoom: hasRoom, now: now)
            case .unsupportedVersion: return .drop(.unsupportedVersion)
            default: return .drop(.malformed)
            }
        }
    }

    mutating func refuse(_ reason: NotificationDropReason, _ octets: UnsafeRawBufferPointer, from peer: PeerAddress) {
        statistics.drops[reason, default: 0] &+= 1
        refused.note(reason, octets, from: peer)
    }
}

// MARK: - Versions 1 and 2c

extension TrapReceiver {
    private mutating func judge(_ message: CommunityMessage, from peer: PeerAddress, hasRoom: Bool, now: NIODeadline) -> ReceivedAction {
        if let communities, !communities.contains(message.community) { return .drop(.unknownCommunity) }
        switch message.content {
        case .trapV1(let trap): return deliver(SNMPNotification(trap), message, from: peer, hasRoom: hasRoom)
        case .pdu(let pdu):
            guard message.version == .v2c else { return .drop(.notANotification) }
            switch pdu.kind {
            case .trapV2: return deliver(SNMPNotification(pdu), message, from: peer, hasRoom: hasRoom)
            case .inform: return acknowledge(pdu, message, from: peer, hasRoom: hasRoom, now: now)
            case .get, .getNext, .getBulk, .set, .response, .report: return .drop(.notANotification)
            }
        }
    }

    private func deliver(
        _ notification: SNMPNotification?, _ message: CommunityMessage, from peer: PeerAddress, hasRoom: Bool
    ) -> ReceivedAction {
        guard let notification else { return .drop(.malformed) }
        guard hasRoom else { return .drop(.queueFull) }
        return .deliver(
            ReceivedNotification(
                peer: peer, version: message.version, principal: .community(message.community), notification: notification, isInform: false),
            reply: nil)
    }

    private mutating func acknowledge(
        _ pdu: PDU, _ message: CommunityMessage, from peer: PeerAddress, hasRoom: Bool, now: NIODeadline
    ) -> ReceivedAction {
        guard let notification = SNMPNotification(pdu) else { return .drop(.malformed) }
        let novelty = admitInform(pdu, from: peer, hasRoom: hasRoom, now: now)
        guard novelty != .refused else { return .drop(.queueFull) }
        let reply = CommunityMessage(message.version, message.community, pdu.acknowledgement).encoded(with: &writer)
        guard novelty == .new else { return .respond(reply) }
        return .deliver(
            ReceivedNotification(
                peer: peer, version: message.version, principal: .community(message.community), notification: notification, isInform: true),
            reply: reply)
    }
}

// MARK: - Informs

extension TrapReceiver {
    enum InformNovelty {
        case new
        case repeated
        /// New, and nobody has room for it.
        case refused
    }

    /// Remembers an inform that is to be delivered.
    mutating func admitInform(_ pdu: PDU, from peer: PeerAddress, hasRoom: Bool, now: NIODeadline) -> InformNovelty {
        let key = RecentInforms.Key(pdu, from: peer)
        guard !informs.contains(key, now: now) else {
            statistics.duplicates &+= 1
            statistics.acknowledged &+= 1
            return .repeated
        }
        guard hasRoom else { return .refused }
        informs.insert(key, now: now)
        return .new
    }
}

extension PDU {
    /// The response to an inform (RFC 3416 §4.2.7): the same request id and variables.
    var acknowledgement: PDU { PDU(.response, requestID: requestID, bindings: bindings) }
}
