/// What an agent answers: a request and the objects in, a response out.
///
/// Reads follow RFC 3416 §4.2, translated for v1 as RFC 3584 §4 tells: a missing object is noSuchName, a Counter64 does not exist.
package struct Responder: Sendable {
    package enum Reply: Equatable, Sendable {
        case response(CommunityMessage)
        /// No answer at all.
        case drop(DropReason)
    }

    package enum DropReason: Equatable, Sendable {
        case unknownCommunity
        /// Responses, traps and reports are not requests; v1 has no GETBULK.
        case notARequest
        /// Even the error response would be longer than a message may be (snmpSilentDrops).
        case responseTooBig
    }

    enum Outcome {
        case bindings([VariableBinding])
        case error(ErrorStatus, index: Int)
    }

    /// An empty community admits nobody.
    package var readCommunity: Community
    package var writeCommunity: Community
    /// The longest response in octets. 1472 fills an Ethernet frame; RFC 3417 §3 asks for 484 at least.
    package var maximumMessageSize: Int

    package init(readCommunity: Community = "public", writeCommunity: Community = "", maximumMessageSize: Int = 1472) {
        self.readCommunity = readCommunity
        self.writeCommunity = writeCommunity
        self.maximumMessageSize = maximumMessageSize
    }

    package func respond(to request: CommunityMessage, from tree: ObjectTree, statistics: inout AgentStatistics) -> Reply {
        let mayWrite = admits(request.community, as: writeCommunity)
        guard mayWrite || admits(request.community, as: readCommunity) else {
            statistics.inBadCommunityNames &+= 1
            return .drop(.unknownCommunity)
        }
        guard case .pdu(let pdu) = request.content else { return .drop(.notARequest) }
        let outcome: Outcome
        switch pdu.kind {
        case .get:
            statistics.inGetRequests &+= 1
            outcome = get(pdu.bindings, request.version, tree)
        case .getNext:
            statistics.inGetNexts &+= 1
            outcome = getNext(pdu.bindings, request.version, tree)
        case .getBulk where request.version != .v1:
            outcome = getBulk(pdu, room: bindingsRoom(for: request, pdu), tree)
        case .set:
            statistics.inSetRequests &+= 1
            if !mayWrite { statistics.inBadCommunityUses &+= 1 }
            outcome = mayWrite ? set(pdu.bindings, tree) : .error(.noAccess, index: min(1, pdu.bindings.count))
        case .getBulk, .response, .inform, .trapV2, .report:
            return .drop(.notARequest)
        }
        return reply(outcome, to: request, pdu, statistics: &statistics)
    }

    private func admits(_ community: Community, as configured: Community) -> Bool {
        !configured.octets.isEmpty && community == configured
    }
}

// MARK: - Response

extension Responder {
    private func reply(_ outcome: Outcome, to request: CommunityMessage, _ pdu: PDU, statistics: inout AgentStatistics) -> Reply {
        var response = pdu
        response.kind = .response
        switch outcome {
        case .bindings(let bindings):
            response.bindings = bindings
            response.errorStatus = .noError
            response.errorIndex = 0
            if length(of: response, to: request) > maximumMessageSize { makeTooBig(&response, of: pdu, request.version) }
        case .error(.tooBig, _):
            makeTooBig(&response, of: pdu, request.version)
        case .error(let status, let index):
            response.errorStatus = request.version == .v1 ? status.v1 : status
            response.errorIndex = Int32(index)
        }
        guard length(of: response, to: request) <= maximumMessageSize else {
            statistics.silentDrops &+= 1
            return .drop(.responseTooBig)
        }
        statistics.recordResponse(response, to: pdu.kind)
        return .response(CommunityMessage(request.version, request.community, response))
    }

    /// v1 sends the request's bindings back (RFC 1157 §4.1.2), v2c none (RFC 3416 §4.2.1).
    private func makeTooBig(_ response: inout PDU, of pdu: PDU, _ version: SNMPVersion) {
        response.bindings = version == .v1 ? pdu.bindings : []
        response.errorStatus = .tooBig
        response.errorIndex = 0
    }

    private func length(of response: PDU, to request: CommunityMessage) -> Int {
        let bindings = response.bindings.reduce(0) { $0 + $1.encodedLength }
        return CommunityMessage.encodedLength(request.community, pduLength: response.encodedLength(bindingsLength: bindings))
    }

