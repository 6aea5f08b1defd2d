import NIOCore
import Testing

@testable import SNMP

struct RemoteClockTests {
    private func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(1_000 + seconds) }
    private func time(_ boots: Int32, _ time: Int32) -> EngineTime { EngineTime(boots: boots, time: time) }

    @Test func runsOnFromWhatTheEngineSaid() {
        var clock = RemoteClock()
        #expect(clock.reading(at: at(0)) == time(0, 0))
        #expect(clock.received(time(3, 100), now: at(0)) == true)
        #expect(clock.isKnown)
        #expect(clock.reading(at: at(50)) == time(3, 150))
        #expect(clock.reading(at: at(-50)) == time(3, 100))
    }

    @Test func aHintIsUsedUntilItIsKnownBetter() {
        var clock = RemoteClock()
        clock.presume(time(3, 100), now: at(0))
        #expect(!clock.isKnown)
        #expect(clock.reading(at: at(1)) == time(3, 101))
        clock.presume(time(2, 50), now: at(1))
        #expect(clock.reading(at: at(1)) == time(2, 50))
        // The hint was forged: the truth is older, and counts.
        #expect(clock.received(time(1, 10), now: at(2)) == true)
        clock.presume(time(9, 9), now: at(3))
        #expect(clock.reading(at: at(2)) == time(1, 10))
    }

    @Test func followsARestart() {
        var clock = RemoteClock()
        #expect(clock.received(time(3, 90_000), now: at(0)) == true)
        #expect(clock.received(time(4, 2), now: at(10)) == true)
        #expect(clock.reading(at: at(11)) == time(4, 3))
        // A message from before the restart, played again.
        #expect(clock.received(time(3, 90_005), now: at(11)) == false)
        #expect(clock.reading(at: at(11)) == time(4, 3))
    }

    @Test func refusesWhatIsOlderThan150Seconds() {
        var clock = RemoteClock()
        #expect(clock.received(time(3, 1000), now: at(0)) == true)
        #expect(clock.received(time(3, 1000), now: at(150)) == true)
        #expect(clock.received(time(3, 1000), now: at(151)) == false)
        #expect(clock.received(time(3, 900), now: at(151)) == false)
        #expect(clock.received(time(3, 999), now: at(0)) == true)
        // Later than anything before it, though behind our notion: the engine's clock is slow, and right.
        #expect(clock.received(time(3, 1001), now: at(400)) == true)
        #expect(clock.reading(at: at(400)) == time(3, 1001))
    }

    @Test func refusesAnEngineWhoseBootsAreUsedUp() {
        var clock = RemoteClock()
        #expect(clock.received(time(.max, 10), now: at(0)) == false)
        #expect(!clock.isKnown)
    }

    @Test func standsStillAtTheEndOfItsTime() {
        var clock = RemoteClock()
        #expect(clock.received(time(3, .max - 5), now: at(0)) == true)
        #expect(clock.reading(at: at(60)) == time(3, .max))
    }
}
