/// Minimum, maximum and average of a row of values over a time.
struct ExtendedStatistics: Equatable, Sendable {
    private struct Column: Equatable, Sendable {
        var minimum = Double.infinity
        var maximum = -Double.infinity
        var sum = 0.0
        var count = 0

        mutating func take(_ value: Double) {
            minimum = min(minimum, value)
            maximum = max(maximum, value)
            sum += value
            count += 1
        }

        /// In the order of `LogField.Statistic`; of no value nothing.
        var values: [Double?] { count == 0 ? [nil, nil, nil] : [minimum, maximum, sum / Double(count)] }
    }

    private var columns: [Column]
    /// Rows that have been taken.
    private(set) var count = 0

    init(columns: Int) { self.columns = Array(repeating: Column(), count: columns) }

    /// A row of as many values as there are columns; nil leaves its column alone.
    mutating func take(_ row: [Double?]) {
        count += 1
        for (index, value) in row.enumerated() where index < columns.count {
            if let value, value.isFinite { columns[index].take(value) }
        }
    }

    /// Three values for each column.
    var values: [Double?] { columns.flatMap(\.values) }
}
