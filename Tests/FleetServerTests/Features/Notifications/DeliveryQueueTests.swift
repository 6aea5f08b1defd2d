import Alarming
import FoundationEssentials
import Testing

@testable import FleetServer

struct DeliveryQueueTests {
    @Test func takesEachTellOnceAndTellsAllChannels() async throws {
        let bench = try NotificationBench()
        let (first, second) = (try await bench.channel("a"), try await bench.channel("b"))
        try await bench.tell("one")
        try await bench.takeIn()
        try await bench.takeIn()
        #expect(try await bench.send(first) == ["one"])
        #expect(try await bench.send(second) == ["one"])
        #expect(try await bench.send(first) == [])
        #expect(try await bench.fates() == ["delivered", "delivered"])
    }

    @Test func showsWhatNoRouteIsFor() async throws {
        let bench = try NotificationBench()
        try await bench.channel("a")
        try await bench.tell("news", severity: "information")
        try await bench.takeIn()
        #expect(try await bench.fates() == ["suppressed noRoute"])
    }

    @Test func sendsWhatWasClaimedWhenTheServerDiedOnceMoreUnderTheSameId() async throws {
        let bench = try NotificationBench()
        let channel = try await bench.channel("a")
        try await bench.tell("one")
        try await bench.takeIn()
        let lost = try #require(try await bench.queue.claim(channel, bench.clock.time))
        #expect(try await bench.queue.claim(channel, bench.clock.time) == nil)
        try await bench.queue.takeOver(bench.clock.time)
        let again = try #require(try await bench.queue.claim(channel, bench.clock.time))
        #expect(again.message.messageId == lost.message.messageId)
        #expect(again.attempts == 2)
        // What the dead server's attempt has come to does not count any more.
        _ = try await bench.queue.finish(lost, .failed("late"), bench.clock.time)
        #expect(try await bench.fates() == ["sending"])
        _ = try await bench.queue.finish(again, .delivered("ok"), bench.clock.time)
        #expect(try await bench.fates() == ["delivered"])
    }

    @Test func keepsTheOrderWithinAnIncidentWhileAnAttemptIsRepeated() async throws {
        let bench = try NotificationBench()
        let channel = try await bench.channel("a")
        try await bench.openIncident(1)
        try await bench.openIncident(2)
        try await bench.tell("opened 1", incident: 1)
        try await bench.takeIn()
        #expect(try await bench.send(channel, .failed("down")) == ["opened 1"])
        try await bench.tell("changed 1", .changed, incident: 1)
        try await bench.tell("opened 2", incident: 2)
        try await bench.takeIn()
        let claim = try #require(try await bench.queue.claim(channel, bench.clock.time))
        #expect(claim.message.title == "opened 2")
        #expect(try await bench.queue.claim(channel, bench.clock.time) == nil)
        // Its success says that the far end is back: the first goes at once, and then what came after it.
        _ = try await bench.queue.finish(claim, .delivered("ok"), bench.clock.time)
        #expect(try await bench.send(channel) == ["opened 1", "changed 1"])
    }

    @Test func triesAgainLaterAndGivesUpWhatIsRefused() async throws {
        let bench = try NotificationBench()
        let channel = try await bench.channel("a")
        try await bench.tell("one")
        try await bench.takeIn()
        #expect(try await bench.send(channel, .refused("550 no")) == ["one"])
        #expect(try await bench.fates() == ["waiting refused"])
        for pause in [5.0, 15, 60, 300] {
            bench.clock.pass(pause - 1)
            #expect(try await bench.send(channel) == [], "\(pause)")
            bench.clock.pass(1)
            #expect(try await bench.send(channel, .refused("550 no")) == ["one"], "\(pause)")
        }
        #expect(try await bench.fates() == ["failed refused"])
        let id = try #require(try await bench.archive.deliveries(.init(), before: nil, limit: 1).first?.id)
        #expect(try await bench.archive.retry(id, bench.clock.time))
        #expect(try await !bench.archive.retry(id, bench.clock.time))
        #expect(try await bench.send(channel) == ["one"])
    }

    @Test func givesUpAfterADay() async throws {
        let bench = try NotificationBench()
        let channel = try await bench.channel("a")
        try await bench.tell("one")
        try await bench.takeIn()
        var attempts = 0
        while try await bench.send(channel, .failed("down")) == ["one"] {
            attempts += 1
            bench.clock.pass(900)
        }
        #expect(90...100 ~= attempts)
        #expect(try await bench.fates() == ["failed retry"])
    }

    @Test func escalatesUntilSomebodyAcknowledges() async throws {
        let bench = try NotificationBench()
        let (first, boss) = (try await bench.channel("a"), try await bench.channel("boss"))
        _ = try await bench.route("r", [first]) {
            $0.escalation = [.init(minutes: 5, channels: [boss]), .init(minutes: 10, channels: [boss])]
        }
        try await bench.openIncident(1)
        try await bench.tell("opened", incident: 1)
        try await bench.tell("changed", .changed, incident: 1)
        try await bench.takeIn()
        #expect(try await bench.send(first) == ["opened", "changed"])
        #expect(try await bench.send(boss) == [])
        bench.clock.pass(300)
        #expect(try await bench.send(boss) == ["Unacknowledged: opened"])
        try await bench.set("acknowledged_at", of: 1)
        bench.clock.pass(300)
        #expect(try await bench.send(boss) == [])
        #expect(try await bench.fates().contains("suppressed acknowledged"))
        try await bench.tell("ended", .ended, incident: 1)
        try await bench.takeIn()
        #expect(try await bench.send(first) == ["ended"])
        #expect(try await bench.send(boss) == ["ended"], "who was told of it is told of its end")
    }

