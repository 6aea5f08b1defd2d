import Testing

struct NamingRulesTests {
    @Test(arguments: [
        "struct CardManager {}", "enum StringUtils {}", "final class PollerImpl {}", "func getCard() {}", "public struct Card {}",
        "actor BasePoller {}", "public final class Hub {}",
    ])
    func refusesNamesThatSayNothing(_ source: String) {
        #expect(NamingRules.violations(in: .init(path: "Sources/FleetServer/A.swift", text: source)).count == 1)
    }

    @Test(arguments: [
        "struct FleetDatabase {}", "struct Card {}", "func getpassIsGone() {}", "// class CardManager", "let manager = FileManager.default",
    ])
    func acceptsNouns(_ source: String) {
        expectNone(NamingRules.violations(in: .init(path: "Sources/FleetServer/A.swift", text: source)))
    }

    @Test func looksAtFoldersAndFiles() {
        #expect(NamingRules.violations(inPath: "Sources/FleetServer/Utils/Clock.swift").count == 1)
        #expect(NamingRules.violations(inPath: "Web/fleet/src/helpers.ts").count == 1)
        #expect(NamingRules.violations(inPath: "Sources/FleetServer/Database/FleetDatabase.swift").isEmpty)
    }

    @Test func theTreeHasNoDrawers() {
        let tree = SourceTree.repository
        let paths = ["Sources", "Tests", "Web"].flatMap { tree.paths(below: $0) }.filter { path in
            [".swift", ".ts", ".tsx", ".js"].contains { path.hasSuffix($0) }
        }
        expectNone(paths.flatMap(NamingRules.violations(inPath:)))
        expectNone(SourceTree.sources.flatMap(NamingRules.violations(in:)))
    }
}
