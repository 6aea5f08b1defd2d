/// What a walk brought, and how it ended.
package struct WalkResult: Equatable, Sendable {
    package let bindings: [VariableBinding]
    package let end: SubtreeWalk.End

    package init(bindings: [VariableBinding], end: SubtreeWalk.End) {
        self.bindings = bindings
        self.end = end
    }

    /// The bindings of a walk that reached its end; throws `SNMPError` for any other.
    package func complete() throws -> [VariableBinding] {
        switch end {
        case .complete: return bindings
        case .nonIncreasing(_, let name): throw SNMPError.nonIncreasing(name)
        case .errorStatus(let status, let index): throw SNMPError.errorStatus(status, index: index)
        case .rowLimit, .emptyResponse, .noResponse: throw SNMPError.incomplete(rows: bindings.count)
        }
    }
}

extension SNMPClient {
    /// The values of `names`, in their order. In v2c a missing object has an exception for a value; in v1 it makes the request fail.
    package func get(_ names: [OID], from target: SNMPTarget) async throws -> [VariableBinding] {
        try await bindings(PDU(.get, names: names), target)
    }

    /// The objects that follow `names`.
    package func getNext(_ names: [OID], from target: SNMPTarget) async throws -> [VariableBinding] {
        try await bindings(PDU(.getNext, names: names), target)
    }

    /// One GETBULK; v2c only. The agent may answer with less than was asked for.
    package func getBulk(
        _ names: [OID], nonRepeaters: Int32 = 0, maxRepetitions: Int32, from target: SNMPTarget
    ) async throws -> [VariableBinding] {
        try await bindings(.getBulk(names, nonRepeaters: nonRepeaters, maxRepetitions: maxRepetitions), target)
    }

    /// Sets all objects or none. The target's community must allow it.
    @discardableResult
    package func set(_ bindings: [VariableBinding], on target: SNMPTarget) async throws -> [VariableBinding] {
        try await self.bindings(PDU(.set, bindings: bindings), target)
    }

    private func bindings(_ request: PDU, _ target: SNMPTarget) async throws -> [VariableBinding] {
        let response = try await response(to: request, from: target)
        guard response.errorStatus == .noError else {
            throw SNMPError.errorStatus(response.errorStatus, index: Int(response.errorIndex))
        }
        return response.bindings
    }

    /// Those of `names` that the agent has, in their order, by as many requests as it takes: the same from v1 and v2c agents.
    package func getAvailable(_ names: [OID], from target: SNMPTarget, chunkSize: Int = 30) async throws -> [VariableBinding] {
        var read = AvailableRead(names, chunkSize: chunkSize)
        while let request = read.nextRequest {
            let action = read.received(try await response(to: request, from: target))
            if case .failed(let status, let index) = action { throw SNMPError.errorStatus(status, index: index) }
        }
        return read.bindings
    }

    /// All objects below `root`, or what could be read of them: see the result's `end`. Throws if there was no usable response at all.
    package func walk(_ root: OID, of target: SNMPTarget, rowLimit: Int = 100_000) async throws -> WalkResult {
        var walk = SubtreeWalk(root: root, version: target.version, maxRepetitions: target.maxRepetitions, rowLimit: rowLimit)
        while true {
            do {
                let response = try await response(to: walk.nextRequest, from: target)
                if case .finished(let end) = walk.received(response) { return try walk.result(end) }
            } catch let error as SNMPError {
                guard case .noResponse = error else { throw error }
                guard case .finished(let end) = walk.timedOut() else { continue }
                guard !walk.bindings.isEmpty else { throw error }
                return WalkResult(bindings: walk.bindings, end: end)
            }
        }
    }
}

extension SubtreeWalk {
    fileprivate func result(_ end: End) throws -> WalkResult {
        if bindings.isEmpty, case .errorStatus(let status, let index) = end { throw SNMPError.errorStatus(status, index: index) }
        return WalkResult(bindings: bindings, end: end)
    }
}
