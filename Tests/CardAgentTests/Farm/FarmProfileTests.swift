import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct FarmProfileTests {
    @Test func aListOfModelsIsRead() throws {
        let models = try FarmProfile.models(
            """
            # a small site
            ---
            - model: "MASTERYS BC+"   # the big ones
              count: 2

            - model: ITYS PRO
            """)
        #expect(models.map(\.name) == ["MASTERYS BC+", "MASTERYS BC+", "ITYS PRO"])
    }

    static let bad: [(String, Int)] = [
        ("", 1), ("- model: TOASTER", 1), ("count: 3", 1), ("- model: ITYS PRO\n  count: 0", 2), ("- model: ITYS PRO\n  size: 3", 2),
        ("- model: ITYS PRO\n- count: 3", 2), ("{model: ITYS PRO}", 1), ("\n\nnonsense", 3), ("- model: ITYS PRO\n  count: many", 2),
    ]

    @Test(arguments: bad) func whatIsNoProfileIsRefusedWithItsLine(_ document: String, _ line: Int) {
        let problem = #expect(throws: FarmProfile.Problem.self) { try FarmProfile.models(document) }
        #expect(problem?.line == line)
    }
}
