import NIOCore

// MARK: - Sending informs

extension NotificationOutbox {
    mutating func start(_ notification: SNMPNotification, in lane: NotificationLane, now: NIODeadline) {
        if case .v3 = lane.receiver.credentials { lane.engine.begin() }
        let inform = NotificationLane.Inform(
            notification: notification, id: nextID(), attempt: 1, deadline: now + lane.receiver.retry.wait(afterAttempt: 1, jitter: 0))
        lane.inform = inform
        if send(inform, in: lane, now: now) { lane.statistics.sent &+= 1 }
    }

    mutating func expire(_ inform: NotificationLane.Inform, in lane: NotificationLane, now: NIODeadline) {
        guard inform.attempt < lane.receiver.retry.attempts else {
            lane.engine.wentSilent()
            lane.statistics.count(.unanswered)
            lane.inform = nil
            return
        }
        var next = inform
        next.attempt += 1
        let jitter = Double.random(in: -1...1, using: &random)
        next.deadline = now + lane.receiver.retry.wait(afterAttempt: next.attempt, jitter: jitter)
        // A receiver that keeps silent may have another engine by now.
        if next.attempt == lane.receiver.retry.attempts { lane.engine.discover() }
        lane.inform = next
        lane.statistics.retransmissions &+= 1
        send(next, in: lane, now: now)
    }

    /// Sends an attempt, or asks the receiver for its engine first. False, and the inform is over, if it can't be sent at all.
    @discardableResult
    private mutating func send(_ inform: NotificationLane.Inform, in lane: NotificationLane, now: NIODeadline) -> Bool {
        writer.reset()
        let pdu = inform.notification.pdu(.inform, requestID: inform.id)
        switch lane.receiver.credentials {
        case .v1: return false
        case .v2c(let community): CommunityMessage(.v2c, community, pdu).encode(into: &writer)
        case .v3(let user, let contextName):
            guard lane.engine.step == .asking, let known = lane.engine.engine.known, let localized = lane.engine.localized(user, aes) else {
                writer.prependDiscovery(id: inform.id)
                break
            }
            // The receiver is the authority for the message, but the objects in it are ours (RFC 3413 §3.1).
            ScopedPDU(contextEngineID: identity.id, contextName: contextName, pdu: pdu).encode(into: &writer)
            let header = SecureHeader(
                messageID: inform.id, level: user.level, isReportable: true, engineID: known.id, boots: known.boots,
                time: known.secondsUp(at: now))
            localized.seal(header, salt: salts.next(), into: &writer)
        }
        guard !emit(to: lane) else { return true }
        lane.inform = nil
        return false
    }
}

// MARK: - Acknowledgements

extension NotificationOutbox {
    /// Whether the datagram was for the lane's inform.
    mutating func judge(_ octets: UnsafeRawBufferPointer, in lane: NotificationLane, now: NIODeadline) -> Bool {
        guard let inform = lane.inform else { return false }
        do throws(SNMPDecodingError) {
            switch lane.receiver.credentials {
            case .v1: return false
            case .v2c:
                var reader = try BERReader(octets)
                let message = try CommunityMessage(from: &reader)
                guard message.version == .v2c, case .pdu(let pdu) = message.content, pdu.kind == .response, pdu.requestID == inform.id
                else {
                    return false
                }
                finish(lane, pdu)
                return true
            case .v3(let user, _): return try judgeSecure(octets, inform, user, in: lane, now: now)
            }
        } catch {
            return false
        }
    }

    private func finish(_ lane: NotificationLane, _ response: PDU) {
        if response.errorStatus == .noError { lane.statistics.acknowledged &+= 1 } else { lane.statistics.count(.refused) }
        lane.inform = nil
    }

    private mutating func judgeSecure(
        _ octets: UnsafeRawBufferPointer, _ inform: NotificationLane.Inform, _ user: USMUser, in lane: NotificationLane, now: NIODeadline
    ) throws(SNMPDecodingError) -> Bool {
        let message = try SecureMessage(octets)
        guard message.messageID == inform.id, let engine = message.engineID(in: octets) else { return false }
        let scoped: ScopedPDU
        if message.level.isAuthenticated {
            guard let localized = lane.engine.localized(user, aes), localized.engineID == engine, localized.isAuthentic(message, in: octets)
            else { return false }
            _ = lane.engine.heard(engine, boots: message.boots, time: message.time, now: now)
            guard let opened = try open(message, octets, localized) else { return false }
            scoped = opened
        } else {
            scoped = try ScopedPDU(decoding: UnsafeRawBufferPointer(rebasing: octets[message.scopedData]))
        }
        switch scoped.pdu.kind {
        case .response:
            guard message.level == user.level, lane.engine.engine.known?.id == engine, scoped.pdu.requestID == inform.id else {
                return false
            }
            finish(lane, scoped.pdu)
        case .report: reported(scoped.pdu, message, engine, inform, in: lane, now: now)
        case .get, .getNext, .getBulk, .set, .inform, .trapV2: return false
        }
        return true
    }

    private mutating func open(
        _ message: SecureMessage, _ octets: UnsafeRawBufferPointer, _ user: LocalizedUser
    ) throws(SNMPDecodingError) -> ScopedPDU? {
        guard message.level.isEncrypted else {
            return try ScopedPDU(decoding: UnsafeRawBufferPointer(rebasing: octets[message.scopedData]))
        }
        guard user.decrypt(message, in: octets, into: &scratch) else { return nil }
        return try scratch.withUnsafeBufferPointer { (plain) throws(SNMPDecodingError) in
            try ScopedPDU(decoding: UnsafeRawBufferPointer(plain))
        }
    }

    /// The receiver tells its engine and its clock, or what it has against the message. What it says unsigned is of use all the same:
    /// whoever lies here knows the random id of this one inform, and spoils no other.
    private mutating func reported(
        _ report: PDU, _ message: SecureMessage, _ engine: EngineID, _ inform: NotificationLane.Inform, in lane: NotificationLane,
        now: NIODeadline
    ) {
        let isCurable = lane.engine.step == .discovering || report.bindings.first.flatMap { EngineCounter(oid: $0.name) }?.isCurable == true
        if isCurable, !message.level.isAuthenticated {
            _ = lane.engine.heard(engine, boots: message.boots, time: message.time, now: now)
        }
        guard isCurable, lane.engine.restart() else {
            lane.statistics.count(.refused)
            lane.inform = nil
            return
        }
        var next = inform
        next.id = nextID()
        next.deadline = now + lane.receiver.retry.wait(afterAttempt: inform.attempt, jitter: 0)
        lane.inform = next
        send(next, in: lane, now: now)
    }
}
