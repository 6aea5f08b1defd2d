import NIOCore
import Testing

@testable import SNMP

struct SweepScheduleTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func schedule(count: Int, rounds: Int = 2, packetsPerSecond: Int = 1000, random: UInt32 = 99) -> SweepSchedule {
        SweepSchedule(
            count: count, packetsPerSecond: packetsPerSecond, rounds: rounds, patience: .seconds(2), random: random, start: start)
    }

    /// Runs the schedule to its end, with `answering` answering at once; returns what was sent to and how long it took.
    private func run(_ schedule: inout SweepSchedule, answering: Set<Int> = []) -> (sent: [Int], duration: TimeAmount) {
        var now = start
        var sent: [Int] = []
        while sent.count < 1_000_000 {
            switch schedule.next(now: now) {
            case .send(let index):
                sent.append(index)
                if answering.contains(index) { _ = schedule.received(index) }
            case .wait(let deadline):
                #expect(deadline > now)
                now = deadline
            case .finished: return (sent, now - start)
            }
        }
        return (sent, now - start)
    }

    @Test func asksAgainOnlyWhoDidNotAnswer() {
        var schedule = schedule(count: 5)
        #expect(run(&schedule, answering: [1, 3]).sent == [0, 1, 2, 3, 4, 0, 2, 4])
        #expect(schedule.answered == 2)
        #expect(schedule.sent == 8)
    }

    @Test func endsAtOnceWhenAllHaveAnswered() {
        var schedule = schedule(count: 3)
        let (sent, duration) = run(&schedule, answering: [0, 1, 2])
        #expect(sent == [0, 1, 2])
        #expect(duration < .milliseconds(20))
    }

    @Test func hasNothingToDoForNoAddresses() {
        var schedule = schedule(count: 0)
        #expect(schedule.next(now: start) == .finished)
    }

    @Test func keepsItsRateOverAWhole16BitNetwork() {
        var schedule = schedule(count: 65_536, packetsPerSecond: 5000)
        let (sent, duration) = run(&schedule)
        #expect(sent.count == 131_072)
        #expect(duration > .milliseconds(26_214 + 2000 - 50))
        #expect(duration < .milliseconds(26_214 + 2000 + 500))
    }

    @Test func doesNotCatchUpInOneBurst() {
        var schedule = schedule(count: 10_000)
        #expect(schedule.next(now: start) == .send(index: 0))
        var burst = 0
        while case .send = schedule.next(now: start + .seconds(5)) { burst += 1 }
        #expect(burst <= 11)
    }

    @Test func waitsBeforeTheSecondRoundOfASmallSweep() {
        var schedule = schedule(count: 1)
        #expect(schedule.next(now: start) == .send(index: 0))
        #expect(schedule.next(now: start + .seconds(1)) == .wait(until: start + .seconds(2)))
        #expect(schedule.next(now: start + .seconds(2)) == .send(index: 0))
        #expect(schedule.next(now: start + .seconds(3)) == .wait(until: start + .seconds(5)))
        #expect(schedule.next(now: start + .seconds(5)) == .finished)
    }

    @Test func countsOneAnswerPerAddress() {
        var schedule = schedule(count: 200)
        let isFirst = [130, 130, 66].map { schedule.received($0) }
        #expect(isFirst == [true, false, true])
        #expect(schedule.answered == 2)
    }

    @Test(arguments: [0, 99, UInt32.max])
    func knowsAnAddressByTheRequestID(_ random: UInt32) {
        let schedule = schedule(count: 65_536, random: random)
        for index in [0, 1, 65_535] { #expect(schedule.index(of: schedule.requestID(of: index)) == index) }
        #expect(schedule.index(of: schedule.requestID(of: 0) &- 1) == nil)
        #expect(schedule.index(of: schedule.requestID(of: 65_535) &+ 1) == nil)
        #expect(schedule.index(of: .min) == nil)
    }
}
