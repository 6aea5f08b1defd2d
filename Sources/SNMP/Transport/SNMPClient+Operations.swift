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

    /// One GETBULK; not in v1. The agent may answer with less than was asked for.
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

    /// Those of `names` that the agent has, in their order, by as many requests as it takes: the same from agents of all versions.
    package func getAvailable(_ names: [OID], from target: SNMPTarget, chunkSize: Int = 30) async throws -> [VariableBinding] {
        var read = AvailableRead(
            names, chunkSize: min(chunkSize, limits.names(for: target.address)), usesNext: limits.answersOnlyNext(target.address))
        try await finish(&read, target)
        return read.bindings
    }

    /// Those of a prepared read's objects that the agent has, in their order: by one request where the agent can, else by several.
    package func readAvailable(_ prepared: PreparedRead, from target: SNMPTarget) async throws -> [VariableBinding] {
        guard prepared.names.count <= limits.names(for: target.address), !limits.answersOnlyNext(target.address) else {
            return try await getAvailable(prepared.names, from: target)
        }
        var read = AvailableRead(prepared.names, chunkSize: prepared.names.count)
        do {
            switch try await self.read(prepared, from: target) {
            case .values(let values):
                limits.answered(values.count, by: target.address)
                return zip(prepared.names, values).compactMap { name, value in
                    value.isAvailable ? VariableBinding(name, value) : nil
                }
            case .response(let response): try received(response, &read, target)
            }
        } catch let error as SNMPError {
            try unanswered(error, &read, target)
        }
        try await finish(&read, target)
        return read.bindings
    }

    /// Whether an agent that does not answer to a GET of `name` answers to a GETNEXT that leads there. If so, it is asked by GETNEXT from now on.
    package func answersOnlyNext(_ name: OID, _ target: SNMPTarget) async throws -> Bool {
        var read = AvailableRead([name], chunkSize: 1, usesNext: true)
        do {
            guard let request = read.nextRequest else { return false }
            _ = read.received(try await response(to: request, from: target))
        } catch let error as SNMPError {
            guard case .noResponse = error else { throw error }
        }
        guard !read.bindings.isEmpty else { return false }
        limits.learntOnlyNext(target.address)
        return true
    }

    private func finish(_ read: inout AvailableRead, _ target: SNMPTarget) async throws {
        while let request = read.nextRequest {
            do {
                try received(try await response(to: request, from: target), &read, target)
            } catch let error as SNMPError {
                try unanswered(error, &read, target)
            }
        }
    }

    private func received(_ response: PDU, _ read: inout AvailableRead, _ target: SNMPTarget) throws {
        let count = read.nextRequest?.bindings.count ?? 0
        switch response.errorStatus {
        case .noError: limits.answered(count, by: target.address)
        case .tooBig: limits.refused(count, by: target.address)
        default: break
        }
        if case .failed(let status, let index) = read.received(response) { throw SNMPError.errorStatus(status, index: index) }
    }

    /// Halves a request that was too much for the agent; throws if that is not why there is no answer.
    private func unanswered(_ error: SNMPError, _ read: inout AvailableRead, _ target: SNMPTarget) throws {
        guard case .noResponse = error, let count = read.nextRequest?.bindings.count, limits.mayAnswerLess(than: count, target.address),
            read.split()
        else { throw error }
    }

    /// All objects below `root`, or what could be read of them: see the result's `end`. Throws if there was no usable response at all.
    package func walk(_ root: OID, of target: SNMPTarget, rowLimit: Int = 100_000) async throws -> WalkResult {
        let bulkSize = limits.bulkSize(for: target.address) ?? BulkSize(maximum: target.maxRepetitions)
        var walk = SubtreeWalk(root: root, version: target.version, bulkSize: bulkSize, rowLimit: rowLimit)
        defer { if target.version != .v1 { limits.keep(walk.bulkSize, for: target.address) } }
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