    @Test func putsTogetherWhatQuietHoursHaveHeldBack() async throws {
        let bench = try NotificationBench()
        let channel = try await bench.channel("a")
        _ = try await bench.route("r", [channel]) { $0.quietHours = .init(hours: WeeklyHours(from: "11:00", to: "13:00")) }
        try await bench.tell("one")
        try await bench.tell("grave", severity: "critical")
        try await bench.takeIn()
        bench.clock.pass(60)
        try await bench.tell("two")
        try await bench.takeIn()
        #expect(try await bench.send(channel) == ["grave"])
        bench.clock.pass(3600)
        try await bench.takeIn()
        let claim = try #require(try await bench.queue.claim(channel, bench.clock.time))
        #expect(claim.message.kind == "digest")
        #expect(claim.message.text.contains("one") && claim.message.text.contains("two"))
        _ = try await bench.queue.finish(claim, .delivered("ok"), bench.clock.time)
        #expect(try await bench.fates().filter { $0.hasPrefix("digested") }.count == 2)
    }

    @Test func tellsAtTheEndOfAWindowWhatIsStillTheMatter() async throws {
        let bench = try NotificationBench()
        let channel = try await bench.channel("a")
        var window = MaintenanceWindow()
        window.sites = ["Bern"]
        window.until = Int64(bench.clock.time.wall.timeIntervalSince1970) + 600
        _ = try await bench.routing.add(NamedWindow(id: 0, name: "works", window: window))
        for incident in [Int64(1), 2] {
            try await bench.openIncident(incident)
            try await bench.tell("opened \(incident)", incident: incident)
        }
        try await bench.tell("changed 2", .changed, incident: 2)
        try await bench.takeIn()
        #expect(Set(try await bench.fates()) == ["suppressed maintenance: works"])
        try await bench.set("closed_at", of: 1)
        bench.clock.pass(600)
        try await bench.takeIn()
        try await bench.takeIn()
        #expect(try await bench.send(channel) == ["changed 2"])
        try await bench.tell("ended 1", .ended, incident: 1)
        try await bench.takeIn()
        #expect(try await bench.fates().last == "suppressed neverTold")
    }

    @Test func plansAnewWhatAClockThatWasAheadHasPlanned() async throws {
        let bench = try NotificationBench()
        let (first, boss) = (try await bench.channel("a"), try await bench.channel("boss"))
        _ = try await bench.route("r", [first]) { $0.escalation = [.init(minutes: 5, channels: [boss])] }
        try await bench.openIncident(1)
        try await bench.tell("opened", incident: 1)
        bench.clock.pass(365 * 86_400)
        try await bench.takeIn()
        bench.clock.pass(-365 * 86_400)
        try await bench.queue.takeOver(bench.clock.time)
        #expect(try await bench.send(first) == ["opened"])
        bench.clock.pass(299)
        #expect(try await bench.send(boss) == [])
        bench.clock.pass(1)
        #expect(try await bench.send(boss) == ["Unacknowledged: opened"])
    }

    /// What a lamp is put out by.
    @Test func anEndSaysHowMuchElseItsChannelWasToldOfTheSite() async throws {
        let bench = try NotificationBench()
        let channel = try await bench.channel("a")
        for incident: Int64 in 1...2 {
            try await bench.openIncident(incident)
            try await bench.tell("incident \(incident)", incident: incident)
        }
        try await bench.takeIn()
        // Nobody was told of this one.
        try await bench.openIncident(3)
        for incident: Int64 in 1...2 {
            try await bench.set("closed_at", of: incident)
            try await bench.tell("over \(incident)", .ended, incident: incident)
            try await bench.takeIn()
        }
        try await bench.send(channel)
        let messages = try await bench.archive.deliveries(.init(), before: nil, limit: 10).map(\.message)
        let remaining = Dictionary(messages.map { ($0.title, $0.remaining) }) { first, _ in first }
        #expect(remaining == ["incident 1": nil, "incident 2": nil, "over 1": 1, "over 2": 0])
    }

    @Test func sendsNothingOnAChannelThatIsSwitchedOff() async throws {
        let bench = try NotificationBench()
        let id = try await bench.channel("a")
        try await bench.tell("one")
        try await bench.takeIn()
        var channel = try #require(try await bench.channels.channel(id))
        #expect(channel.secrets == ["password": "secret"])
        channel.isEnabled = false
        try await bench.channels.change(channel)
        #expect(try await bench.send(id) == [])
        #expect(try await bench.fates() == ["suppressed channelDisabled"])
    }
}
