/// The values of one card over some time: a row for each poll, a column for each quantity; a poll need not bring all.
struct SampleTable: Sendable, Equatable {
    /// A quantity's values, and the rows that have one.
    struct Column: Sendable, Equatable {
        var rows: [Int32] = []
        var values: [Double] = []
    }

    /// Milliseconds since 1970; strictly increasing.
    private(set) var times: [Int64] = []
    /// By the quantity's key.
    private(set) var columns: [Int: Column] = [:]

    static let empty = SampleTable()

    private init() {}

    init(times: [Int64], columns: [Int: Column]) {
        self.times = times
        self.columns = columns
    }

    /// Rows in any order. Of rows of one moment each adds what the earlier ones of the list do not have.
    init(_ rows: [SampleRow]) {
        let order = rows.indices.sorted { (rows[$0].at, $0) < (rows[$1].at, $1) }
        for index in order {
            let row = rows[index]
            if times.last != row.at { times.append(row.at) }
            let number = Int32(times.count - 1)
            for (key, value) in row.values where columns[key]?.rows.last != number {
                columns[key, default: Column()].rows.append(number)
                columns[key, default: Column()].values.append(value)
            }
        }
    }

    var isEmpty: Bool { times.isEmpty }

    /// How many values there are in all.
    var count: Int { columns.values.reduce(0) { $0 + $1.values.count } }

    /// This table and another; where both have a value of one quantity at one moment, this one's counts.
    func merged(with other: SampleTable) -> SampleTable {
        if isEmpty { return other }
        if other.isEmpty { return self }
        let (times, here, there) = Self.union(self.times, other.times)
        var columns: [Int: Column] = [:]
        for (key, column) in self.columns {
            columns[key] = Self.union(column, here, other.columns[key] ?? Column(), there)
        }
        for (key, column) in other.columns where columns[key] == nil { columns[key] = Self.union(Column(), here, column, there) }
        return SampleTable(times: times, columns: columns)
    }

    /// The common moments, and where each of the two lists' is among them.
    private static func union(_ first: [Int64], _ second: [Int64]) -> (times: [Int64], first: [Int32], second: [Int32]) {
        var (times, here, there): ([Int64], [Int32], [Int32]) = ([], [], [])
        times.reserveCapacity(first.count + second.count)
        var (left, right) = (0, 0)
        while left < first.count || right < second.count {
            let row = Int32(times.count)
            let takesLeft = right >= second.count || left < first.count && first[left] <= second[right]
            let takesRight = left >= first.count || right < second.count && second[right] <= first[left]
            times.append(takesLeft ? first[left] : second[right])
            if takesLeft {
                here.append(row)
                left += 1
            }
            if takesRight {
                there.append(row)
                right += 1
            }
        }
        return (times, here, there)
    }

    private static func union(_ first: Column, _ here: [Int32], _ second: Column, _ there: [Int32]) -> Column {
        var column = Column()
        column.rows.reserveCapacity(first.rows.count + second.rows.count)
        column.values.reserveCapacity(first.rows.count + second.rows.count)
        var (left, right) = (0, 0)
        while left < first.rows.count || right < second.rows.count {
            let firstRow = left < first.rows.count ? here[Int(first.rows[left])] : Int32.max
            let secondRow = right < second.rows.count ? there[Int(second.rows[right])] : Int32.max
            column.rows.append(min(firstRow, secondRow))
            column.values.append(firstRow <= secondRow ? first.values[left] : second.values[right])
            if firstRow <= secondRow { left += 1 }
            if secondRow <= firstRow { right += 1 }
        }
        return column
    }
}

/// What one poll brought.
struct SampleRow: Sendable, Equatable {
    /// Milliseconds since 1970.
    let at: Int64
    /// By the quantity's key, in the order of the keys.
    let values: [(key: Int, value: Double)]

    static func == (left: SampleRow, right: SampleRow) -> Bool {
        left.at == right.at && left.values.elementsEqual(right.values) { $0.key == $1.key && $0.value == $1.value }
    }
}
