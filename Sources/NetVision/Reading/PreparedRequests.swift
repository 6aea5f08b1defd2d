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

extension PreparedRequests: Equatable {
    package static func == (left: PreparedRequests, right: PreparedRequests) -> Bool {
        left.status.map(\.names) == right.status.map(\.names) && left.all.map(\.names) == right.all.map(\.names)
    }
}

/// Encoded requests by their names: cards of one model and firmware share theirs.
final class RequestLibrary: Sendable {
    /// Requests that are shared; further ones are each card's own.
    private static let capacity = 4096

    private let reads = Mutex<[[OID]: PreparedRead]>([:])

    func requests(for plan: ReadPlan) -> PreparedRequests {
        let size = plan.generation.namesPerRequest
        return PreparedRequests(status: reads(of: plan.objects(.status), size), all: reads(of: plan.objects(.all), size))
    }

    private func reads(of names: [OID], _ size: Int) -> [PreparedRead] {
        stride(from: 0, to: names.count, by: size).map { start in read(Array(names[start..<min(start + size, names.count)])) }
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

extension CardGeneration {
    /// Objects a request. Real cards choke on more, or answer tooBig; ours answers what fits an Ethernet frame.
    var namesPerRequest: Int { self == .cardAgent ? 40 : CardReader.chunkSize }
}
