import NIOCore

extension ClientLoop {
    /// Sends a request's first message: itself, or what has to be known for it. As `send`.
    func begin(_ request: OutstandingRequest, to peer: PeerAddress, id: Int32) -> Bool {
        if case .v3 = request.target.credentials { agent(of: peer).begin() }
        return send(request, to: peer, id: id)
    }

    /// Sends a request again. An agent that keeps silent may have another engine by now, or another clock, and be one that doesn't say so:
    /// the last attempt asks for that first. As `send`.
    func resend(_ request: OutstandingRequest, to peer: PeerAddress, id: Int32, isLast: Bool) -> Bool {
        if isLast, case .v3 = request.target.credentials { agent(of: peer).discover() }
        return send(request, to: peer, id: id)
    }

    /// False if the agent would drop the message for its length: whoever started the request then ends it by `.tooBig`.
    func send(_ request: OutstandingRequest, to peer: PeerAddress, id: Int32) -> Bool {
        writer.reset()
        switch request.target.credentials {
        case .v1(let community), .v2c(let community):
            writer.prepend(request.pdu, id: id)
            writer.prepend(community.octets, as: .octetString)
            writer.prepend(Int64(request.target.version.rawValue))
            writer.prependHeader(.sequence, since: 0)
        case .v3(let user, let contextName):
            let agent = agent(of: peer)
            if agent.step == .asking, let known = agent.engine.known, let localized = agent.localized(user, aes) {
                seal(request.pdu, id: id, localized, known, contextName)
                guard writer.count <= agent.maximumSize else { return false }
            } else {
                writer.prependDiscovery(id: id)
            }
        }
        writer.written.withUnsafeBytes { port.send($0, to: peer) }
        return true
    }

    private func seal(_ pdu: EncodedPDU, id: Int32, _ user: LocalizedUser, _ engine: RemoteEngine.Known, _ contextName: String) {
        writer.prepend(pdu, id: id)
        writer.prepend(Array(contextName.utf8), as: .octetString)
        engine.id.withOctets { writer.prepend($0, as: .octetString) }
        writer.prependHeader(.sequence, since: 0)
        let header = SecureHeader(
            messageID: id, level: user.level, isReportable: true, engineID: engine.id, boots: engine.boots, time: engine.secondsUp(at: now))
        user.seal(header, salt: salts.next(), into: &writer)
    }

    func agent(of peer: PeerAddress) -> RemoteAgent {
        if let agent = agents[peer] { return agent }
        if agents.count >= 4 * table.capacity { forgetIdleAgents() }
        let agent = RemoteAgent()
        agents[peer] = agent
        return agent
    }

    private func forgetIdleAgents() {
        for peer in agents.keys where table.request(underWayWith: peer) == nil {
            agents[peer] = nil
            owners.forget(peer)
        }
    }
}

extension Result<SNMPReply, any Error> {
    /// What the agent would drop is refused in its place, so that the caller asks for less at once.
    static var tooBig: Self { .success(.response(PDU(.response, errorStatus: .tooBig))) }
}

extension BERWriter {
    /// A message that makes any agent report its engine id (RFC 3414 §4): no user, no engine, a GET of nothing.
    ///
    /// - Parameter id: Message id and request id.
    mutating func prependDiscovery(id: Int32) {
        reset()
        prepend(EncodedPDU(PDU(.get)), id: id)
        prepend([], as: .octetString)
        prepend([], as: .octetString)
        prependHeader(.sequence, since: 0)
        SecureHeader(messageID: id, level: .noAuthNoPriv, isReportable: true, engineID: nil).encodeUnsecured(into: &self)
    }
}
