import Testing

@testable import FleetServer

struct PollLooksTests {
    @Test func usualLooksArePauseless() {
        var looks = PollLooks()
        looks.last = 100
        #expect(looks.look(at: 100.05) == nil && looks.look(at: 104) == nil)
        #expect(!looks.isInterrupted(since: 100, now: 104))
    }

    @Test func whatWasUnderWayInAPauseIsInterrupted() {
        var looks = PollLooks()
        looks.last = 100
        #expect(looks.isInterrupted(since: 99.9, now: 160), "the poll ends before the first look")
        #expect(looks.look(at: 160.5) == 60.5)
        #expect(looks.isInterrupted(since: 99.9, now: 161), "and after it")
        #expect(!looks.isInterrupted(since: 160.5, now: 161))
    }
}
