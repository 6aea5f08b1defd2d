import NetVision
import Testing

@Suite struct AlarmTableTests {
    @Test func alarmsFoundAtStartAreRowsOfTimeZeroAndNoChange() {
        var table = AlarmTable()
        #expect(table.update(active: [15, 3], uptime: 500).isEmpty)
        #expect(table.rows.map(\.number) == [3, 15])
        #expect(table.rows.map(\.id) == [1, 2])
        #expect(table.rows.map(\.time) == [0, 0])
    }

    @Test func rowKeepsItsNumberAsLongAsItsCondition() {
        var table = AlarmTable()
        _ = table.update(active: [3, 15], uptime: 0)
        let changes = table.update(active: [15, 22], uptime: 700)
        #expect(changes.removed.map(\.number) == [3])
        #expect(changes.added.map(\.number) == [22])
        #expect(table.rows.map(\.id) == [2, 3])
        #expect(table.rows.last?.time == 700)
        #expect(table.update(active: [15, 22], uptime: 900).isEmpty)
        // The same condition again is a row of its own.
        #expect(table.update(active: [3, 15, 22], uptime: 950).added.map(\.id) == [4])
    }

    @Test func numbersWrapToTheFirstFreeOne() {
        var table = AlarmTable(lastID: .max - 1)
        _ = table.update(active: [], uptime: 0)
        _ = table.update(active: [1], uptime: 1)
        #expect(table.rows.map(\.id) == [.max])
        _ = table.update(active: [1, 2], uptime: 2)
        #expect(table.rows.map(\.id) == [1, .max])
        #expect(table.rows.map(\.number) == [2, 1])
    }
}
