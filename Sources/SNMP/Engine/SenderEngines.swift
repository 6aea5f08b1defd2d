import NIOCore

/// The engines that have sent us v3 traps: each is the authority for what it sends, so that its keys and its clock have to be known here.
///
///     message ─► user ─► level ─► engine known? ── no ─► allowance ─► signature ─► learn the engine ─┐
///                                    └── yes ───────────────────────► signature ─────────────────────┴─► time ─► accept
///
/// An engine is learnt from its first authentic message, without being listed anywhere. A message that is not authentic leaves nothing behind
/// and costs a few digests, which the allowance bounds too. The engine that was silent for the longest time makes room for a new one;
/// should it speak again, it is learnt anew, and until then a replay of its old messages would be taken for that. Not Sendable, for the
/// users' keys are not.
struct SenderEngines {
    enum Verdict {
        /// With the keys to decrypt it; nil for a user without keys.
        case accept(LocalizedUser?)
        case drop(NotificationDropReason)
    }

    private struct Sender {
        let user: USMUser
        /// The same user without privacy: enough to check a signature, where the privacy keys may cost a megabyte of hashing.
        let signer: USMUser?
    }

    private let contexts = AESContexts()
    private var senders: [InlineOctets: Sender] = [:]
    private var engines: RecentlyUsed<EngineID, SenderEngine>
    private var allowance: TokenBucket
    private(set) var conflicts = EngineConflicts()

    init(users: [USMUser], limits: TrapReceiver.Limits, now: NIODeadline) {
        engines = RecentlyUsed(capacity: limits.engines)
        allowance = TokenBucket(rate: limits.unknownEngineRate, burst: limits.unknownEngineBurst, now: now)
        replaceUsers(users)
    }

    var count: Int { engines.count }

    /// Of users with the same name, the last counts. What is known of the engines' clocks remains.
    mutating func replaceUsers(_ users: [USMUser]) {
        senders.removeAll()
        for user in users {
            let signature = user.authentication.map { ($0.protocol, $0.key) }
            senders[user.nameOctets] = Sender(
                user: user, signer: try? USMUser(name: user.name, authenticationKey: signature, privacyKey: nil))
        }
        engines.updateAll { $0.forgetUsers() }
    }

    /// Judges a message whose authority is its sender (RFC 3414 §3.2 steps 4 to 7).
    mutating func judge(
        _ message: SecureMessage, in octets: UnsafeRawBufferPointer, engine: EngineID, from peer: PeerAddress, now: NIODeadline
    ) -> Verdict {
        guard let name = InlineOctets(UnsafeRawBufferPointer(rebasing: octets[message.userName])), let sender = senders[name] else {
            return .drop(.unknownUser)
        }
        // At a lower level, anybody could speak for a user who signs.
        guard message.level == sender.user.level else { return .drop(.unsupportedSecurityLevel) }
        guard message.level.isAuthenticated else { return .accept(nil) }
        if !engines.contains(engine) {
            guard allowance.take(now: now) else { return .drop(.rateLimited) }
            guard let signer = sender.signer, LocalizedUser(signer, engineID: engine, contexts: contexts).isAuthentic(message, in: octets)
            else { return .drop(.wrongDigest) }
            engines.insert(SenderEngine(id: engine, host: peer), for: engine)
        }
        guard let hearing = hear(message, in: octets, engine: engine, sender.user, from: peer, now: now) else { return .drop(.wrongDigest) }
        if let other = hearing.conflict { conflicts.note(engine, at: other, and: peer) }
        return hearing.isFresh ? .accept(hearing.user) : .drop(.notInTimeWindow)
    }

    /// Nil if a message of a known engine is not authentic.
    private mutating func hear(
        _ message: SecureMessage, in octets: UnsafeRawBufferPointer, engine: EngineID, _ user: USMUser, from peer: PeerAddress,
        now: NIODeadline
    ) -> SenderEngine.Hearing? {
        let contexts = contexts
        let hearing = engines.use(engine) { known -> SenderEngine.Hearing? in
            let localized = known.localized(user, contexts)
            guard localized.isAuthentic(message, in: octets) else { return nil }
            return known.heard(EngineTime(boots: message.boots, time: message.time), localized, from: peer, now: now)
        }
        return hearing ?? nil
    }
}

/// What is kept of one engine: its clock, where it was heard last, and its users' keys.
private struct SenderEngine {
    struct Hearing {
        let user: LocalizedUser
        let isFresh: Bool
        /// Another address that claims the same engine id.
        let conflict: PeerAddress?
    }

    let id: EngineID
    private var host: PeerAddress
    private var clock = RemoteClock()
    private var users: [LocalizedUser] = []

    init(id: EngineID, host: PeerAddress) {
        self.id = id
        self.host = host
    }

    mutating func forgetUsers() { users.removeAll() }

    /// There are no more users than are configured.
    mutating func localized(_ user: USMUser, _ contexts: AESContexts) -> LocalizedUser {
        if let known = users.first(where: { $0.user.nameOctets == user.nameOctets }) { return known }
        let localized = LocalizedUser(user, engineID: id, contexts: contexts)
        users.append(localized)
        return localized
    }

    /// Takes the time of an authentic message. An engine that appears at another address without having started again is there twice.
    mutating func heard(_ time: EngineTime, _ user: LocalizedUser, from peer: PeerAddress, now: NIODeadline) -> Hearing {
        let hasRestarted = time.boots > clock.reading(at: now).boots
        let conflict = host.isSameHost(as: peer) || hasRestarted ? nil : host
        let isFresh = clock.received(time, now: now)
        if isFresh { host = peer }
        return Hearing(user: user, isFresh: isFresh, conflict: conflict)
    }
}

/// Engine ids that more than one address claims, as cards do that were cloned with their settings. Bounded: the first ones are kept.
struct EngineConflicts: Equatable, Sendable {
    private static let maximumEngines = 256
    private static let maximumHosts = 8

    /// The last known port of each host is that of its first conflict.
    private(set) var hosts: [EngineID: [PeerAddress]] = [:]
    /// How often an engine was heard at another address than before.
    private(set) var count: UInt64 = 0

    mutating func note(_ engine: EngineID, at first: PeerAddress, and second: PeerAddress) {
        count &+= 1
        guard hosts[engine] != nil || hosts.count < Self.maximumEngines else { return }
        for host in [first, second] where !hosts[engine, default: []].contains(where: { $0.isSameHost(as: host) }) {
            if hosts[engine, default: []].count < Self.maximumHosts { hosts[engine, default: []].append(host) }
        }
    }
}

extension PeerAddress {
    /// Whether both are one address, whatever the ports.
    fileprivate func isSameHost(as other: PeerAddress) -> Bool { high == other.high && low == other.low && scope == other.scope }
}
