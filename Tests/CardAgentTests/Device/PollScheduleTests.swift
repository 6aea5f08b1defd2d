import NIOCore
import Testing

@testable import CardAgent

@Suite struct PollScheduleTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    @Test func configurationIsReadFirstAndThenNowAndAgain() {
        var schedule = PollSchedule(configurationPeriod: .seconds(20))
        var full: [Int64] = []
        for second in stride(from: Int64(0), to: 50, by: 2) {
            let now = start + .seconds(second)
            let isFull = schedule.isConfigurationDue(at: now)
            if isFull { full.append(second) }
            schedule.succeeded(readConfiguration: isFull, at: now)
        }
        #expect(full == [0, 20, 40])
    }

    @Test func aSlowCardReadsConfigurationAtEveryPoll() {
        var schedule = PollSchedule()
        for minute in Int64(0)..<5 {
            let now = start + .minutes(minute)
            let isFull = schedule.isConfigurationDue(at: now)
            #expect(isFull)
            schedule.succeeded(readConfiguration: isFull, at: now)
        }
    }

    @Test func threeFailuresInARowMeanLost() {
        var schedule = PollSchedule()
        schedule.succeeded(readConfiguration: true, at: start)
        expect(&schedule, .carryOn)
        expect(&schedule, .carryOn)
        #expect(schedule.isAnswering)
        expect(&schedule, .giveUp)
        #expect(!schedule.isAnswering)
    }

    @Test func aSuccessForgetsFailures() {
        var schedule = PollSchedule()
        _ = schedule.failed()
        _ = schedule.failed()
        schedule.succeeded(readConfiguration: true, at: start)
        expect(&schedule, .carryOn)
    }

    @Test func aLostDeviceIsToldOnceAndReadWholeWhenItReturns() {
        var schedule = PollSchedule()
        schedule.succeeded(readConfiguration: true, at: start)
        let actions = (0..<10).map { _ in schedule.failed() }
        #expect(actions == [.carryOn, .carryOn, .giveUp] + Array(repeating: .startOver, count: 7))
        #expect(schedule.isConfigurationDue(at: start))
    }

    // MARK: - Units

    /// With n units the data of each are n polls old at most (manual §7.2).
    @Test func unitsTakeTurnsOnceAllAreKnown() {
        var schedule = schedule(units: [1, 2, 3])
        let first = schedule.turns()
        #expect(first.map(\.unit) == [1, 2, 3])
        #expect(first.map(\.readsConfiguration) == [true, true, true])
        for turn in first { schedule.succeeded(turn) }
        var turns: [Int] = []
        for _ in 0..<7 {
            let due = schedule.turns()
            turns += due.map(\.unit)
            for turn in due { schedule.succeeded(turn) }
        }
        #expect(turns == [1, 2, 3, 1, 2, 3, 1])
    }

    @Test func aSilentUnitDoesNotStarveTheOthers() {
        var schedule = schedule(units: [1, 2, 3])
        var asked: [Int: Int] = [:]
        for _ in 0..<60 {
            for turn in schedule.turns() {
                asked[turn.unit, default: 0] += 1
                guard turn.unit != 2 else {
                    _ = schedule.failed(turn)
                    break
                }
                schedule.succeeded(turn)
            }
        }
        #expect((asked[2] ?? 0) <= 10)
        #expect((asked[2] ?? 0) >= 5)
        #expect((asked[1] ?? 0) >= 22)
        #expect((asked[3] ?? 0) >= 22)
    }

    @Test func aUnitIsGivenUpOnceAndReadWholeWhenItReturns() {
        var schedule = schedule(units: [1])
        var actions: [PollSchedule.FailedAction] = []
        for _ in 0..<20 { for turn in schedule.turns() { actions.append(schedule.failed(turn)) } }
        #expect(actions.filter { $0 == .giveUp }.count == 1)
        #expect(actions.prefix(3) == [.carryOn, .carryOn, .giveUp])
        var turns: [PollSchedule.Turn] = []
        while turns.isEmpty { turns = schedule.turns() }
        #expect(turns == [.init(unit: 1, readsConfiguration: true)])
    }

    @Test func unitsReadTheirConfigurationAgainAfterTheSystem() {
        var schedule = schedule(units: [1, 2])
        for turn in schedule.turns() { schedule.succeeded(turn) }
        let later = schedule.turns()
        #expect(later.map(\.readsConfiguration) == [false])
        schedule.succeeded(readConfiguration: true, at: start + .seconds(20))
        for _ in 0..<2 {
            let turns = schedule.turns()
            #expect(turns.map(\.readsConfiguration) == [true])
            for turn in turns { schedule.succeeded(turn) }
        }
        let last = schedule.turns()
        #expect(last.map(\.readsConfiguration) == [false])
    }

    @Test func aUnitThatIsAddedIsReadAtOnceAndOneThatIsGoneNoMore() {
        var schedule = schedule(units: [1, 2])
        for turn in schedule.turns() { schedule.succeeded(turn) }
        schedule.follow(units: [1, 2, 5])
        var turns = schedule.turns()
        #expect(turns.map(\.unit) == [5])
        schedule.follow(units: [1])
        turns = schedule.turns()
        #expect(turns.map(\.unit) == [1])
        schedule.follow(units: [])
        turns = schedule.turns()
        #expect(turns.isEmpty)
    }

    /// A poll fails, and that is what becomes of it.
    private func expect(_ schedule: inout PollSchedule, _ action: PollSchedule.FailedAction) {
        let found = schedule.failed()
        #expect(found == action)
    }

    private func schedule(units: [Int]) -> PollSchedule {
        var schedule = PollSchedule()
        schedule.succeeded(readConfiguration: true, at: start)
        schedule.follow(units: units)
        return schedule
    }
}
