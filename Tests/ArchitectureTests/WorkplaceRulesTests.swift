import Testing

struct WorkplaceRulesTests {
    /// Put together here, so that this file does not break the rule itself.
    static let personal = WorkplaceRules.folders.map { ["", $0, "someone", "notes.txt"].joined(separator: "/") }

    @Test(arguments: personal)
    func refusesPathsOfOneMachine(_ path: String) {
        for line in [path, "see \(path)", "let file = \"\(path)\"", "cd \(path) && make"] {
            #expect(WorkplaceRules.violations(in: .init(path: "docs/a.md", text: line)).count == 1, "\(line)")
        }
    }

    @Test(arguments: personal)
    func acceptsPathsThatWorkAnywhere(_ path: String) {
        for line in [
            "https://example.org\(path)", "..\(path)", "~\(path)", "$HOME\(path)", "/usr/bin/env", "/var/lib/nvfleet", "/api/v1/users/3",
        ] {
            expectNone(WorkplaceRules.violations(in: .init(path: "docs/a.md", text: line)))
        }
    }

    @Test func noFileNamesAWorkplace() {
        expectNone(SourceTree.repository.files(endings: WorkplaceRules.endings).flatMap(WorkplaceRules.violations))
    }
}
