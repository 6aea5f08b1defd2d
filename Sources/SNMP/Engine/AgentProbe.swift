package import NIOCore

/// The question whether an agent is at an address, and what an answer to it tells.
///
/// Of v1 and v2c it asks for objects by a community. Of v3 it asks for the engine id (RFC 3414 §4), which takes no user.
package struct AgentProbe: Sendable {
    package struct Answer: Equatable, Sendable {
        /// The request that is answered.
        package let id: Int32
        /// A v1 agent refuses the whole request when it lacks one of the objects, and is there nonetheless.
        package let errorStatus: ErrorStatus
        /// The objects that the agent has. None of v3.
        package let bindings: [VariableBinding]
        /// The engine that is there; only of v3.
        package let engineID: EngineID?
    }

    /// Ids within take four octets, so that all questions have the same length.
    package static let ids: ClosedRange<Int32> = EncodedPDU.requestIDs

    package let credentials: SNMPCredentials
    private let names: [OID]
    private var writer = BERWriter()

    package init(_ credentials: SNMPCredentials, names: [OID]) {
        self.credentials = credentials
        self.names = names
    }

    package mutating func question(id: Int32) -> ByteBuffer {
        switch credentials {
        case .v1(let community), .v2c(let community):
            return CommunityMessage(credentials.version, community, PDU(.get, requestID: id, names: names)).encoded(with: &writer)
        case .v3:
            writer.prependDiscovery(id: id)
            return ByteBuffer(bytes: writer.written)
        }
    }

    /// Nil for what answers no question of any version.
    package static func answer(_ datagram: ByteBuffer) -> Answer? {
        if let message = try? CommunityMessage(decoding: datagram) {
            guard case .pdu(let pdu) = message.content, pdu.kind == .response else { return nil }
            let bindings = pdu.errorStatus == .noError ? pdu.bindings.filter { !$0.value.isException && $0.value != .null } : []
            return Answer(id: pdu.requestID, errorStatus: pdu.errorStatus, bindings: bindings, engineID: nil)
        }
        // The report about an unknown engine id. Agents differ in the request id that they put into it; the message id is the request's.
        guard let message = try? SecureMessage(decoding: datagram),
            let engine = datagram.withUnsafeReadableBytes({ message.engineID(in: $0) })
        else { return nil }
        return Answer(id: message.messageID, errorStatus: .noError, bindings: [], engineID: engine)
    }
}
