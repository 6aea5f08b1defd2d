import FoundationEssentials
import Testing

@testable import FleetServer

struct CampaignPlanTests {
    private func plan(canary: Int = 0, waves: [String] = [], halt: CampaignPlan.HaltRule? = nil) -> CampaignPlan {
        var plan = CampaignPlan()
        plan.canary = canary
        plan.waves = waves
        plan.halt = halt.map(CampaignPlan.Halt.init(failures:))
        return plan
    }

    @Test func withoutWavesAllGoTogether() {
        #expect(plan().waveNumbers(cards: 3) == [0, 0, 0])
    }

    @Test func theCanaryGoesFirst() {
        #expect(plan(canary: 1).waveNumbers(cards: 4) == [0, 1, 1, 1])
    }

    @Test func wavesTakePartsOfTheWholeAndTheLastTheRest() {
        #expect(plan(canary: 1, waves: ["25%", "2"]).waveNumbers(cards: 8) == [0, 1, 1, 2, 2, 3, 3, 3])
    }

    @Test func aCanaryOfAllLeavesNoEmptyWave() {
        #expect(plan(canary: 2, waves: ["50%"]).waveNumbers(cards: 2) == [0, 0])
    }

    @Test(arguments: [("25%", 8, 2), ("1%", 10, 1), ("100%", 7, 7), ("3", 8, 3)])
    func readsSizes(text: String, cards: Int, size: Int) {
        #expect(CampaignPlan.size(ofWave: text, cards: cards) == size)
    }

    @Test(arguments: ["", "0", "-1", "0%", "101%", "x", "%"])
    func refusesSizesThatMeanNothing(text: String) {
        #expect(CampaignPlan.size(ofWave: text, cards: 10) == nil)
    }

    @Test func haltsByCountAndByPercent() {
        #expect(!plan().halts(failures: 100, cards: 100))
        #expect(plan(halt: .count(2)).halts(failures: 2, cards: 100))
        #expect(!plan(halt: .count(2)).halts(failures: 1, cards: 100))
        #expect(plan(halt: .percent(2)).halts(failures: 10, cards: 500))
        #expect(!plan(halt: .percent(2)).halts(failures: 9, cards: 500))
        #expect(!plan(halt: .percent(2)).halts(failures: 0, cards: 0))
    }

    @Test(arguments: ["2", "\"2%\"", "\"2.5%\""])
    func theHaltRuleIsANumberOrAPercentage(json: String) throws {
        let rule = try JSONDecoder().decode(CampaignPlan.HaltRule.self, from: Data(json.utf8))
        #expect(try JSONCoding.text(rule) == json)
    }
}
