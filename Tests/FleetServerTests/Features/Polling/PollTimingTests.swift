import SNMP
import Testing

@testable import FleetServer

struct PollTimingTests {
    private let timing = PollTiming(statusSeconds: 10, fullSeconds: 60)

    @Test func backsOffFromSilentCardsUpToALimit() {
        #expect([0, 1, 2, 3, 4, 100].map { timing.backOff(afterFailures: $0, jitter: 0) } == [0, 1, 10, 20, 30, 30])
    }

    @Test func deadCardsSpread() {
        #expect(timing.backOff(afterFailures: 9, jitter: -1) == 24)
        #expect(timing.backOff(afterFailures: 9, jitter: 1) == 36)
    }

    @Test func slowIntervalsAreNotQuickenedByFailures() {
        let slow = PollTiming(statusSeconds: 300, fullSeconds: 600)
        #expect(slow.backOff(afterFailures: 5, jitter: 0) == 300)
    }

    @Test func answersAreFreshForThreeIntervalsAndHalfAMinute() {
        #expect(timing.freshness == 30)
        #expect(PollTiming(statusSeconds: 60, fullSeconds: 60).freshness == 180)
        #expect(PollTiming(statusSeconds: 1, fullSeconds: 1).freshness == 30)
    }

    @Test func aDeadCardIsNamedWithinHalfAMinute() {
        let worst = 10 + PollPatience.total + timing.backOff(afterFailures: 1, jitter: 1) + 3
        #expect(worst < 30, "an interval, all attempts, the doubt, and a probe")
    }

    @Test func eachCardHasItsMomentInEachInterval() {
        for card in 1...50 as ClosedRange<Int64> {
            var now = 1234.5
            let first = PollTiming.next(of: card, each: 10, after: now)
            #expect(first > now && first <= now + 10)
            for step in 1...5 {
                now = PollTiming.next(of: card, each: 10, after: now)
                #expect(abs(now - (first + Double(step - 1) * 10)) < 1e-6)
            }
        }
    }

    @Test func thousandsOfCardsAreSpreadEvenly() {
        var tenths = [Int](repeating: 0, count: 100)
        for card in 1...2000 as ClosedRange<Int64> {
            tenths[Int(PollTiming.next(of: card, each: 10, after: 0) * 10) % 100] += 1
        }
        #expect(tenths.allSatisfy { (15...25).contains($0) }, "20 of 2,000 in each hundredth of the interval")
    }

    @Test func aQuickCardIsAskedMoreOftenInTheSameTime() {
        var quick = RequestTally()
        for _ in 0..<20 { quick.answered(after: 0.002, attempts: 1) }
        #expect(PollPatience(quick).timeout == 0.3 && PollPatience(quick).attempts == 6)
        var slow = RequestTally()
        for _ in 0..<20 { slow.answered(after: 2, attempts: 1) }
        #expect(PollPatience(slow).timeout == 2 && PollPatience(slow).attempts == 2)
        #expect(PollPatience(RequestTally()) == .standard)
    }

    @Test func aSlowCardThatFellSilentIsWaitedForAsBefore() {
        var slow = RequestTally()
        for _ in 0..<20 { slow.answered(after: 4, attempts: 1) }
        let probe = PollPatience.probe(slow, afterFailures: 2)
        #expect(probe.attempts == 2 && probe.timeout * 3 >= 6, "it has answered after four seconds")
        var quick = RequestTally()
        for _ in 0..<20 { quick.answered(after: 0.002, attempts: 1) }
        #expect(PollPatience.probe(quick, afterFailures: 2).timeout == 1)
    }

    /// It may answer GETNEXT only, which is tried with the patience of a new card.
    @Test func nowAndThenASilentCardIsAskedAsANewOne() {
        let probes = (2...13).map { PollPatience.probe(RequestTally(), afterFailures: $0) }
        #expect(probes.count { $0 == .standard } == 3)
        #expect(probes.allSatisfy { $0 == .standard || $0.attempts == 2 }, "a dead card is cheap")
    }

    @Test func lossMakesNoCardSlow() {
        var tally = RequestTally()
        for index in 0..<200 { tally.answered(after: index % 2 == 0 ? 0.002 : 0.302, attempts: index % 2 + 1) }
        #expect(PollPatience(tally).attempts >= 4)
        #expect((tally.loss ?? 0) > 0.3)
    }
}
