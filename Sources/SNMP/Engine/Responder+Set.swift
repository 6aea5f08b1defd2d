extension Responder {
    private struct Assignment {
        let handler: WriteHandler
        let old: SNMPValue
        let new: SNMPValue
    }

    /// RFC 3416 §4.2.5: either all of a request's values are set, or none.
    ///
    /// That the response fits is made sure before anything is tested. An object that is named twice is set twice: the last value stays,
    /// which the RFC leaves to the agent.
    func set(_ request: RequestPDU, _ names: [OID], _ statistics: inout AgentStatistics) -> Outcome {
        let longestIndex = BER.elementLength(contents: BER.contentsLength(Int64(names.count)))
        guard request.bindings.count + Self.lengthAroundBindings(of: request) + longestIndex - 3 <= maximumLength else {
            return .error(.tooBig, index: 0)
        }
        guard right == .readWrite else { return refusal(of: names) }
        guard let bindings = try? request.variableBindings() else { return .error(.genErr, index: 0) }
        var assignments: [Assignment] = []
        for (position, binding) in bindings.enumerated() {
            switch test(binding) {
            case .success(let assignment): assignments.append(assignment)
            case .failure(let refusal): return .error(refusal.status, index: position + 1)
            }
        }
        for (position, assignment) in assignments.enumerated() where !assignment.handler.commit(assignment.new) {
            return undo(assignments[..<position]) ? .error(.commitFailed, index: position + 1) : .error(.undoFailed, index: 0)
        }
        statistics.inTotalSetVariables &+= UInt32(clamping: assignments.count)
        return .requestedBindings
    }

    /// A v3 user is told that he may not write at all (RFC 3413 §3.2); a community's first object is out of its view (RFC 3416 §4.2.5).
    private func refusal(of names: [OID]) -> Outcome {
        version == .v3 ? .error(.authorizationError, index: 0) : .error(.noAccess, index: min(1, names.count))
    }

    private struct Refusal: Error {
        let status: ErrorStatus
    }

    private func test(_ binding: VariableBinding) -> Result<Assignment, Refusal> {
        guard let index = tree.index(of: binding.name, near: 0) else { return .failure(Refusal(status: missing(binding.name))) }
        let object = tree[index]
        guard let handler = object.write else { return .failure(Refusal(status: .notWritable)) }
        if let status = object.refusal(of: binding.value) { return .failure(Refusal(status: status)) }
        return .success(Assignment(handler: handler, old: object.value, new: binding.value))
    }

    /// Of a type that can be written only the instance is missing (rule 7 of the RFC); anything else can't be written at all (rule 2).
    private func missing(_ name: OID) -> ErrorStatus {
        let next = tree.firstIndex(after: name)
        let neighbours = max(0, next - 1)..<min(next + 1, tree.count)
        return neighbours.contains { tree[$0].write != nil && tree[$0].name.isInstance(ofTypeOf: name) } ? .noCreation : .notWritable
    }

    /// Sets back in reverse, so that an object that was named twice has its first value again.
    private func undo(_ assignments: ArraySlice<Assignment>) -> Bool {
        assignments.reversed().reduce(true) { undone, assignment in assignment.handler.undo(assignment.old) && undone }
    }
}

extension OID {
    /// Whether `name` has the same parent, or is that parent (`sysName` beside `sysName.0`).
    fileprivate func isInstance(ofTypeOf name: OID) -> Bool {
        isSibling(of: name) || name.count < OID.maximumArcs && isSibling(of: name.appending(0))
    }
}
