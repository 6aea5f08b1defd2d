import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct FarmProfileTests {
    @Test func aListOfModelsIsRead() throws {
        let layouts = try FarmProfile.layouts(
            """
            # a small site
            ---
            - model: "MASTERYS BC+"   # the big ones
              count: 2

            - model: ITYS PRO
            - {model: MODULYS XM, units: 2, modules: 3}
            """)
        #expect(layouts.map(\.model.name) == ["MASTERYS BC+", "MASTERYS BC+", "ITYS PRO", "MODULYS XM"])
        #expect(layouts.map(\.units) == [1, 1, 1, 2])
        #expect(layouts.last?.modules == 3)
    }

    static let bad: [(String, Int)] = [
        ("", 1), ("- model: TOASTER", 1), ("count: 3", 1), ("- model: ITYS PRO\n  count: 0", 2), ("- model: ITYS PRO\n  size: 3", 2),
        ("- model: ITYS PRO\n- count: 3", 2), ("{model: ITYS PRO}", 1), ("\n\nnonsense", 3), ("- model: ITYS PRO\n  count: many", 2),
        ("- model: ITYS PRO\n  modules: 3", 1), ("- model: STATYS\n  units: 2", 1), ("- model: ITYS PRO\n  units: 11", 2), ("- [", 2),
        ("[]", 1),
    ]

    @Test(arguments: bad) func whatIsNoProfileIsRefusedWithItsLine(_ document: String, _ line: Int) {
        let problem = #expect(throws: FarmProfile.Problem.self) { try FarmProfile.layouts(document) }
        #expect(problem?.line == line)
    }
}
