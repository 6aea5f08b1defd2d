import NetVision
import Testing

@testable import CardAgent

/// Transcripts: what happens, at which second, and what is done about it.
struct SupervisionTests {
    private static let builtIn = Supervision.Release(version: "8.40")
    private static let good = Supervision.Release(version: "8.41", slot: .a)
    private static let new = Supervision.Release(version: "8.42", slot: .b, isOnTrial: true)
    private static let restarts = ProgramEnding.exited(Supervision.restartStatus)

    private func supervision(isRestart: Bool = false) -> Supervision {
        Supervision(timing: .init(restart: .seconds(4)), isRestart: isRestart)
    }

    /// One that has just started `release` at second 0.
    private func started(_ release: Supervision.Release) -> Supervision {
        var supervision = supervision()
        #expect(send(.timeout, &supervision, 0) == [.choose(excluding: [])])
        #expect(send(.started(release), &supervision, 0) == [])
        return supervision
    }

    private func serving(_ release: Supervision.Release) -> Supervision {
        var supervision = started(release)
        #expect(send(.healthy, &supervision, 1) == (release.isOnTrial ? [.confirm] : []))
        return supervision
    }

    private func send(_ event: Supervision.Event, _ supervision: inout Supervision, _ second: Double) -> [Supervision.Action] {
        supervision.handle(event, at: .seconds(second))
    }

    // MARK: - A new release

    @Test func aHealthyTrialIsConfirmedOnce() {
        var supervision = started(Self.new)
        #expect(supervision.deadline == .seconds(60))
        #expect(send(.healthy, &supervision, 2) == [.confirm])
        #expect(send(.healthy, &supervision, 3) == [])
        #expect(supervision.deadline == nil)
        #expect(supervision.fallback == nil)
    }

    static let endings: [(ProgramEnding, String)] = [
        (.exited(0), "8.42 exited with status 0"), (.exited(3), "8.42 exited with status 3"),
        (.exited(Supervision.restartStatus), "8.42 exited with status 75"), (.killed(by: 11), "8.42 was ended by signal 11"),
    ]

    @Test(arguments: endings) func aTrialThatEndsFallsBackAtOnce(_ ending: ProgramEnding, _ reason: String) {
        var supervision = started(Self.new)
        #expect(send(.ended(ending), &supervision, 1) == [.choose(excluding: [])])
        #expect(supervision.fallback == reason)
        #expect(send(.started(Self.good), &supervision, 1) == [])
        #expect(supervision.fallback == reason)
        #expect(send(.healthy, &supervision, 2) == [])
        #expect(supervision.fallback == nil)
    }

    @Test func aTrialThatHangsIsKilledAndFallsBack() {
        var supervision = started(Self.new)
        #expect(send(.timeout, &supervision, 59) == [])
        #expect(send(.timeout, &supervision, 60) == [.kill])
        // Too late.
        #expect(send(.healthy, &supervision, 60) == [])
        #expect(send(.ended(.killed(by: 9)), &supervision, 60) == [.choose(excluding: [])])
        #expect(supervision.fallback == "8.42 did not become healthy within 60 s")
    }

    @Test func aTrialThatCannotBeExecutedFallsBack() {
        var supervision = supervision()
        _ = send(.timeout, &supervision, 0)
        #expect(send(.notStarted(Self.new, reason: "Exec format error"), &supervision, 0) == [.choose(excluding: [])])
        #expect(supervision.fallback == "8.42 can't be started: Exec format error")
    }

    // MARK: - A release that is known to be good

    @Test func oneThatCannotBeExecutedIsLeftOutAndAllReasonsAreTold() {
        var supervision = supervision()
        _ = send(.timeout, &supervision, 0)
        #expect(send(.notStarted(Self.good, reason: "Permission denied"), &supervision, 0) == [.choose(excluding: [.a])])
        let other = Supervision.Release(version: "8.39", slot: .b)
        #expect(send(.notStarted(other, reason: "Permission denied"), &supervision, 0) == [.choose(excluding: [.a, .b])])
        #expect(send(.started(Self.builtIn), &supervision, 0) == [])
        #expect(supervision.fallback == "8.41 can't be started: Permission denied; 8.39 can't be started: Permission denied")
    }

    @Test func theBuiltInProgramThatCannotBeExecutedEndsAll() {
        var supervision = supervision()
        _ = send(.timeout, &supervision, 0)
        #expect(send(.notStarted(Self.builtIn, reason: "?"), &supervision, 0) == [.leave(status: 1)])
    }

    @Test func crashesAreFollowedByLongerAndLongerPauses() {
        var supervision = serving(Self.good)
        var now = 2.0
        for pause in [1, 2, 4, 8, 16, 32, 60, 60.0] {
            #expect(send(.ended(.killed(by: 11)), &supervision, now) == [])
            #expect(supervision.deadline == .seconds(now + pause))
            #expect(send(.timeout, &supervision, now + pause - 0.1) == [])
            #expect(send(.timeout, &supervision, now + pause) == [.choose(excluding: [])])
            _ = send(.started(Self.good), &supervision, now + pause)
            _ = send(.healthy, &supervision, now + pause + 1)
            now += pause + 2
        }
    }

