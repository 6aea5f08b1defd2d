/// The addresses of several ranges, each once, by their place in the order.
package struct AddressList: Sendable, Equatable {
    private struct Run: Sendable, Equatable {
        let first: UInt32
        let last: UInt32
        /// The place of `first`.
        let offset: Int
    }

    /// In the order of the addresses, without overlaps.
    private let runs: [Run]
    package let count: Int

    package init(_ ranges: [AddressRange]) {
        var runs: [Run] = []
        var count = 0
        for range in ranges.sorted(by: { $0.first < $1.first }) {
            let first = if let end = runs.last?.last, range.first <= end { end == .max ? end : end + 1 } else { range.first }
            guard first <= range.last, runs.last.map({ $0.last < first }) ?? true else { continue }
            runs.append(Run(first: first, last: range.last, offset: count))
            count += Int(range.last - first) + 1
        }
        self.runs = runs
        self.count = count
    }

    /// The address at a place, in host order; 0 beyond the end.
    package subscript(index: Int) -> UInt32 {
        guard index >= 0, index < count, let run = runs.last(where: { $0.offset <= index }) else { return 0 }
        return run.first + UInt32(index - run.offset)
    }

    package func index(of address: UInt32) -> Int? {
        runs.first { $0.first...$0.last ~= address }.map { $0.offset + Int(address - $0.first) }
    }

    package func contains(_ address: UInt32) -> Bool { index(of: address) != nil }

    /// Whether all are addresses of the loopback network. False of none.
    package var isLoopback: Bool { !runs.isEmpty && runs.allSatisfy { $0.first >> 24 == 127 && $0.last >> 24 == 127 } }
}
