/// Reads those of many objects that an agent has, the same way from v1 and v2c agents: what is missing is absent from the answer.
///
/// The names go out in requests of at most `chunkSize`. A v1 agent refuses a whole request for one missing name (noSuchName with its
/// index); the name is dropped and the rest asked again. On tooBig the request is halved. Each step has fewer names than the one before,
/// hence the read ends.
package struct AvailableRead: Sendable {
    package enum ReceivedAction: Equatable, Sendable {
        case more
        case finished
        case failed(ErrorStatus, index: Int)
    }

    /// The names that are still to be asked for, the next request last.
    private var chunks: [[OID]]
    package private(set) var bindings: [VariableBinding] = []
    private let usesNext: Bool

    /// - Parameter usesNext: Ask by GETNEXT for what comes before each name, of an agent that answers no GET.
    package init(_ names: [OID], chunkSize: Int, usesNext: Bool = false) {
        self.usesNext = usesNext
        let size = max(1, chunkSize)
        chunks = stride(from: 0, to: names.count, by: size).reversed().map { Array(names[$0..<min($0 + size, names.count)]) }
        bindings.reserveCapacity(names.count)
    }

    /// Nil when everything has been asked.
    package var nextRequest: PDU? {
        chunks.last.map { usesNext ? PDU(.getNext, names: $0.map(\.predecessor)) : PDU(.get, names: $0) }
    }

    package mutating func received(_ response: PDU) -> ReceivedAction {
        guard var names = chunks.popLast() else { return .finished }
        switch response.errorStatus {
        case .noError:
            collect(response.bindings, of: names)
        case .noSuchName, .genErr:
            let position = Int(response.errorIndex) - 1
            if names.indices.contains(position) {
                names.remove(at: position)
                if !names.isEmpty { chunks.append(names) }
            } else {
                halve(names)
            }
        case .tooBig where names.count > 1:
            halve(names)
        default:
            return .failed(response.errorStatus, index: Int(response.errorIndex))
        }
        return chunks.isEmpty ? .finished : .more
    }

    /// Asks for less at once, after a request that brought nothing. False if it was for one name.
    package mutating func split() -> Bool {
        guard let names = chunks.last, names.count > 1 else { return false }
        chunks.removeLast()
        halve(names)
        return true
    }

    /// Takes what was asked for: agents answer in order, and what else one sends is not ours.
    private mutating func collect(_ received: [VariableBinding], of names: [OID]) {
        for (name, binding) in zip(names, received) where binding.name == name && binding.value.isAvailable {
            bindings.append(binding)
        }
    }

    /// Looks for the offender in halves; a single name is given up.
    private mutating func halve(_ names: [OID]) {
        guard names.count > 1 else { return }
        let middle = names.count / 2
        chunks.append(Array(names[middle...]))
        chunks.append(Array(names[..<middle]))
    }
}

extension OID {
    /// A name that this one follows: in a tree where both are, GETNEXT leads from there to here, unless something stands between them.
    fileprivate var predecessor: OID {
        let arcs = arcs
        guard let last = arcs.last else { return self }
        return OID(arcs: arcs.dropLast() + (last > 0 ? [last - 1] : [])) ?? self
    }
}

extension SNMPValue {
    /// Whether there is a value: neither an exception nor NULL.
    var isAvailable: Bool { !isException && self != .null }
}
