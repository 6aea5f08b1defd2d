import Testing

@testable import FleetServer

struct PollGateTests {
    @Test func limitsWhatBeginsAtOnce() {
        var gate = PollGate()
        for card in 0..<Int64(PollGate.limit) { gate.begin(card, at: 0) }
        #expect(gate.free(at: 0.1) == 0)
        gate.end(1, at: 0.1)
        #expect(gate.free(at: 0.1) == 1)
    }

    @Test func slowAndDeadCardsHoldUpNobody() {
        var gate = PollGate()
        var now = 0.0
        for card in 0..<10_000 as Range<Int64> {
            while gate.free(at: now) == 0 { now += 0.05 }
            gate.begin(card, at: now)
        }
        #expect(gate.count == 10_000, "all wait, and none has answered")
        #expect(now < 12, "256 begin in each quarter of a second")
        now += 1
        #expect(gate.free(at: now) == PollGate.limit)
        for card in 0..<10_000 as Range<Int64> { gate.end(card, at: now) }
        #expect(gate.free(at: now) == PollGate.limit && gate.count == 0)
    }

    @Test func aPollThatEndsLateCountsOnce() {
        var gate = PollGate()
        gate.begin(1, at: 0)
        gate.end(1, at: 5)
        gate.begin(1, at: 5)
        gate.end(1, at: 5.1)
        #expect(gate.free(at: 5.1) == PollGate.limit)
        #expect(gate.free(at: 9) == PollGate.limit)
    }
}
