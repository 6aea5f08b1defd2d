extension Responder {
    private struct Assignment {
        let handler: WriteHandler
        let old: SNMPValue
        let new: SNMPValue
    }

    /// RFC 3416 §4.2.5: either all of a request's values are set, or none.
    func set(_ bindings: [VariableBinding], _ tree: ObjectTree) -> Outcome {
        var assignments: [Assignment] = []
        for (position, binding) in bindings.enumerated() {
            switch validate(binding, tree) {
            case .success(let assignment): assignments.append(assignment)
            case .failure(let refusal): return .error(refusal.status, index: position + 1)
            }
        }
        for (position, assignment) in assignments.enumerated() where !assignment.handler.commit(assignment.new) {
            return undo(assignments[..<position]) ? .error(.commitFailed, index: position + 1) : .error(.undoFailed, index: 0)
        }
        return .bindings(bindings)
    }

    private struct Refusal: Error {
        let status: ErrorStatus
    }

    private func validate(_ binding: VariableBinding, _ tree: ObjectTree) -> Result<Assignment, Refusal> {
        guard let object = tree.object(at: binding.name) else { return .failure(Refusal(status: .noCreation)) }
        guard let handler = object.write else { return .failure(Refusal(status: .notWritable)) }
        let old = object.value
        guard old.tag == binding.value.tag else { return .failure(Refusal(status: .wrongType)) }
        if let status = handler.validate(binding.value) { return .failure(Refusal(status: status)) }
        return .success(Assignment(handler: handler, old: old, new: binding.value))
    }

    private func undo(_ assignments: ArraySlice<Assignment>) -> Bool {
        assignments.reversed().reduce(true) { undone, assignment in assignment.handler.commit(assignment.old) && undone }
    }
}
