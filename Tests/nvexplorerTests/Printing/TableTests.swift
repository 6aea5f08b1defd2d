import Testing

@testable import nvexplorer

@Suite struct TableTests {
    private func table() -> Table {
        var table = Table([.init("Id", .right), .init("Name"), .init("Model")])
        table.add(["7", "Rack 1", "NETYS RT"])
        table.add(["12", nil, "A very long model name\nin two lines"])
        return table
    }

    @Test func columnsAreAsWideAsTheirWidestCell() {
        #expect(
            table().lines() == [
                "ID  NAME    MODEL", " 7  Rack 1  NETYS RT", "12          A very long model name in two lines",
            ])
    }

    @Test func narrowsTheWidestColumnToTheTerminal() {
        let lines = table().lines(width: 24)
        #expect(lines == ["ID  NAME    MODEL", " 7  Rack 1  NETYS RT", "12          A very long…"])
        #expect(lines.allSatisfy { $0.count <= 24 })
    }

    @Test func noColumnVanishes() {
        #expect(table().lines(width: 1).first == "ID  NAME    MODEL")
    }

    @Test(arguments: [("abc", 5, "abc  "), ("abcdef", 4, "abc…"), ("abc", 3, "abc"), ("abc", 0, ""), ("", 2, "  ")])
    func fitsText(text: String, width: Int, expected: String) {
        #expect(Table.fit(text, width) == expected)
    }
}
