package import NIOCore

/// The card's side of the LAN protocol: datagrams in, replies and orders out. Time, randomness and the admin's key are passed in.
///
/// ```
///        discover ─────────────▶ announce
///        challenge ────────────▶ challengeReply (nonce, good once, for 30 s)
///        request with nonce ───▶ claim ─▶ judge, with the key ─┬─▶ result notAuthentic / staleNonce / invalid / …
///        and authenticator                                     └─▶ order to the card ─▶ result done / failed
/// ```
/// What is malformed, meant for another card, or asked too often gets no reply at all. Who counts wrong passwords refuses a claim by `answer`.
package struct LANCardSession: Sendable {
    /// How long an unlock lasts for the host that asked for it.
    package static let unlockDuration = TimeAmount.minutes(10)
    static let nonceLifetime = TimeAmount.seconds(30)
    static let maximumNonces = 64
    static let maximumUnlocks = 64
    /// Replies to one host in a second, and to all: a forged sender can't make a flood of us.
    static let repliesPerHost = 50
    static let repliesPerSecond = 500

    /// What the card is to do. Its result goes out through `answer`.
    package enum Order: Sendable, Equatable {
        case setNetwork(NetworkSettings)
        case setPassword(String)
        case identify(seconds: Int)
        case restart
    }

    /// A request that the card has still to answer.
    package struct Request: Sendable, Equatable {
        let transaction: UInt64
        package let peer: SocketAddress
    }

    /// A request whose sender has still to prove that he knows the password.
    package struct Claim: Sendable, Equatable {
        let message: LANMessage
        package let request: Request
        package let host: String
    }

    package enum ReceivedAction: Sendable, Equatable {
        case reply(ByteBuffer)
        case judge(Claim)
        case drop(DropReason)
    }

    package enum DropReason: Sendable, Equatable { case malformed, otherCard, unknownKind, tooMany }

    /// What becomes of a claim.
    package enum Judgement: Sendable, Equatable {
        /// The sender knows the password. `opensWindow`: he may change the card from now on, and might not before.
        case reply(ByteBuffer, opensWindow: Bool)
        case perform(Order, Request)
        /// He does not.
        case refuse(ByteBuffer)
        /// Nothing can be said about that. The reply, if there is one.
        case pass(ByteBuffer?)
    }

    package let card: HardwareAddress
    private var share: LANKeyShare?
    private var nonces: [[UInt8]: (host: String, until: NIODeadline)] = [:]
    private var unlocks: [String: NIODeadline] = [:]
    private var passwordOrders = LANPasswordOrders()
    private var replies = ReplyBudget()

    package init(card: HardwareAddress) { self.card = card }

    /// Another password counts from now on.
    package mutating func endUnlocks() { unlocks = [:] }

    /// Whether `host` may change the card now (the TFTP server asks this).
    package func isUnlocked(for host: String, now: NIODeadline) -> Bool { unlocks[host].map { $0 > now } ?? false }

    /// - Parameter announcement: asked for only when it is to be sent.
    package mutating func received(
        _ datagram: ByteBuffer, from peer: SocketAddress, now: NIODeadline, announcement: () -> Announcement, random: () -> UInt64
    ) -> ReceivedAction {
        guard let host = peer.ipAddress, let message = try? LANMessage(decoding: datagram) else { return .drop(.malformed) }
        guard message.card == card || (message.card == .any && message.kind == .discover) else { return .drop(.otherCard) }
        guard replies.take(host, now: now) else { return .drop(.tooMany) }
        switch message.kind {
        case .discover:
            var announcement = announcement()
            announcement.isUnlocked = isUnlocked(for: host, now: now)
            return .reply(encode(.announce, message.transaction, announcement.fields))
        case .challenge:
            let nonce = makeNonce(for: host, now: now, random)
            let share = share ?? LANKeyShare(random: random)
            self.share = share
            return .reply(encode(.challengeReply, message.transaction, [LANField(.nonce, nonce), LANField(.keyShare, share.octets)]))
        case .unlock, .lock, .setNetwork, .identify, .restart, .setPassword:
            return .judge(Claim(message: message, request: Request(transaction: message.transaction, peer: peer), host: host))
        default:
            return .drop(.unknownKind)
        }
    }

    /// - Parameters:
    ///   - key: of the admin's password.
    ///   - obstacle: why the password has to be changed before the card can be unlocked or restarted, in words.
    package mutating func judge(_ claim: Claim, key: LANKey, obstacle: String?, now: NIODeadline) -> Judgement {
        let message = claim.message
        switch passwordOrders.repetition(message, from: claim.host, now: now) {
        case .none: break
        case .underWay: return .pass(nil)
        case .answered(let result): return .pass(result)
        }
        guard let nonce = message[.nonce], let made = nonces.removeValue(forKey: nonce), made.host == claim.host, made.until > now else {
            return .pass(answer(claim.request, LANResult(.staleNonce, "Ask for a new challenge.")))
        }
        guard key.isAuthentic(message) else { return .refuse(answer(claim.request, LANResult(.notAuthentic, "The password is wrong."))) }
        if let obstacle, message.kind == .unlock || message.kind == .restart {
            return done(claim, LANResult(.passwordChangeRequired, obstacle))
        }
        return carryOut(claim, nonce: nonce, key: key, now: now)
    }

    /// The reply to a request that the card has carried out, could not, or would not.
    package mutating func answer(_ request: Request, _ result: LANResult) -> ByteBuffer {
        let datagram = encode(.result, request.transaction, result.fields)
        passwordOrders.answered(request.transaction, from: request.peer.ipAddress, datagram)
        return datagram
    }

    private mutating func carryOut(_ claim: Claim, nonce: [UInt8], key: LANKey, now: NIODeadline) -> Judgement {
        let message = claim.message
        switch message.kind {
        case .unlock: return unlock(claim, now: now)
        case .lock:
            unlocks[claim.host] = nil
            return done(claim, LANResult(.done, "Locked."))
        case .identify: return .perform(.identify(seconds: Int(message.number(.seconds) ?? 30)), claim.request)
        case .restart: return .perform(.restart, claim.request)
        case .setPassword:
            guard let password = newPassword(message, nonce: nonce, key: key) else {
                return done(claim, LANResult(.invalid, "The new password can't be read."))
            }
            passwordOrders.began(message, from: claim.host, now: now)
            return .perform(.setPassword(password), claim.request)
        default: return setNetwork(claim)
        }
    }

    private mutating func done(_ claim: Claim, _ result: LANResult, opensWindow: Bool = false) -> Judgement {
        .reply(answer(claim.request, result), opensWindow: opensWindow)
    }

    private mutating func unlock(_ claim: Claim, now: NIODeadline) -> Judgement {
        unlocks = unlocks.filter { $0.value > now }
        let isNew = unlocks[claim.host] == nil
        if isNew, unlocks.count >= Self.maximumUnlocks, let first = unlocks.min(by: { $0.value < $1.value })?.key { unlocks[first] = nil }
        unlocks[claim.host] = now + Self.unlockDuration
        let seconds = UInt16(Self.unlockDuration.nanoseconds / 1_000_000_000)
        return done(claim, LANResult(.done, "Unlocked.", seconds: seconds), opensWindow: isNew)
    }

    private func newPassword(_ message: LANMessage, nonce: [UInt8], key: LANKey) -> String? {
        guard let share, let sealed = message[.sealedPassword], let askersShare = message[.keyShare],
            let agreed = share.agreed(with: askersShare)
        else { return nil }
        let conversation = SealedPassword.Conversation(
            card: card, transaction: message.transaction, nonce: nonce, askersShare: askersShare, cardsShare: share.octets)
        return SealedPassword(conversation, key: key, agreed: agreed)?.opened(sealed)
    }

    private mutating func setNetwork(_ claim: Claim) -> Judgement {
        let message = claim.message
        guard let address = message.address(.address), let mask = message.address(.mask) else {
            return done(claim, LANResult(.invalid, "The address or the mask is missing."))
        }
        let settings = NetworkSettings(
            address: address, mask: mask, gateway: message.address(.gateway) ?? 0, usesDHCP: message.flag(.dhcp) ?? false)
        if let problem = settings.problem { return done(claim, LANResult(.invalid, problem)) }
        return .perform(.setNetwork(settings), claim.request)
    }

    private func encode(_ kind: LANMessage.Kind, _ transaction: UInt64, _ fields: [LANField]) -> ByteBuffer {
        LANMessage(kind, card: card, transaction: transaction, fields: fields).encoded()
    }

    private mutating func makeNonce(for host: String, now: NIODeadline, _ random: () -> UInt64) -> [UInt8] {
        nonces = nonces.filter { $0.value.until > now }
        if nonces.count >= Self.maximumNonces, let oldest = nonces.min(by: { $0.value.until < $1.value.until })?.key {
            nonces[oldest] = nil
        }
        let nonce = [random(), random()].flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) } }
        nonces[nonce] = (host, now + Self.nonceLifetime)
        return nonce
    }
}

/// Counts the replies of the current second.
private struct ReplyBudget: Sendable {
    private var secondBegan = NIODeadline.distantPast
    private var perHost: [String: Int] = [:]
    private var all = 0

    mutating func take(_ host: String, now: NIODeadline) -> Bool {
        if now - secondBegan >= .seconds(1) {
            secondBegan = now
            perHost.removeAll(keepingCapacity: true)
            all = 0
        }
        guard all < LANCardSession.repliesPerSecond, perHost[host, default: 0] < LANCardSession.repliesPerHost else { return false }
        perHost[host, default: 0] += 1
        all += 1
        return true
    }
}
