/// What is left of many values of a quantity: how many there were, their sum, the least and the greatest.
struct Summary: Sendable, Equatable {
    var count = 0.0
    var sum = 0.0
    var min = Double.infinity
    var max = -Double.infinity

    mutating func add(_ value: Double) { add(Summary(count: 1, sum: value, min: value, max: value)) }

    mutating func add(_ other: Summary) {
        count += other.count
        sum += other.sum
        min = Swift.min(min, other.min)
        max = Swift.max(max, other.max)
    }

    /// With two decimals more than the values have, and without what binary fractions add.
    var average: Double {
        let average = sum / count
        if min == max { return min }
        let decimals = [min, max].compactMap { DecimalScale.exponent(of: $0) }
        guard decimals.count == 2, let most = decimals.max() else { return Swift.min(Swift.max(average, min), max) }
        return DecimalScale.rounded(average, to: most + 2)
    }
}

/// Summaries in a table: four columns for each quantity.
enum SummaryColumns {
    private static let parts = 4

    static func keys(of metric: Int) -> ClosedRange<Int> { metric * parts...metric * parts + 3 }

    static func metric(of key: Int) -> Int { key / parts }

    /// A row for each `step` in which there are values.
    static func table(of samples: SampleTable, step: Int64) -> SampleTable {
        var rows: [Int64: [(key: Int, value: Double)]] = [:]
        for metric in samples.columns.keys.sorted() {
            for (at, summary) in summaries(of: samples, metric, step: step) {
                let values = [summary.sum, summary.min, summary.max, summary.count]
                rows[at, default: []] += values.enumerated().map { (key: metric * parts + $0.offset, value: $0.element) }
            }
        }
        return SampleTable(rows.map { SampleRow(at: $0.key, values: $0.value) })
    }

    private static func summaries(of samples: SampleTable, _ metric: Int, step: Int64) -> [(at: Int64, summary: Summary)] {
        guard let column = samples.columns[metric] else { return [] }
        // The sum of whole units has as many decimals as the values.
        let exponent = DecimalScale.exponent(of: column.values)
        var found: [(at: Int64, summary: Summary)] = []
        for (row, value) in zip(column.rows, column.values) {
            let at = samples.times[Int(row)].floored(to: step)
            if found.last?.at != at { found.append((at, Summary())) }
            found[found.count - 1].summary.add(value)
        }
        guard let exponent else { return found }
        return found.map { at, summary in
            var exact = summary
            exact.sum = DecimalScale.rounded(summary.sum, to: exponent)
            return (at, exact)
        }
    }

    /// The summaries of one quantity, with their times.
    static func read(_ table: SampleTable, _ metric: Int) -> [(at: Int64, summary: Summary)] {
        let columns = keys(of: metric).map { table.columns[$0] ?? .init() }
        guard let rows = columns.first?.rows, columns.allSatisfy({ $0.rows == rows }) else { return [] }
        return rows.indices.map { index in
            let summary = Summary(
                count: columns[3].values[index], sum: columns[0].values[index], min: columns[1].values[index], max: columns[2].values[index]
            )
            return (table.times[Int(rows[index])], summary)
        }
    }
}
