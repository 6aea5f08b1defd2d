import PowerDevice
import Synchronization
import Testing

@testable import CardAgent

@Suite struct CardClockTests {
    /// A machine whose clock the test sets.
    private final class Machine: Sendable {
        private let reading = Mutex(TimeSource.Reading(utc: 1_800_000_000, elapsed: 100))

        var source: TimeSource { TimeSource { [self] in reading.withLock { $0 } } }
        func pass(_ seconds: Int64) {
            reading.withLock {
                $0.utc += seconds
                $0.elapsed += seconds
            }
        }
        func jump(_ seconds: Int64) { reading.withLock { $0.utc += seconds } }
    }

    private let origin = ChangeOrigin(.snmp, by: "127.0.0.1")

    @Test func itGoesAsTheMachineDoesUntilItIsSet() throws {
        let machine = Machine()
        let clock = try CardClock(source: machine.source)
        #expect(clock.now == 1_800_000_000)
        try clock.set(utc: 1_700_000_000, by: origin)
        machine.pass(60)
        #expect(clock.now == 1_700_000_060)
        #expect(clock.reading == TimeSource.Reading(utc: 1_700_000_060, elapsed: 160))
        #expect(clock.text(clock.now) == "14/11/2023 22:14:20")
    }

    @Test func whatWasSetSurvivesARestart() throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        let machine = Machine()
        try CardClock(directory: scratch.path, source: machine.source).set(utc: 1_700_000_000, by: origin)
        machine.pass(3600)
        let again = try CardClock(directory: scratch.path, source: machine.source)
        #expect(again.now == 1_700_003_600)
        try StateFile.write("nonsense", to: "\(scratch.path)/clock")
        #expect(try CardClock(directory: scratch.path, source: machine.source).now == 1_800_003_600)
    }

    @Test func aLocalTimeIsSetByItsZone() throws {
        let paris = LocalTime(zone: try #require(CardTimeZone.numbered(31)), daylightSaving: .automatic)
        let clock = try CardClock(source: Machine().source) { paris }
        try clock.set(local: DeviceClock(year: 2026, month: 7, day: 1, hour: 12, minute: 0, second: 0), by: origin)
        #expect(clock.localNow.text == "01/07/2026 12:00:00")
        #expect(DeviceClock(seconds: clock.now).text == "01/07/2026 10:00:00")
        #expect(clock.localNow.weekday == 3)
    }

    @Test func whatIsNoDateIsRefused() throws {
        let clock = try CardClock(source: Machine().source)
        for instant in [Int64.min, 0, 946_684_799, 4_102_444_800, Int64.max] {
            #expect(throws: ClockProblem.self) { try clock.set(utc: instant, by: origin) }
        }
        let noDate = DeviceClock(year: 2026, month: 2, day: 30, hour: 0, minute: 0, second: 0)
        #expect(throws: ClockProblem.self) { try clock.set(local: noDate, by: origin) }
        #expect(clock.now == 1_800_000_000)
    }

    @Test func itTellsWhoHasSetItAndThatTheMachineHasJumped() throws {
        let machine = Machine()
        let clock = try CardClock(source: machine.source)
        let changes = Mutex<[ClockChange]>([])
        clock.onChange { change in changes.withLock { $0.append(change) } }
        clock.observe()
        machine.pass(3600)
        clock.observe()
        try clock.set(utc: 1_900_000_000, by: origin)
        machine.pass(1)
        clock.observe()
        machine.jump(-500)
        clock.observe()
        machine.pass(2)
        clock.observe()
        #expect(
            changes.withLock { $0 } == [
                ClockChange(cause: .user(origin), from: 1_800_003_600, to: 1_900_000_000),
                ClockChange(cause: .machine, from: 1_900_000_001, to: 1_899_999_501),
            ])
    }

    @Test func aSimulationThatRunsAheadTakesItAlong() {
        let host = TimeSource.host.reading()
        let ahead = TimeSource.host { 86_400 }.reading()
        #expect((86_400...86_402).contains(ahead.utc - host.utc))
        #expect((86_400...86_402).contains(ahead.elapsed - host.elapsed))
    }
}
