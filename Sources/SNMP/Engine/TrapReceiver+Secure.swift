import NIOCore

/// Version 3. Who is the authority of a message, and with it whose keys and clock count, tells traps from informs (RFC 3414 §1.5.1):
///
///     authoritative engine is
///       the sender's   a trap                   ──► SenderEngines ──► deliver
///       ours, or none  an inform, a discovery   ──► LocalEngine ────► deliver and acknowledge, or report
extension TrapReceiver {
    mutating func judgeSecure(_ octets: UnsafeRawBufferPointer, from peer: PeerAddress, hasRoom: Bool, now: NIODeadline) -> ReceivedAction {
        let message: SecureMessage
        do throws(SNMPDecodingError) { message = try SecureMessage(octets) } catch { return .drop(.malformed) }
        guard !message.engineID.isEmpty, let engine = message.engineID(in: octets), engine != local.engineID else {
            return judgeInform(octets, isDiscovery: message.engineID.isEmpty, from: peer, hasRoom: hasRoom, now: now)
        }
        switch judgeTrap(message, octets, engine, from: peer, hasRoom: hasRoom, now: now) {
        // What wants a report and is no trap has mistaken us for another engine, or guesses; it is told (RFC 3414 §3.2 step 3).
        case .drop(let reason) where message.isReportable && reason != .rateLimited && reason != .queueFull:
            return judgeInform(octets, isDiscovery: false, from: peer, hasRoom: hasRoom, now: now, reason: reason)
        case let action: return action
        }
    }

    // MARK: Traps

    private mutating func judgeTrap(
        _ message: SecureMessage, _ octets: UnsafeRawBufferPointer, _ engine: EngineID, from peer: PeerAddress, hasRoom: Bool,
        now: NIODeadline
    ) -> ReceivedAction {
        let user: LocalizedUser?
        switch senders.judge(message, in: octets, engine: engine, from: peer, now: now) {
        case .accept(let accepted): user = accepted
        case .drop(let reason): return .drop(reason)
        }
        let scoped: ScopedPDU
        switch open(message, octets, user) {
        case .success(let opened): scoped = opened
        case .failure(let refusal): return .drop(refusal.reason)
        }
        guard scoped.pdu.kind == .trapV2 else { return .drop(.notANotification) }
        guard let notification = SNMPNotification(scoped.pdu) else { return .drop(.malformed) }
        guard hasRoom else { return .drop(.queueFull) }
        let name = String(decoding: octets[message.userName], as: UTF8.self)
        return .deliver(
            ReceivedNotification(
                peer: peer, version: .v3, principal: .user(name, message.level, engine: engine), notification: notification, isInform: false
            ),
            reply: nil)
    }

    private struct Refusal: Error {
        let reason: NotificationDropReason
    }

    private mutating func open(_ message: SecureMessage, _ octets: UnsafeRawBufferPointer, _ user: LocalizedUser?) -> Result<
        ScopedPDU, Refusal
    > {
        guard message.level.isEncrypted else {
            let plain = UnsafeRawBufferPointer(rebasing: octets[message.scopedData])
            return Result { try ScopedPDU(decoding: plain) }.mapError { _ in Refusal(reason: .malformed) }
        }
        // A wrong key does not fail, but yields what is no PDU.
        guard let user, user.decrypt(message, in: octets, into: &scratch) else { return .failure(Refusal(reason: .decryption)) }
        return scratch.withUnsafeBytes { decrypted in
            Result { try ScopedPDU(decoding: decrypted) }.mapError { _ in Refusal(reason: .decryption) }
        }
    }

    // MARK: Informs

    private mutating func judgeInform(
        _ octets: UnsafeRawBufferPointer, isDiscovery: Bool, from peer: PeerAddress, hasRoom: Bool, now: NIODeadline,
        reason: NotificationDropReason = .notANotification
    ) -> ReceivedAction {
        let before = local.statistics
        switch local.received(octets, now: now) {
        case .accept(let request): return acknowledge(request, from: peer, hasRoom: hasRoom, now: now)
        case .answer(let report):
            statistics.reports &+= 1
            // A discovery is no failure.
            if !isDiscovery { refuse(before.reason(now: local.statistics) ?? reason, octets, from: peer) }
            return .respond(report)
        case .drop(.malformed): return .drop(.malformed)
        case .drop(.notARequest): return .drop(.notANotification)
        case .drop(.refused(let counter)): return .drop(NotificationDropReason(counter) ?? reason)
        }
    }

    private mutating func acknowledge(
        _ request: AcceptedRequest, from peer: PeerAddress, hasRoom: Bool, now: NIODeadline
    ) -> ReceivedAction {
        guard let notification = SNMPNotification(request.pdu) else { return .drop(.malformed) }
        let novelty = admitInform(request.pdu, from: peer, hasRoom: hasRoom, now: now)
        guard novelty != .refused else { return .drop(.queueFull) }
        let reply = local.seal(request.pdu.acknowledgement, for: request, now: now)
        guard novelty == .new else { return .respond(reply) }
        return .deliver(
            ReceivedNotification(
                peer: peer, version: .v3, principal: .user(request.user.user.name, request.level, engine: request.scoped.contextEngineID),
                notification: notification,
                isInform: true),
            reply: reply)
    }
}

extension NotificationDropReason {
    /// Nil for an engine id that is not ours: what is wrong then, the caller knows.
    fileprivate init?(_ counter: EngineCounter) {
        switch counter {
        case .unsupportedSecurityLevels: self = .unsupportedSecurityLevel
        case .notInTimeWindows: self = .notInTimeWindow
        case .unknownUserNames: self = .unknownUser
        case .wrongDigests: self = .wrongDigest
        case .decryptionErrors: self = .decryption
        case .unknownSecurityModels, .invalidMessages: self = .malformed
        case .unknownPDUHandlers: self = .notANotification
        case .unavailableContexts, .unknownContexts: self = .unknownContext
        case .unknownEngineIDs: return nil
        }
    }
}

extension EngineStatistics {
    /// Why the engine has answered with a report or a refusal between then and now.
    fileprivate func reason(now: EngineStatistics) -> NotificationDropReason? {
        guard let counter = EngineCounter.allCases.first(where: { self[$0] != now[$0] }) else { return .unsupportedSecurityLevel }
        return NotificationDropReason(counter)
    }
}
