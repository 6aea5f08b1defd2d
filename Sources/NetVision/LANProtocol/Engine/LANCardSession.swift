package import NIOCore

/// The card's side of the LAN protocol: datagrams in, replies and orders out. Time and randomness are passed in.
///
/// ```
///        discover ─────────────▶ announce
///        challenge ────────────▶ challengeReply (nonce, good once, for 30 s)
///        request with nonce ─┬─▶ result notAuthentic / lockedOut / staleNonce / invalid
///        and authenticator   └─▶ order to the card ─▶ result done / failed
/// ```
/// What is malformed, meant for another card, or asked too often gets no reply at all.
package struct LANCardSession: Sendable {
    /// How long an unlock lasts for the host that asked for it.
    package static let unlockDuration = TimeAmount.minutes(10)
    static let nonceLifetime = TimeAmount.seconds(30)
    static let maximumNonces = 64
    static let maximumUnlocks = 64
    /// Replies to one host in a second, and to all: a forged sender can't make a flood of us.
    static let repliesPerHost = 50
    static let repliesPerSecond = 500

    /// What the card is to do. It then answers through `result(of:_:)`.
    package enum Order: Sendable, Equatable {
        case setNetwork(NetworkSettings)
        case identify(seconds: Int)
        case restart
    }

    /// A request that the card has still to answer.
    package struct Request: Sendable, Equatable {
        let transaction: UInt64
        package let peer: SocketAddress
    }

    package enum ReceivedAction: Sendable, Equatable {
        case reply(ByteBuffer)
        case perform(Order, Request)
        case drop(DropReason)
    }

    package enum DropReason: Sendable, Equatable { case malformed, otherCard, unknownKind, tooMany }

    package let card: HardwareAddress
    private var password: String
    private var key: LANKey?
    private var nonces: [[UInt8]: (host: String, until: NIODeadline)] = [:]
    private var unlocks: [String: NIODeadline] = [:]
    private var attempts = LANAttempts()
    private var replies = ReplyBudget()

    package init(card: HardwareAddress, password: String) {
        self.card = card
        self.password = password
    }

    /// A new password ends all unlocks.
    package mutating func changePassword(to password: String) {
        self.password = password
        key = nil
        unlocks = [:]
    }

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
            return .reply(encode(.announce, message, announcement.fields))
        case .challenge:
            let nonce = makeNonce(for: host, now: now, random)
            return .reply(encode(.challengeReply, message, [LANField(.nonce, nonce)]))
        case .unlock, .lock, .setNetwork, .identify, .restart:
            return receivedOrder(message, from: peer, host: host, now: now)
        default:
            return .drop(.unknownKind)
        }
    }

    /// The reply to a request that the card has carried out, or could not.
    package func result(of request: Request, _ result: LANResult) -> ByteBuffer {
        LANMessage(.result, card: card, transaction: request.transaction, fields: result.fields).encoded()
    }

    private mutating func receivedOrder(
        _ message: LANMessage, from peer: SocketAddress, host: String, now: NIODeadline
    ) -> ReceivedAction {
        if let wait = attempts.wait(host, now: now) {
            let seconds = UInt16(clamping: wait.nanoseconds / 1_000_000_000 + 1)
            return .reply(encode(.result, message, LANResult(.lockedOut, "Too many wrong passwords.", seconds: seconds).fields))
        }
        guard let nonce = message[.nonce], let made = nonces.removeValue(forKey: nonce), made.host == host, made.until > now else {
            return .reply(encode(.result, message, LANResult(.staleNonce, "Ask for a new challenge.").fields))
        }
        let key = key ?? LANKey(password: password, card: card)
        self.key = key
        guard key.isAuthentic(message) else {
            attempts.failed(host, now: now)
            return .reply(encode(.result, message, LANResult(.notAuthentic, "The password is wrong.").fields))
        }
        attempts.succeeded(host)
        return carryOut(message, Request(transaction: message.transaction, peer: peer), host: host, now: now)
    }

    private mutating func carryOut(_ message: LANMessage, _ request: Request, host: String, now: NIODeadline) -> ReceivedAction {
        switch message.kind {
        case .unlock:
            unlocks = unlocks.filter { $0.value > now }
            if unlocks.count >= Self.maximumUnlocks, let first = unlocks.min(by: { $0.value < $1.value })?.key { unlocks[first] = nil }
            unlocks[host] = now + Self.unlockDuration
            let seconds = UInt16(Self.unlockDuration.nanoseconds / 1_000_000_000)
            return .reply(result(of: request, LANResult(.done, "Unlocked.", seconds: seconds)))
        case .lock:
            unlocks[host] = nil
            return .reply(result(of: request, LANResult(.done, "Locked.")))
        case .identify:
            return .perform(.identify(seconds: Int(message.number(.seconds) ?? 30)), request)
        case .restart:
            return .perform(.restart, request)
        default:
            return setNetwork(message, request)
        }
    }

    private func setNetwork(_ message: LANMessage, _ request: Request) -> ReceivedAction {
        let usesDHCP = message.flag(.dhcp) ?? false
        guard let address = message.address(.address), let mask = message.address(.mask) else {
            return .reply(result(of: request, LANResult(.invalid, "The address or the mask is missing.")))
        }
        let settings = NetworkSettings(
            address: address, mask: mask, gateway: message.address(.gateway) ?? 0, usesDHCP: usesDHCP)
        if let problem = settings.problem { return .reply(result(of: request, LANResult(.invalid, problem))) }
        return .perform(.setNetwork(settings), request)
    }

    private func encode(_ kind: LANMessage.Kind, _ request: LANMessage, _ fields: [LANField]) -> ByteBuffer {
        LANMessage(kind, card: card, transaction: request.transaction, fields: fields).encoded()
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
