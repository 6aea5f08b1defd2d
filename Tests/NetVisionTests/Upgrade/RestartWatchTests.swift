import PowerDevice
import Testing

@testable import NetVision

@Suite struct RestartWatchTests {
    private static let before = CardInspection(version: "8.40", uptime: 1000, state: DeviceState(isCommunicating: true))

    private func watch(
        before: CardInspection? = before, fromVersion: String? = "8.40", expected: String? = "8.41", bootsOnce: Bool = true
    ) -> RestartWatch {
        RestartWatch(before: before, fromVersion: fromVersion, expected: expected, bootsOnce: bootsOnce, recent: 300)
    }

    @Test func restartedOnceTheExpectedVersionAnswers() {
        var watch = watch()
        #expect(watch.answered(version: "8.40", uptime: 1001) == .wait)
        watch.heardNothing()
        #expect(watch.answered(version: "8.41", uptime: 1) == .restarted)
    }

    @Test func expectedVersionCountsWithoutAnUptime() {
        var watch = watch()
        #expect(watch.answered(version: "8.41.0", uptime: nil) == .restarted)
    }

    @Test func lostDatagramsAreNoRestart() {
        var watch = watch()
        watch.heardNothing()
        watch.heardNothing()
        #expect(watch.answered(version: "8.40", uptime: 1004) == .wait)
        #expect(watch.failure(isOnLAN: true) == .neverRestarted(version: "8.40"))
    }

    @Test func silenceCountsWhereTheCardTellsNoUptime() {
        var watch = watch(before: CardInspection(version: nil, uptime: nil, state: DeviceState(isCommunicating: true)), expected: nil)
        #expect(watch.answered(version: nil, uptime: nil) == .wait)
        watch.heardNothing()
        #expect(watch.answered(version: nil, uptime: nil) == .restarted)
    }

    @Test func oldVersionAfterTheRestartIsFinalForACardAgent() {
        var watch = watch()
        #expect(watch.answered(version: "8.40", uptime: 2) == .failed(.wrongVersion(expected: "8.41", found: "8.40")))
    }

    @Test func realCardMayStillBeOnItsWayToTheNewVersion() {
        var watch = watch(bootsOnce: false)
        #expect(watch.answered(version: "8.40", uptime: 2) == .restarted)
    }

    @Test func sameVersionAgainNeedsARestart() {
        var watch = watch(expected: "8.40")
        #expect(watch.answered(version: "8.40", uptime: 1001) == .wait)
        #expect(watch.answered(version: "8.40", uptime: 3) == .restarted)
    }

    @Test func anyRestartWillDoForAnImageWithoutAVersion() {
        var watch = watch(expected: nil, bootsOnce: false)
        #expect(watch.answered(version: "8.40", uptime: 1001) == .wait)
        #expect(watch.answered(version: "8.40", uptime: 3) == .restarted)
    }

    @Test func shortUptimeCountsWhereNothingIsKnownFromBefore() {
        var recent = watch(before: nil)
        #expect(recent.answered(version: "8.40", uptime: 12) == .restarted)
        var old = watch(before: nil)
        #expect(old.answered(version: "8.40", uptime: 5000) == .wait)
        #expect(old.answered(version: "8.40", uptime: 2) == .restarted)
    }

    @Test func tellsWhereTheCardWasLost() {
        var watch = watch()
        watch.heardNothing()
        #expect(watch.failure(isOnLAN: false) == .neverCameBack)
        #expect(watch.failure(isOnLAN: true) == .agentSilent)
    }
}
