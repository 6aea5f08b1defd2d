/// The values of one SET on their way to their objects, in the two phases of RFC 3416 §4.2.5.
///
///     value ── declaration ──┬── of an object on its own ── validate ──┐                ┌── drafts ── objects ──▶ set
///              refused ◀─────┤                                         ├── all right? ──┤      │         │
///                            └── of a group ── taken into its draft ───┘                └──────┴─ fails ─┴──▶ set back
struct SetTransaction {
    struct Failure: Error, Equatable {
        let status: ErrorStatus
        /// Of the binding to blame, from 1; 0 for none.
        let index: Int
    }

    private struct Assignment {
        let handler: WriteHandler.Alone
        let old: SNMPValue
        let new: SNMPValue
        let index: Int
    }

    /// What the request sets of one group.
    private struct Part {
        let group: any SetGroup
        let draft: any SetDraft
        /// Where the request names the group's objects.
        var indices: [Int: Int] = [:]
        let first: Int
    }

    private let tree: ObjectTree
    private let requester: Requester
    private var assignments: [Assignment] = []
    private var parts: [Part] = []

    init(_ tree: ObjectTree, by requester: Requester) {
        self.tree = tree
        self.requester = requester
    }

    // MARK: - First phase

    /// Takes all values in, without an effect; throws for the first that can't be.
    mutating func prepare(_ bindings: [VariableBinding]) throws(Failure) {
        for (position, binding) in bindings.enumerated() {
            if let status = take(binding, position + 1) { throw Failure(status: status, index: position + 1) }
        }
        for part in parts {
            if let refusal = part.draft.refusal {
                throw Failure(status: refusal.status, index: part.indices[refusal.key] ?? part.first)
            }
        }
    }

    private mutating func take(_ binding: VariableBinding, _ index: Int) -> ErrorStatus? {
        guard let place = tree.index(of: binding.name, near: 0) else { return missing(binding.name) }
        let object = tree[place]
        guard let handler = object.write else { return .notWritable }
        if let status = object.typeRefusal(of: binding.value) { return status }
        switch handler.way {
        case .alone(let handler):
            if let status = handler.validate(binding.value) { return status }
            assignments.append(Assignment(handler: handler, old: object.value, new: binding.value, index: index))
            return nil
        case .together(let group, let key):
            let place = part(of: group, first: index)
            parts[place].indices[key] = index
            return parts[place].draft.take(binding.value, for: key)
        }
    }

    private mutating func part(of group: any SetGroup, first: Int) -> Int {
        if let place = parts.firstIndex(where: { $0.group === group }) { return place }
        parts.append(Part(group: group, draft: group.draft(for: requester), first: first))
        return parts.count - 1
    }

    /// Of a type that can be written only the instance is missing (rule 7 of the RFC); anything else can't be written at all (rule 2).
    private func missing(_ name: OID) -> ErrorStatus {
        let next = tree.firstIndex(after: name)
        let neighbours = max(0, next - 1)..<min(next + 1, tree.count)
        return neighbours.contains { tree[$0].write != nil && tree[$0].name.isInstance(ofTypeOf: name) } ? .noCreation : .notWritable
    }

    // MARK: - Second phase

    /// Sets everything, or throws and has set everything back: groups before objects on their own, which may be orders that have gone out.
    func commit() throws(Failure) {
        for (position, part) in parts.enumerated() where !part.draft.commit() {
            throw undo(parts[..<position], [], because: part.first)
        }
        for (position, assignment) in assignments.enumerated() where !assignment.handler.commit(assignment.new, requester) {
            throw undo(parts[...], assignments[..<position], because: assignment.index)
        }
    }

    /// Sets back in reverse, so that an object that was named twice has its first value again.
    private func undo(_ parts: ArraySlice<Part>, _ assignments: ArraySlice<Assignment>, because index: Int) -> Failure {
        var isUndone = true
        for assignment in assignments.reversed() where !assignment.handler.undo(assignment.old) { isUndone = false }
        for part in parts.reversed() where !part.draft.undo() { isUndone = false }
        return isUndone ? Failure(status: .commitFailed, index: index) : Failure(status: .undoFailed, index: 0)
    }
}

extension OID {
    /// Whether `name` has the same parent, or is that parent (`sysName` beside `sysName.0`).
    fileprivate func isInstance(ofTypeOf name: OID) -> Bool {
        isSibling(of: name) || name.count < OID.maximumArcs && isSibling(of: name.appending(0))
    }
}
