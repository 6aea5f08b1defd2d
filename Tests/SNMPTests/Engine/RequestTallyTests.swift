import Testing

@testable import SNMP

struct RequestTallyTests {
    @Test func knowsNothingAtFirst() {
        let tally = RequestTally()
        #expect(tally.latency == nil && tally.loss == nil)
    }

    @Test func tellsLatencyAndLoss() {
        var tally = RequestTally()
        tally.answered(after: 0.010, attempts: 1)
        tally.answered(after: 0.050, attempts: 2)
        tally.unanswered(attempts: 1)
        #expect(tally.latency?.last == 0.050)
        #expect(tally.latency?.worst == 0.050)
        #expect(tally.loss == 0.5, "two of four")
    }

    @Test func theWorstIsForgotten() {
        var tally = RequestTally()
        tally.answered(after: 3, attempts: 1)
        for _ in 0..<(2 * RequestTally.worstWindow) { tally.answered(after: 0.01, attempts: 1) }
        #expect(tally.latency?.worst == 0.01)
    }

    @Test func whatIsUsualFallsAtOnceAndRisesSlowly() {
        var tally = RequestTally()
        tally.answered(after: 1, attempts: 1)
        for _ in 0..<10 { tally.answered(after: 0.01, attempts: 1) }
        #expect((tally.latency?.usual ?? 1) < 0.02)
        tally.answered(after: 1, attempts: 2)
        #expect((tally.latency?.usual ?? 1) < 0.1)
    }

    @Test func oldLossesCountLess() {
        var tally = RequestTally()
        tally.unanswered(attempts: 100)
        for _ in 0..<2000 { tally.answered(after: 0.01, attempts: 1) }
        #expect((tally.loss ?? 1) < 0.01)
    }
}
