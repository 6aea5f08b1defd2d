extension Responder {
    /// RFC 3416 §4.2.5: either all of a request's values are set, or none.
    ///
    /// That the response fits is made sure before anything is tested. An object that is named twice is set twice: the last value stays,
    /// which the RFC leaves to the agent.
    func set(_ request: RequestPDU, _ names: [OID], by requester: Requester, _ statistics: inout AgentStatistics) -> Outcome {
        let longestIndex = BER.elementLength(contents: BER.contentsLength(Int64(names.count)))
        guard request.bindings.count + Self.lengthAroundBindings(of: request) + longestIndex - 3 <= maximumLength else {
            return .error(.tooBig, index: 0)
        }
        guard right == .readWrite else { return refusal(of: names) }
        guard let bindings = try? request.variableBindings() else { return .error(.genErr, index: 0) }
        var transaction = SetTransaction(tree, by: requester)
        do throws(SetTransaction.Failure) {
            try transaction.prepare(bindings)
            try transaction.commit()
        } catch {
            return .error(error.status, index: error.index)
        }
        statistics.inTotalSetVariables &+= UInt32(clamping: bindings.count)
        return .requestedBindings
    }

    /// A v3 user is told that he may not write at all (RFC 3413 §3.2); a community's first object is out of its view (RFC 3416 §4.2.5).
    private func refusal(of names: [OID]) -> Outcome {
        version == .v3 ? .error(.authorizationError, index: 0) : .error(.noAccess, index: min(1, names.count))
    }
}
