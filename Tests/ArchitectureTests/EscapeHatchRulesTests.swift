import Testing

struct EscapeHatchRulesTests {
    @Test(arguments: [
        "let a = try! f()", "let b = a as! Int", "fatalError()", "nonisolated(unsafe) var c = 1", "extension D: @unchecked Sendable {}",
    ])
    func refusesHatches(_ source: String) {
        #expect(EscapeHatchRules.violations(in: .init(path: "Sources/SNMP/Engine/A.swift", text: "// why\n\(source)")).count == 1)
        #expect(EscapeHatchRules.violations(in: .init(path: "Sources/SNMP/Transport/A.swift", text: source)).count == 1)
        expectNone(EscapeHatchRules.violations(in: .init(path: "Sources/SNMP/Transport/A.swift", text: "// proof\n\(source)")))
    }

    @Test(arguments: ["let a = try? f()", "let b = a as? Int", "// never fatalError", "let text = \"try!\"", "let has = !was"])
    func acceptsTheRest(_ source: String) {
        expectNone(EscapeHatchRules.violations(in: .init(path: "Sources/SNMP/Engine/A.swift", text: source)))
    }

    @Test func nothingGoesAroundTheCompiler() {
        expectNone(SourceTree.sources.flatMap(EscapeHatchRules.violations))
    }
}
