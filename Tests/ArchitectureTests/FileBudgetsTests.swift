import Testing

struct FileBudgetsTests {
    static let long = SourceTree.File(path: "Sources/A.swift", text: String(repeating: "let a = 1\n", count: 401))

    @Test func refusesLongFiles() {
        #expect(FileBudgets.violations(in: Self.long, exceptions: [:]).count == 1)
        #expect(
            FileBudgets.violations(in: .init(path: "Sources/B.swift", text: String(repeating: "\n", count: 400)), exceptions: [:]).isEmpty)
    }

    @Test func acceptsExceptionsAndFindsStaleOnes() {
        #expect(FileBudgets.violations(in: Self.long, exceptions: ["Sources/A.swift": "a table"]).isEmpty)
        #expect(FileBudgets.stale(sizes: ["Sources/A.swift": 12], exceptions: ["Sources/A.swift": "a table"]).count == 1)
        #expect(FileBudgets.stale(sizes: [:], exceptions: ["Sources/Gone.swift": "a table"]).count == 1)
    }

    @Test func filesKeepTheirBudget() {
        let files = ["Sources", "Tests", "Web"].flatMap { SourceTree.repository.files(below: $0, endings: FileBudgets.endings) }
        expectNone(files.flatMap { FileBudgets.violations(in: $0) })
        let sizes = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.lines.count - 1) })
        expectNone(FileBudgets.stale(sizes: sizes))
    }
}
