package import NIOCore

/// An agent without its socket: a datagram in, the octets of a response out.
///
///     datagram ── version 0, 1 ── community ──┬── PDU ── Responder ── the same envelope ──► response
///         │                        unknown ───┘ drop        │
///         │                                                 └── not a request, even the error is too big: drop
///         └────── version 3 ── LocalEngine ──┬── PDU ── Responder ── sealed envelope ──► response
///                                            └── unknown engine or user, not authentic, not in time … : report, or drop
///
/// Not Sendable, as its engine is not.
package struct AgentSession {
    package enum Verdict: Equatable, Sendable {
        /// The workspace has a response, or a report, to send back.
        case respond
        case drop(DropReason)
    }

    package enum DropReason: Equatable, Sendable {
        case malformed(SNMPDecodingError)
        case unknownCommunity
        /// A v3 message that the engine did not take, whose sender wants no report.
        case refused(EngineCounter)
        /// Responses, notifications and reports are not requests; v1 has no GETBULK.
        case notARequest
        /// Even the error response would be longer than a message may be (snmpSilentDrops).
        case responseTooBig
    }

    /// The longest request in octets: what v3 managers are told.
    package static let maximumRequestSize = 2048

    package private(set) var access: AgentAccess
    /// The longest response in octets.
    let maximumMessageSize: Int
    private let contexts: AESContexts
    var counters: AgentStatistics
    var engine: LocalEngine?

    /// - Parameters:
    ///   - maximumMessageSize: at least 484 (RFC 3417 §3).
    ///   - saltStart: random.
    ///   - contexts: those of the workspace.
    ///   - statistics: where the counters begin.
    package init(
        access: AgentAccess, maximumMessageSize: Int = 1472, saltStart: UInt64, contexts: AESContexts = AESContexts(),
        statistics: AgentStatistics = AgentStatistics()
    ) {
        self.access = access
        self.maximumMessageSize = max(484, min(maximumMessageSize, BERReader.maximumLength))
        self.contexts = contexts
        counters = statistics
        engine = makeEngine(saltStart: saltStart)
    }

    /// An engine that counts on from where the one before ended.
    private func makeEngine(saltStart: UInt64) -> LocalEngine? {
        guard let engine = access.engine else { return nil }
        let configuration = LocalEngine.Configuration(
            engineID: engine.engineID, users: engine.users, maximumSize: Int32(Self.maximumRequestSize))
        var result = LocalEngine(configuration, clock: engine.clock, saltStart: saltStart, contexts: contexts)
        result.statistics = counters.engine
        return result
    }

    package var statistics: AgentStatistics {
        var statistics = counters
        if let engine { statistics.engine = engine.statistics }
        return statistics
    }

    /// Answers these from now on. New users of the same engine cost nothing to the others.
    /// - Parameter saltStart: random.
    package mutating func admit(_ access: AgentAccess, saltStart: UInt64) {
        let isSameEngine = access.engine?.engineID == self.access.engine?.engineID && access.engine?.clock == self.access.engine?.clock
        self.access = access
        if isSameEngine, let users = access.engine?.users {
            engine?.replaceUsers(users)
        } else {
            counters.engine = statistics.engine
            engine = makeEngine(saltStart: saltStart)
        }
    }

    /// - Parameter tree: called with the counters so far, of which the tree may show some, if there is something to read or to write.
    package mutating func received(
        _ datagram: ByteBuffer, from requester: SocketAddress? = nil, at now: NIODeadline, in workspace: inout AgentWorkspace,
        tree: (AgentStatistics) -> ObjectTree
    ) -> Verdict {
        counters.inPackets &+= 1
        workspace.requester = requester
        do throws(SNMPDecodingError) {
            return try datagram.withUnsafeReadableBytes { (octets) throws(SNMPDecodingError) in
                try answer(octets, at: now, in: &workspace, tree)
            }
        } catch {
            counters.recordDecodingError(error)
            return .drop(.malformed(error))
        }
    }

    private mutating func answer(
        _ octets: UnsafeRawBufferPointer, at now: NIODeadline, in workspace: inout AgentWorkspace, _ tree: (AgentStatistics) -> ObjectTree
    ) throws(SNMPDecodingError) -> Verdict {
        var reader = try BERReader(octets)
        var body = try reader.readConstructed(.sequence)
        let start = body
        let number = try body.readInt32()
        switch SNMPVersion(rawValue: number).flatMap({ access.versions.contains($0) ? $0 : nil }) {
        case .v1?: return try answerCommunity(.v1, &body, in: &workspace, tree)
        case .v2c?: return try answerCommunity(.v2c, &body, in: &workspace, tree)
        case .v3? where engine != nil: return try answerUser(octets, at: now, in: &workspace, tree)
        case .v3?, nil: throw start.error(.unsupportedVersion(Int64(number)))
        }
    }
}
