import Testing

@testable import FleetServer

struct PollScheduleTests {
    @Test func takesCardsInTheOrderOfTheirDeadlines() {
        var schedule = PollSchedule()
        schedule.plan(1, at: 30)
        schedule.plan(2, at: 10)
        schedule.plan(3, at: 20)
        #expect(schedule.takeDue(now: 25, limit: 10).map(\.card) == [2, 3])
        #expect(schedule.takeDue(now: 29.9, limit: 10).isEmpty)
        #expect(schedule.takeDue(now: 30, limit: 10).map(\.card) == [1])
    }

    @Test func takesNoMoreThanTheLimit() {
        var schedule = PollSchedule()
        for card in 1...5 { schedule.plan(Int64(card), at: 0) }
        #expect(schedule.takeDue(now: 0, limit: 2).map(\.card) == [1, 2])
        #expect(schedule.takeDue(now: 0, limit: 9).map(\.card) == [3, 4, 5])
    }

    @Test func aNewPlanReplacesTheOldOne() {
        var schedule = PollSchedule()
        schedule.plan(1, at: 10)
        schedule.plan(1, at: 5)
        #expect(schedule.takeDue(now: 100, limit: 10).map(\.due) == [5])
        #expect(schedule.count == 0)
    }

    @Test func tellsWhenACardIsDue() {
        var schedule = PollSchedule()
        schedule.plan(1, at: 10)
        schedule.plan(1, at: 5)
        #expect(schedule.due(of: 1) == 5)
        #expect(schedule.due(of: 2) == nil)
        _ = schedule.takeDue(now: 20, limit: 1)
        #expect(schedule.due(of: 1) == nil)
    }

    @Test func aForgottenCardIsNotTaken() {
        var schedule = PollSchedule()
        schedule.plan(1, at: 1)
        schedule.forget(1)
        #expect(schedule.takeDue(now: 2, limit: 10).isEmpty)
    }

    @Test func keepsTheOrderOfAThousandCards() {
        var schedule = PollSchedule()
        for card in 0..<1000 { schedule.plan(Int64(card), at: Double((card * 7919) % 1000)) }
        let due = schedule.takeDue(now: 1000, limit: 2000).map(\.due)
        #expect(due.count == 1000)
        #expect(due == due.sorted())
    }
}