    @Test func oneThatServedForLongBeginsWithTheShortPauseAgain() {
        var supervision = serving(Self.good)
        _ = send(.ended(.exited(1)), &supervision, 2)
        _ = send(.timeout, &supervision, 3)
        _ = send(.started(Self.good), &supervision, 3)
        _ = send(.healthy, &supervision, 4)
        #expect(send(.ended(.exited(1)), &supervision, 100) == [])
        #expect(supervision.deadline == .seconds(101))
    }

    @Test func oneThatHangsWhenItIsStartedAgainIsKilledAndStartedAgain() {
        var supervision = started(Self.good)
        #expect(send(.timeout, &supervision, 60) == [.kill])
        #expect(send(.ended(.killed(by: 9)), &supervision, 60) == [])
        #expect(supervision.deadline == .seconds(61))
        #expect(supervision.fallback == nil)
    }

    @Test func whatWasNeverStartedWellEndsWithItsOwnStatus() {
        var supervision = started(Self.good)
        #expect(send(.ended(.exited(2)), &supervision, 1) == [.leave(status: 2)])
    }

    @Test func aCrashAtTheStartIsNoReasonToEnd() {
        var supervision = started(Self.good)
        #expect(send(.ended(.killed(by: 6)), &supervision, 1) == [])
        #expect(supervision.deadline == .seconds(2))
    }

    // MARK: - Restarts, signals, the end

    @Test func aRestartIsFollowedByTheUsualPause() {
        var supervision = serving(Self.good)
        #expect(send(.ended(Self.restarts), &supervision, 10) == [])
        #expect(supervision.deadline == .seconds(14))
        #expect(send(.timeout, &supervision, 14) == [.choose(excluding: [])])
    }

    @Test func aCardThatMadeWayIsAwayForTheUsualPause() {
        var supervision = supervision(isRestart: true)
        #expect(supervision.deadline == .seconds(4))
        #expect(send(.timeout, &supervision, 4) == [.choose(excluding: [])])
        _ = send(.started(Self.builtIn), &supervision, 4)
        // It has served before, so this is a crash and no start that failed.
        #expect(send(.ended(.exited(1)), &supervision, 5) == [])
        #expect(supervision.deadline == .seconds(6))
    }

    @Test(arguments: [ProgramEnding.exited(0), .exited(5), .killed(by: 15)]) func theSupervisorEndsAsTheProgramDoes(_ ending: ProgramEnding)
    {
        var supervision = serving(Self.good)
        #expect(send(.signal(.terminate), &supervision, 10) == [.pass(.terminate)])
        #expect(supervision.deadline == .seconds(20))
        #expect(send(.ended(ending), &supervision, 11) == [.leave(status: ending.status)])
        #expect(send(.signal(.terminate), &supervision, 12) == [])
    }

    @Test func oneThatDoesNotGoIsKilled() {
        var supervision = serving(Self.good)
        _ = send(.signal(.interrupt), &supervision, 10)
        #expect(send(.timeout, &supervision, 20) == [.kill])
        #expect(send(.ended(.killed(by: 9)), &supervision, 20) == [.leave(status: 137)])
    }

    @Test func aRestartThatMeetsTheEndIsTheEnd() {
        var supervision = serving(Self.good)
        _ = send(.signal(.terminate), &supervision, 10)
        #expect(send(.ended(Self.restarts), &supervision, 11) == [.leave(status: 0)])
    }

    @Test func anEndBetweenTwoProgramsIsObeyedAtOnce() {
        var supervision = serving(Self.good)
        _ = send(.ended(.exited(1)), &supervision, 10)
        #expect(send(.signal(.hangUp), &supervision, 10.5) == [])
        #expect(send(.signal(.terminate), &supervision, 10.5) == [.leave(status: 0)])
    }

    @Test func aProgramThatEndsWellByItselfIsNotStartedAgain() {
        var supervision = serving(Self.good)
        #expect(send(.ended(.exited(0)), &supervision, 10) == [.leave(status: 0)])
    }

    @Test(arguments: [SupervisedSignal.hangUp, .user1, .user2]) func otherSignalsReachAProgramThatServesAndNoOther(
        _ signal: SupervisedSignal
    ) {
        var proving = started(Self.new)
        #expect(send(.signal(signal), &proving, 1) == [])
        var serving = serving(Self.good)
        #expect(send(.signal(signal), &serving, 10) == [.pass(signal)])
        #expect(serving.deadline == nil)
    }

    @Test func aTrialThatIsEndedFromOutsideDoesNotFallBackNow() {
        var supervision = started(Self.new)
        #expect(send(.signal(.terminate), &supervision, 1) == [.pass(.terminate)])
        #expect(send(.ended(.killed(by: 15)), &supervision, 1) == [.leave(status: 143)])
    }
}
