import NIOCore

@testable import SNMP

/// A request to a `Responder`, made of whole PDUs.
struct Asked {
    var version = SNMPVersion.v2c
    var right = AgentAccess.Right.readWrite
    var maximumLength = 1400
    let tree: ObjectTree
    private(set) var reply = Responder.Reply.notARequest
    private(set) var statistics = AgentStatistics()

    init(_ tree: ObjectTree) { self.tree = tree }

    /// The response; nil if there is none.
    mutating func callAsFunction(_ pdu: PDU) throws -> PDU? {
        var writer = BERWriter()
        pdu.encode(into: &writer)
        var workspace = AgentWorkspace()
        reply = try writer.written.withUnsafeBytes { octets in
            var reader = try BERReader(octets)
            let request = try RequestPDU(from: &reader, names: &workspace.names)
            let responder = Responder(version: version, right: right, maximumLength: maximumLength, tree: tree)
            return responder.respond(to: request, in: &workspace, counting: &statistics)
        }
        guard case .response = reply else { return nil }
        return try workspace.response.withUnsafeBytes { octets in
            var reader = try BERReader(octets)
            return try PDU(.response, from: &reader)
        }
    }
}
