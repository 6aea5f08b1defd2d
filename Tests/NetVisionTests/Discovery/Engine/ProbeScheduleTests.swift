import NIOCore
import Testing

@testable import NetVision

struct ProbeScheduleTests {
    private let start = NIODeadline.uptimeNanoseconds(1)

    private func schedule(_ range: String, ways: Int = 1, rate: Int = 5000) -> ProbeSchedule {
        let all: [@Sendable (UInt32) -> Bool] = Array(repeating: { _ in true }, count: ways)
        return ProbeSchedule(AddressList([AddressRange(range)].compactMap(\.self)), ways: all, packetsPerSecond: rate)
    }

    /// Runs a schedule to its end; `answer` says what happens to each question. Returns how often each pass asked.
    private func run(
        _ schedule: inout ProbeSchedule, _ answer: (inout ProbeSchedule, _ index: Int, _ pass: Int) -> Void
    ) -> [Int: Int] {
        var sent: [Int: Int] = [:]
        var now = start
        for _ in 0..<1_000_000 {
            switch schedule.next(now: now) {
            case .send(let index, let pass):
                sent[pass, default: 0] += 1
                answer(&schedule, index, pass)
            case .wait(let until): now = max(until, now + .nanoseconds(1))
            case .finished: return sent
            }
        }
        Issue.record("it does not end")
        return sent
    }

    @Test func silentAddressesAreAskedTwiceByEachWay() {
        var schedule = schedule("10.0.0.0/24", ways: 2)
        let sent = run(&schedule) { _, _, _ in }
        #expect(sent == [0: 254, 1: 254, 2: 254, 3: 254])
        let answer1 = schedule.next(now: start + .hours(1))
        #expect(answer1 == .finished)
    }

    @Test func whoHasAnsweredOrIsNotThereIsNotAskedAgain() {
        var schedule = schedule("10.0.0.0/28")
        let sent = run(&schedule) { schedule, index, pass in
            if index == 0 {
                let answer2 = schedule.answered(index, pass: pass)
                #expect(answer2)
                let answer3 = schedule.answered(index, pass: pass)
                #expect(!answer3)
            } else if index < 10 {
                schedule.refused(index)
            }
        }
        #expect(sent == [0: 14, 1: 4])
        #expect(schedule.answered == 1)
    }

    @Test func largeSilentRangesAreAskedOnceByEachWay() {
        var schedule = schedule("10.0.0.0/17", ways: 2)
        let sent = run(&schedule) { _, _, _ in }
        #expect(sent == [0: 32_766, 1: 32_766])
    }

    /// Where packets are lost, another pass is made, though it costs seconds.
    @Test func lossMakesMorePassesPay() {
        var schedule = schedule("10.0.0.0/17", ways: 2)
        var random = Linear(state: 7)
        let sent = run(&schedule) { schedule, index, pass in
            // Every eighth address is a card that hears both ways; of a hundred questions two are lost, or their answers.
            guard index % 8 == 0, random.next() % 100 >= 2, schedule.answered(index, pass: pass) else { return }
            schedule.isCard(by: 0, foundIn: pass)
        }
        #expect(schedule.answered >= 4095)
        #expect(sent.keys.max() ?? 0 >= 2)
    }

    /// Cards live together: a range that is empty for the most part is not asked a third time because of the cards at its end.
    @Test(arguments: [1, 2]) func lossMakesMorePassesPayWhereCardsAre(ways: Int) {
        var schedule = schedule("10.0.0.0/16", ways: ways)
        var random = Linear(state: 7)
        let sent = run(&schedule) { schedule, index, pass in
            guard index >= 60_000, index < 62_000, random.next() % 100 >= 2, schedule.answered(index, pass: pass) else { return }
            schedule.isCard(by: 0, foundIn: pass)
        }
        #expect(schedule.answered == 2000)
        #expect(sent.count >= 3)
        #expect(sent.filter { $0.key < 2 }.values.allSatisfy { $0 > 63_000 })
        #expect(sent.filter { $0.key >= 2 }.values.allSatisfy { $0 < 500 })
    }

    /// What answers later than the pause is not lost while the search goes on anyhow.
    @Test func passesOfALongSearchFollowEachOther() {
        var schedule = schedule("10.0.0.0/17")
        var now = start
        var sent = 0
        var waits: [TimeAmount] = []
        loop: while true {
            switch schedule.next(now: now) {
            case .send:
                sent += 1
                now = now + .microseconds(200)
            case .wait(let until):
                waits.append(until - now)
                now = until
            case .finished: break loop
            }
        }
        #expect(sent == 2 * 32_766)
        #expect(waits == [.seconds(1)])
    }

    @Test func wayIsAskedWhereItAppliesOnly() {
        let first: @Sendable (UInt32) -> Bool = { $0 & 1 == 0 }
        var schedule = ProbeSchedule(
            AddressList([AddressRange("10.0.0.0/28")].compactMap(\.self)), ways: [first, { _ in true }], packetsPerSecond: 5000)
        let sent = run(&schedule) { _, _, _ in }
        #expect(sent[0] == 7)
        #expect(sent[1] == 14)
    }

    @Test func lateAnswerCounts() {
        var schedule = schedule("10.0.0.0/30", ways: 2)
        var isLate = false
        _ = run(&schedule) { schedule, index, pass in
            if pass == 1, index == 0, !isLate { isLate = schedule.answered(0, pass: 0) }
        }
        #expect(isLate)
        #expect(schedule.answered == 1)
    }

    @Test func strangeIndexesChangeNothing() {
        var schedule = schedule("10.0.0.0/30")
        _ = schedule.next(now: start)
        let answer4 = schedule.answered(-1, pass: 0)
        #expect(!answer4)
        let answer5 = schedule.answered(99, pass: 0)
        #expect(!answer5)
        let answer6 = schedule.answered(0, pass: 77)
        #expect(!answer6)
        schedule.refused(99)
        schedule.isCard(by: 9, foundIn: 0)
    }

    private struct Linear {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }

    @Test(arguments: [1, 10, 5000]) func noSecondHasMorePacketsThanItMay(rate: Int) {
        var budget = PacketBudget(packetsPerSecond: rate, now: start)
        var taken: [Int64] = []
        for step in 0..<3000 {
            let now = start + .milliseconds(Int64(step))
            while budget.take(now: now) { taken.append(Int64(step)) }
        }
        for second in stride(from: Int64(0), to: 2000, by: 100) {
            #expect(taken.count { (second..<(second + 1000)).contains($0) } <= rate)
        }
        #expect(taken.count >= 2 * rate)
    }

    @Test func spareTakersWaitWhileOthersTake() {
        var budget = PacketBudget(packetsPerSecond: 5000, now: start)
        for step in 0..<1200 { while budget.take(now: start + .milliseconds(Int64(step))) {} }
        // A second is full: what becomes free belongs to those who are in a hurry.
        let soon = start + .milliseconds(1200)
        let answer7 = budget.take(now: soon, isSpare: true)
        #expect(!answer7)
        let answer8 = budget.take(now: soon)
        #expect(answer8)
        let answer9 = budget.take(now: start + .milliseconds(2500), isSpare: true)
        #expect(answer9)
    }
}
