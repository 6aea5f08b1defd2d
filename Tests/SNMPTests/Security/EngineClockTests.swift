import NIOCore
import Testing

@testable import SNMP

struct EngineClockTests {
    static let start = NIODeadline.uptimeNanoseconds(5_000_000_000)
    static func after(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }
    let clock = EngineClock(boots: 4, startedAt: start)

    @Test func countsSecondsSinceItsStart() {
        #expect(clock.reading(at: Self.start) == EngineTime(boots: 4, time: 0))
        #expect(clock.reading(at: Self.start + .milliseconds(1999)) == EngineTime(boots: 4, time: 1))
        #expect(clock.reading(at: Self.after(86_400)) == EngineTime(boots: 4, time: 86_400))
        #expect(clock.reading(at: Self.after(-3)) == EngineTime(boots: 4, time: 0))
    }

    @Test func startsOverAfter68Years() {
        #expect(clock.reading(at: Self.after(2_147_483_646)) == EngineTime(boots: 4, time: .max - 1))
        #expect(clock.reading(at: Self.after(2_147_483_647)) == EngineTime(boots: 5, time: 0))
    }

    @Test func acceptsAWindowOf150Seconds() {
        let now = Self.after(1000)
        for (time, isFresh) in [(849, false), (850, true), (1000, true), (1150, true), (1151, false), (Int32.max, false)] as [(Int32, Bool)]
        {
            #expect(clock.accepts(EngineTime(boots: 4, time: time), now: now) == isFresh)
        }
        #expect(!clock.accepts(EngineTime(boots: 3, time: 1000), now: now))
        #expect(!clock.accepts(EngineTime(boots: 5, time: 1000), now: now))
    }

    @Test func acceptsNothingOnceItsBootsAreUsedUp() {
        let latched = EngineClock(boots: .max, startedAt: Self.start)
        #expect(!latched.accepts(EngineTime(boots: .max, time: 0), now: Self.start))
        #expect(EngineClock(boots: -7, startedAt: Self.start).boots == 1)
    }
}
