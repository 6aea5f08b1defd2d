/// What an agent answers to a PDU: the request, the requester's rights and the objects in, a response PDU out. Knows no envelope.
///
/// RFC 3416 §4.2, translated for v1 as RFC 3584 §4 tells: a missing object is noSuchName, a Counter64 does not exist.
struct Responder {
    enum Reply: Equatable {
        /// The response is in the workspace's writer.
        case response(ErrorStatus)
        /// Even the error would be longer than a response may be (snmpSilentDrops).
        case tooBigForAnError
        /// Responses, notifications and reports are not requests, and v1 has no GETBULK.
        case notARequest
    }

    enum Outcome: Equatable {
        /// What the buffer holds.
        case bindings
        /// The bindings of the request: a SET that was carried out.
        case requestedBindings
        case error(ErrorStatus, index: Int)
    }

    let version: SNMPVersion
    let right: AgentAccess.Right
    /// The octets that a response PDU may take.
    let maximumLength: Int
    let tree: ObjectTree

    /// Answers with the request's names already in the workspace.
    func respond(to request: RequestPDU, in workspace: inout AgentWorkspace, counting statistics: inout AgentStatistics) -> Reply {
        workspace.bindings.begin(room: maximumLength - Self.lengthAroundBindings(of: request))
        let outcome: Outcome
        switch request.kind {
        case .get: outcome = get(&workspace, &statistics)
        case .getNext: outcome = getNext(&workspace, &statistics)
        case .getBulk where version != .v1: outcome = getBulk(request, &workspace, &statistics)
        case .set: outcome = set(request, workspace.names, by: Requester(workspace.requester), &statistics)
        case .getBulk, .response, .inform, .trapV2, .report: return .notARequest
        }
        return write(outcome, to: request, in: &workspace)
    }

    /// The most that a response takes beside its bindings: three lengths, the kind, the request's id, an error's status and index.
    static func lengthAroundBindings(of request: RequestPDU) -> Int {
        let longestHeader = 4
        let identifier = BER.elementLength(contents: BER.contentsLength(Int64(request.requestID)))
        return 2 * longestHeader + identifier + 3 + 3
    }
}

// MARK: - Response

extension Responder {
    private func write(_ outcome: Outcome, to request: RequestPDU, in workspace: inout AgentWorkspace) -> Reply {
        switch outcome {
        case .bindings:
            workspace.bindings.withOctets { write(.noError, index: 0, $0, request, &workspace.writer) }
            return .response(.noError)
        case .requestedBindings:
            write(.noError, index: 0, request.bindings, request, &workspace.writer)
            return .response(.noError)
        case .error(.tooBig, _):
            return writeTooBig(request, &workspace.writer)
        case .error(let status, let index):
            let status = version == .v1 ? status.v1 : status
            write(status, index: index, request.bindings, request, &workspace.writer)
            return workspace.writer.count <= maximumLength ? .response(status) : writeTooBig(request, &workspace.writer)
        }
    }

    /// v1 sends the request's bindings back (RFC 1157 §4.1.2), the others none (RFC 3416 §4.2.1).
    private func writeTooBig(_ request: RequestPDU, _ writer: inout BERWriter) -> Reply {
        let bindings = version == .v1 ? request.bindings : UnsafeRawBufferPointer(start: nil, count: 0)
        write(.tooBig, index: 0, bindings, request, &writer)
        return writer.count <= maximumLength ? .response(.tooBig) : .tooBigForAnError
    }

    private func write(
        _ status: ErrorStatus, index: Int, _ bindings: UnsafeRawBufferPointer, _ request: RequestPDU, _ writer: inout BERWriter
    ) {
        writer.reset()
        writer.prepend(bindings)
        writer.prependHeader(.sequence, since: 0)
        writer.prepend(Int64(index))
        writer.prepend(Int64(status.rawValue))
        writer.prepend(Int64(request.requestID))
        writer.prependHeader(BERTag(rawValue: PDU.Kind.response.rawValue), since: 0)
    }
}
