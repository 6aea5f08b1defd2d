import NIOCore

extension ClientLoop {
    /// A datagram: ends a request, moves it on, or is counted and dropped.
    func received(_ octets: UnsafeRawBufferPointer, from peer: PeerAddress) {
        do throws(SNMPDecodingError) {
            var reader = try BERReader(octets)
            var body = try reader.readConstructed(.sequence)
            switch SNMPVersion(rawValue: try body.readInt32()) {
            case .v3: try receivedSecure(octets, from: peer)
            case let version?:
                _ = try body.readContents(.octetString)
                let head = try PDUHead(from: &body)
                try received(head, version, from: peer)
            case nil: drop(.malformed)
            }
        } catch {
            drop(.malformed)
        }
    }

    private func received(_ head: PDUHead, _ version: SNMPVersion, from peer: PeerAddress) throws(SNMPDecodingError) {
        guard head.kind == .response else { return drop(.notAResponse) }
        guard let request = table.request(from: peer, id: head.requestID) else { return drop(.unknownRequest) }
        guard request.target.version == version else { return drop(.wrongVersion) }
        try answered(request, by: head, from: peer)
    }

    func answered(_ request: OutstandingRequest, by head: PDUHead, from peer: PeerAddress) throws(SNMPDecodingError) {
        if let prepared = request.prepared, head.errorStatus == .noError, let values = try prepared.values(in: head.bindings) {
            statistics.oids += UInt64(values.count)
            statistics.responses += 1
            return finish(peer, .success(.values(values)))
        }
        let pdu = try PDU(head)
        statistics.oids += UInt64(pdu.bindings.count)
        statistics.responses += 1
        finish(peer, .success(.response(pdu)))
    }

    func drop(_ reason: SNMPDropReason) { statistics.drops[reason, default: 0] += 1 }
}

// MARK: - Version 3

/// A received v3 message, and the request that its id belongs to.
private struct SecureExchange {
    let message: SecureMessage
    let request: OutstandingRequest
    let user: USMUser
    let agent: RemoteAgent
    /// The engine that says it sent the message.
    let engine: EngineID
    let peer: PeerAddress

    var isSigned: Bool { message.level.isAuthenticated }
}

extension ClientLoop {
    private func receivedSecure(_ octets: UnsafeRawBufferPointer, from peer: PeerAddress) throws(SNMPDecodingError) {
        let message = try SecureMessage(octets)
        guard let request = table.request(from: peer, id: message.messageID) else { return drop(.unknownRequest) }
        guard case .v3(let user, _) = request.target.credentials, let agent = agents[peer] else { return drop(.wrongVersion) }
        guard let engine = message.engineID(in: octets) else { return drop(.malformed) }
        let exchange = SecureExchange(message: message, request: request, user: user, agent: agent, engine: engine, peer: peer)
        guard exchange.isSigned else { return try received(UnsafeRawBufferPointer(rebasing: octets[message.scopedData]), exchange) }
        guard let localized = agent.localized(user, aes), localized.engineID == engine,
            octets[message.userName].elementsEqual(user.name.utf8), localized.isAuthentic(message, in: octets)
        else { return drop(.notAuthentic) }
        learnClock(exchange)
        guard message.level.isEncrypted else { return try received(UnsafeRawBufferPointer(rebasing: octets[message.scopedData]), exchange) }
        // Taken out for the time being, so that its memory is not shared when it is read.
        var plain: [UInt8] = []
        swap(&plain, &scratch)
        defer { swap(&plain, &scratch) }
        guard localized.decrypt(message, in: octets, into: &plain) else { return drop(.notAuthentic) }
        try plain.withUnsafeBufferPointer { (plain) throws(SNMPDecodingError) in
            try received(UnsafeRawBufferPointer(plain), exchange)
        }
    }

    private func learnClock(_ exchange: SecureExchange) {
        let message = exchange.message
        exchange.agent.maximumSize = Int(message.maximumSize)
        guard exchange.agent.heard(exchange.engine, boots: message.boots, time: message.time, now: now) else { return }
        if owners.note(exchange.engine, of: exchange.peer) { mailbox.publish(owners.conflicts) }
    }

    private func received(_ plain: UnsafeRawBufferPointer, _ exchange: SecureExchange) throws(SNMPDecodingError) {
        var reader = try BERReader(plain)
        var scoped = try reader.readConstructed(.sequence)
        let contextEngine = try scoped.readContents(.octetString)
        _ = try scoped.readContents(.octetString)
        let head = try PDUHead(from: &scoped)
        switch head.kind {
        case .report: try reported(head, exchange)
        case .response:
            guard exchange.message.level == exchange.user.level, exchange.agent.engine.known?.id == exchange.engine,
                head.requestID == exchange.message.messageID, exchange.engine.matches(contextEngine)
            else { return drop(.notAuthentic) }
            try answered(exchange.request, by: head, from: exchange.peer)
        case .get, .getNext, .set, .getBulk, .inform, .trapV2: drop(.notAResponse)
        }
    }

    /// The agent could not take the request. What it says of its engine is of use even unsigned: whoever lies here only spoils this one
    /// request, for which he had to know its id.
    private func reported(_ head: PDUHead, _ exchange: SecureExchange) throws(SNMPDecodingError) {
        guard let name = try PDU(head).bindings.first?.name else { return drop(.malformed) }
        statistics.reports += 1
        let isCurable = exchange.agent.step == .discovering || EngineCounter(oid: name)?.isCurable == true
        if isCurable, !exchange.isSigned { learnClock(exchange) }
        guard isCurable, exchange.agent.restart() else {
            return finish(exchange.peer, .failure(SNMPError.security(SNMPSecurityError(reported: name))))
        }
        let id = random.requestID()
        table.askedAnew(exchange.peer, id: id, isLast: exchange.agent.isLastChance, now: now)
        if !send(exchange.request, to: exchange.peer, id: id) { finish(exchange.peer, .tooBig) }
    }
}
