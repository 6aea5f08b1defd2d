import PowerDevice
import Testing

@testable import CardAgent

@Suite struct PollScheduleTests {
    @Test func configurationIsReadFirstAndThenNowAndAgain() {
        var schedule = PollSchedule()
        var full: [Int] = []
        for poll in 0..<25 {
            if schedule.ranges(of: .vuMap) == DeviceMap.vuMap.readPlan { full.append(poll) }
            schedule.succeeded()
        }
        #expect(full == [0, 10, 20])
    }

    @Test func threeFailuresInARowMeanLost() {
        var schedule = PollSchedule()
        schedule.succeeded()
        #expect(schedule.failed() == .carryOn)
        #expect(schedule.failed() == .carryOn)
        #expect(schedule.isAnswering)
        #expect(schedule.failed() == .giveUp)
        #expect(!schedule.isAnswering)
    }

    @Test func aSuccessForgetsFailures() {
        var schedule = PollSchedule()
        _ = schedule.failed()
        _ = schedule.failed()
        schedule.succeeded()
        #expect(schedule.failed() == .carryOn)
    }

    @Test func aLostDeviceIsToldOnceAndReadWholeWhenItReturns() {
        var schedule = PollSchedule()
        schedule.succeeded()
        let actions = (0..<10).map { _ in schedule.failed() }
        #expect(actions.filter { $0 == .giveUp }.count == 1)
        #expect(schedule.ranges(of: .vuMap) == DeviceMap.vuMap.readPlan)
    }
}
