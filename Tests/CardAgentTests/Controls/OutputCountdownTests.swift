import PowerDevice
import Testing

@testable import CardAgent

@Suite struct OutputCountdownTests {
    @Test func aTimerEndsOnceWithItsControl() {
        let countdown = OutputCountdown()
        #expect(countdown.remaining(.shutdown, uptime: 0) == -1)
        countdown.start(.shutdown, seconds: 30, uptime: 100, then: .standbyOn)
        #expect(countdown.remaining(.shutdown, uptime: 110) == 20)
        #expect(countdown.due(uptime: 129).isEmpty)
        #expect(countdown.due(uptime: 131) == [.standbyOn])
        #expect(countdown.due(uptime: 132).isEmpty)
        #expect(countdown.remaining(.shutdown, uptime: 132) == -1)
    }

    @Test func whatTheUPSCountsIsShownAndNotOrdered() {
        let countdown = OutputCountdown()
        countdown.start(.reboot, seconds: 60, uptime: 0, then: nil)
        #expect(countdown.isUPSCounting(.reboot))
        #expect(countdown.remaining(.reboot, uptime: 1) == 59)
        #expect(countdown.due(uptime: 60).isEmpty)
        #expect(!countdown.isUPSCounting(.reboot))
    }

    @Test func aTimerThatIsStoppedOrdersNothing() {
        let countdown = OutputCountdown()
        countdown.start(.startup, seconds: 5, uptime: 0, then: .standbyOff)
        countdown.stop(.startup)
        #expect(countdown.due(uptime: 10).isEmpty)
    }
}
