extension Responder {
    func get(_ workspace: inout AgentWorkspace, _ statistics: inout AgentStatistics) -> Outcome {
        var expected = 0
        for position in workspace.names.indices {
            let name = workspace.names[position]
            let value: SNMPValue
            if let index = tree.index(of: name, near: expected), case let found = tree[index].value, found.isVisible(to: version) {
                value = found
                expected = index + 1
                statistics.inTotalRequestVariables &+= 1
            } else if version == .v1 {
                return .error(.noSuchName, index: position + 1)
            } else {
                value = tree.exception(for: name)
            }
            guard workspace.bindings.append(name, value) else { return .error(.tooBig, index: 0) }
        }
        return .bindings
    }

    func getNext(_ workspace: inout AgentWorkspace, _ statistics: inout AgentStatistics) -> Outcome {
        var expected = 0
        for position in workspace.names.indices {
            let name = workspace.names[position]
            var index = tree.firstIndex(after: name, near: expected)
            if version == .v1 { index = firstVisible(from: index) }
            guard index < tree.count || version != .v1 else { return .error(.noSuchName, index: position + 1) }
            guard append(index, orEndAfter: name, &workspace.bindings, &statistics) else { return .error(.tooBig, index: 0) }
            expected = index + 1
        }
        return .bindings
    }

    private func firstVisible(from start: Int) -> Int {
        var index = start
        while index < tree.count, !tree[index].value.isVisible(to: version) { index += 1 }
        return index
    }

    /// RFC 3416 §4.2.3. Ends when the message is full (tooBig if not one binding fits), or after a row in which all repeaters are at the
    /// end of the tree; each step takes some of the buffer's room. Negative numbers count as zero.
    func getBulk(_ request: RequestPDU, _ workspace: inout AgentWorkspace, _ statistics: inout AgentStatistics) -> Outcome {
        let nonRepeaters = min(max(0, Int(request.errorStatus)), workspace.names.count)
        for name in workspace.names[..<nonRepeaters] {
            guard append(tree.firstIndex(after: name), orEndAfter: name, &workspace.bindings, &statistics) else {
                return full(workspace.bindings)
            }
        }
        workspace.cursors.removeAll(keepingCapacity: true)
        for name in workspace.names[nonRepeaters...] { workspace.cursors.append(tree.firstIndex(after: name)) }
        guard !workspace.cursors.isEmpty else { return .bindings }
        for _ in 0..<max(0, Int(request.errorIndex)) {
            guard let isAtEnd = appendRow(after: nonRepeaters, &workspace, &statistics) else { return full(workspace.bindings) }
            if isAtEnd { break }
        }
        return .bindings
    }

    /// Whether all repeaters are at the end of the tree; nil if there is no room for the whole row.
    private func appendRow(after nonRepeaters: Int, _ workspace: inout AgentWorkspace, _ statistics: inout AgentStatistics) -> Bool? {
        var isAtEnd = true
        for position in workspace.cursors.indices {
            let index = workspace.cursors[position]
            let requested = workspace.names[nonRepeaters + position]
            if index < tree.count {
                isAtEnd = false
                workspace.cursors[position] = index + 1
            }
            guard append(index, orEndAfter: requested, &workspace.bindings, &statistics) else { return nil }
        }
        return isAtEnd
    }

    private func full(_ bindings: BindingsBuffer) -> Outcome { bindings.count == 0 ? .error(.tooBig, index: 0) : .bindings }

    /// Appends an object, or the end of the tree after the last name that there was.
    private func append(
        _ index: Int, orEndAfter requested: OID, _ bindings: inout BindingsBuffer, _ statistics: inout AgentStatistics
    ) -> Bool {
        guard index < tree.count else {
            let last = tree.count > 0 ? max(tree[tree.count - 1].name, requested) : requested
            return bindings.append(last, .endOfMibView)
        }
        statistics.inTotalRequestVariables &+= 1
        return bindings.append(tree[index].name, tree[index].value)
    }
}

extension SNMPValue {
    fileprivate func isVisible(to version: SNMPVersion) -> Bool {
        guard case .counter64 = self else { return true }
        return version != .v1
    }
}
