/// The addresses of several ranges, each once, by their place in the order.
package struct AddressList: Sendable, Equatable {
    private struct Run: Sendable, Equatable {
        let first: UInt32
        let last: UInt32
        /// The place of `first`.
        let offset: Int

        /// The place after that of `last`.
        var end: Int { offset + Int(last - first) + 1 }
    }

    /// In the order of the addresses, with gaps between them.
    private let runs: [Run]
    package let count: Int

    package init(_ ranges: [AddressRange]) {
        var runs: [Run] = []
        for range in ranges.sorted(by: { $0.first < $1.first }) {
            guard let last = runs.last, range.first <= last.last || range.first - 1 == last.last else {
                runs.append(Run(first: range.first, last: range.last, offset: runs.last.map(\.end) ?? 0))
                continue
            }
            if range.last > last.last { runs[runs.count - 1] = Run(first: last.first, last: range.last, offset: last.offset) }
        }
        self.runs = runs
        count = runs.last?.end ?? 0
    }

    /// The address at a place, in host order; 0 beyond the end.
    package subscript(index: Int) -> UInt32 {
        guard index >= 0, index < count, let run = lastRun(where: { $0.offset <= index }) else { return 0 }
        return run.first + UInt32(index - run.offset)
    }

    package func index(of address: UInt32) -> Int? {
        guard let run = lastRun(where: { $0.first <= address }), address <= run.last else { return nil }
        return run.offset + Int(address - run.first)
    }

    /// By bisection: `condition` holds of the first ones, and of none after those.
    private func lastRun(where condition: (Run) -> Bool) -> Run? {
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(runs[middle]) { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? runs[low - 1] : nil
    }

    package func contains(_ address: UInt32) -> Bool { index(of: address) != nil }

    /// Whether all are addresses of the loopback network. False of none.
    package var isLoopback: Bool { !runs.isEmpty && runs.allSatisfy { $0.first >> 24 == 127 && $0.last >> 24 == 127 } }
}
