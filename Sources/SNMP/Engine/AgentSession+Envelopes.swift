import NIOCore

extension AgentSession {
    /// A request of v1 or v2c. The community is looked at before the PDU (RFC 1157 §4.1).
    mutating func answerCommunity(
        _ version: SNMPVersion, _ body: inout BERReader, in workspace: inout AgentWorkspace, _ tree: (AgentStatistics) -> ObjectTree
    ) throws(SNMPDecodingError) -> Verdict {
        let community = try body.readContents(.octetString)
        guard let right = access.right(of: community) else {
            counters.inBadCommunityNames &+= 1
            return .drop(.unknownCommunity)
        }
        if version == .v1, try body.peekTag() == .trapV1 {
            counters.inTraps &+= 1
            return .drop(.notARequest)
        }
        let request = try RequestPDU(from: &body, names: &workspace.names)
        try body.finish()
        if request.kind == .set, right == .readOnly { counters.inBadCommunityUses &+= 1 }
        let length = CommunityMessage.encodedLength(communityLength: community.count, pduLength: maximumMessageSize)
        let verdict = respond(version, right, to: request, limit: 2 * maximumMessageSize - length, in: &workspace, tree)
        if verdict == .respond {
            workspace.writer.prepend(community, as: .octetString)
            workspace.writer.prepend(Int64(version.rawValue))
            workspace.writer.prependHeader(.sequence, since: 0)
        }
        return verdict
    }

    /// A message of v3.
    mutating func answerUser(
        _ octets: UnsafeRawBufferPointer, at now: NIODeadline, in workspace: inout AgentWorkspace, _ tree: (AgentStatistics) -> ObjectTree
    ) throws(SNMPDecodingError) -> Verdict {
        switch engine?.open(octets, now: now, into: &workspace.plaintext) {
        case .open(let request)?:
            let verdict = try answer(request, octets, in: &workspace, tree)
            if verdict == .respond { engine?.seal(request, now: now, into: &workspace.writer) }
            return verdict
        case .answer(let report)?:
            counters.outPackets &+= 1
            workspace.writer.reset()
            report.withUnsafeReadableBytes { workspace.writer.prepend($0) }
            return .respond
        case .drop(.malformed(let error))?:
            if error.counter == nil { counters.recordDecodingError(error) }
            return .drop(.malformed(error))
        case .drop(.refused(let counter))?: return .drop(.refused(counter))
        case .drop(.notARequest)?, nil: return .drop(.notARequest)
        }
    }

    private mutating func answer(
        _ accepted: OpenRequest, _ octets: UnsafeRawBufferPointer, in workspace: inout AgentWorkspace,
        _ tree: (AgentStatistics) -> ObjectTree
    ) throws(SNMPDecodingError) -> Verdict {
        let longest = min(maximumMessageSize, accepted.maximumSize)
        let limit = 2 * longest - accepted.messageLength(pduLength: longest)
        return try accepted.withScopedPDU(octets, workspace.plaintext) { (scoped) throws(SNMPDecodingError) in
            var body = try ScopedPDU.readPDU(scoped)
            let request = try RequestPDU(from: &body, names: &workspace.names)
            try body.finish()
            return respond(.v3, accepted.user.access, to: request, limit: limit, in: &workspace, tree)
        }
    }

    /// Leaves the response PDU, of at most `limit` octets, in the workspace's writer.
    private mutating func respond(
        _ version: SNMPVersion, _ right: AgentAccess.Right, to request: RequestPDU, limit: Int, in workspace: inout AgentWorkspace,
        _ tree: (AgentStatistics) -> ObjectTree
    ) -> Verdict {
        counters.recordRequest(request.kind)
        let responder = Responder(version: version, right: right, maximumLength: limit, tree: tree(statistics))
        let reply = responder.respond(to: request, in: &workspace, counting: &counters)
        counters.recordReply(reply)
        switch reply {
        case .response: return .respond
        case .tooBigForAnError: return .drop(.responseTooBig)
        case .notARequest:
            engine?.statistics.unknownPDUHandlers &+= 1
            return .drop(.notARequest)
        }
    }
}