    /// The octets that a GETBULK's bindings may take. Up to six short of what is possible, because the three lengths around them may grow.
    private func bindingsRoom(for request: CommunityMessage, _ pdu: PDU) -> Int {
        let empty = PDU(.response, requestID: pdu.requestID)
        return maximumMessageSize - 6 - CommunityMessage.encodedLength(request.community, pduLength: empty.encodedLength(bindingsLength: 0))
    }
}

// MARK: - Reading

extension Responder {
    private func get(_ requested: [VariableBinding], _ version: SNMPVersion, _ tree: ObjectTree) -> Outcome {
        var bindings: [VariableBinding] = []
        bindings.reserveCapacity(requested.count)
        for (position, binding) in requested.enumerated() {
            if let value = tree.object(at: binding.name)?.value, value.isVisible(to: version) {
                bindings.append(VariableBinding(binding.name, value))
            } else if version == .v1 {
                return .error(.noSuchName, index: position + 1)
            } else {
                bindings.append(VariableBinding(binding.name, tree.exception(for: binding.name)))
            }
        }
        return .bindings(bindings)
    }

    private func getNext(_ requested: [VariableBinding], _ version: SNMPVersion, _ tree: ObjectTree) -> Outcome {
        var bindings: [VariableBinding] = []
        bindings.reserveCapacity(requested.count)
        for (position, binding) in requested.enumerated() {
            if let next = tree.firstBinding(from: tree.firstIndex(after: binding.name), version) {
                bindings.append(next)
            } else if version == .v1 {
                return .error(.noSuchName, index: position + 1)
            } else {
                bindings.append(VariableBinding(binding.name, .endOfMibView))
            }
        }
        return .bindings(bindings)
    }

    /// RFC 3416 §4.2.3. Ends when the message is full, or when all repeaters are at the end of the tree; each step takes some of `room`.
    private func getBulk(_ pdu: PDU, room: Int, _ tree: ObjectTree) -> Outcome {
        let nonRepeaters = min(max(0, Int(pdu.nonRepeaters)), pdu.bindings.count)
        var room = room
        var bindings: [VariableBinding] = []
        for requested in pdu.bindings.prefix(nonRepeaters) {
            let binding = tree.binding(at: tree.firstIndex(after: requested.name), orEndAfter: requested.name)
            guard room.take(binding) else { return bindings.isEmpty ? .error(.tooBig, index: 0) : .bindings(bindings) }
            bindings.append(binding)
        }
        var cursors = pdu.bindings.dropFirst(nonRepeaters).map { (index: tree.firstIndex(after: $0.name), last: $0.name) }
        for _ in 0..<max(0, pdu.maxRepetitions) {
            guard cursors.contains(where: { $0.index < tree.count }) || bindings.count == nonRepeaters, !cursors.isEmpty else { break }
            for position in cursors.indices {
                let binding = tree.binding(at: cursors[position].index, orEndAfter: cursors[position].last)
                guard room.take(binding) else { return bindings.isEmpty ? .error(.tooBig, index: 0) : .bindings(bindings) }
                bindings.append(binding)
                cursors[position] = (min(cursors[position].index + 1, tree.count), binding.name)
            }
        }
        return .bindings(bindings)
    }
}

extension ObjectTree {
    fileprivate func firstBinding(from index: Int, _ version: SNMPVersion) -> VariableBinding? {
        for object in indices.suffix(from: index).lazy.map({ self[$0] }) {
            let value = object.value
            if value.isVisible(to: version) { return VariableBinding(object.name, value) }
        }
        return nil
    }

    fileprivate func binding(at index: Int, orEndAfter last: OID) -> VariableBinding {
        index < count ? VariableBinding(self[index].name, self[index].value) : VariableBinding(last, .endOfMibView)
    }
}

extension SNMPValue {
    fileprivate func isVisible(to version: SNMPVersion) -> Bool {
        guard case .counter64 = self else { return true }
        return version != .v1
    }
}

extension Int {
    fileprivate mutating func take(_ binding: VariableBinding) -> Bool {
        let length = binding.encodedLength
        guard length <= self else { return false }
        self -= length
        return true
    }
}
