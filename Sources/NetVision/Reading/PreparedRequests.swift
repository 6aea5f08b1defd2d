import SNMP
import Synchronization

/// The requests of a read plan, encoded once for all polls, and for all cards that are asked the same.
package struct PreparedRequests: Sendable {
    let status: [PreparedRead]
    let all: [PreparedRead]

    func reads(_ scope: ReadPlan.Scope) -> [PreparedRead] {
        switch scope {
        case .status: status
        case .all: all
        }
    }
}

/// Encoded requests by their names: cards of one model and firmware share theirs.
final class RequestLibrary: Sendable {
    /// Requests that are shared; further ones are each card's own.
    private static let capacity = 4096

    private let reads = Mutex<[[OID]: PreparedRead]>([:])

    func requests(for plan: ReadPlan) -> PreparedRequests {
        PreparedRequests(status: plan.portions(.status).map(read), all: plan.portions(.all).map(read))
    }

    private func read(_ names: [OID]) -> PreparedRead {
        reads.withLock { reads in
            if let known = reads[names] { return known }
            let read = PreparedRead(names)
            if reads.count < Self.capacity { reads[names] = read }
            return read
        }
    }
}

extension ReadPlan {
    /// The objects of one read as they go out. Each portion asks who answers: between two requests another card may take the address.
    func portions(_ scope: Scope) -> [[OID]] {
        let names = objects(scope).map { rows.actual($0) }
        let first = marks.asked(scope)
        let each = Array(first.prefix(1))
        let size = max(1, profile.generation.namesPerRequest - each.count)
        let complete = names + first.dropFirst()
        guard !complete.isEmpty else { return each.isEmpty ? [] : [each] }
        return stride(from: 0, to: complete.count, by: size).map { start in
            Array(complete[start..<min(start + size, complete.count)]) + each
        }
    }
}

extension CardGeneration {
    /// Objects a request. Real cards choke on more, or answer tooBig; ours answers what fits an Ethernet frame.
    var namesPerRequest: Int { self == .cardAgent ? 40 : CardReader.chunkSize }
}
