import Testing

@testable import FleetServer

struct EventHubTests {
    @Test func everyWatcherGetsEveryEventInOrder() async throws {
        let hub = EventHub()
        let first = try #require(hub.watch())
        let second = try #require(hub.watch())
        for number in 1...3 { hub.publish(FleetEvent(kind: .card, data: "\(number)")) }
        hub.finish()
        for stream in [first, second] {
            var seen: [String] = []
            for await event in stream { seen.append("\(event.number):\(event.data)") }
            #expect(seen == ["1:1", "2:2", "3:3"])
        }
    }

    @Test func aWatcherThatFallsBehindIsCutOff() async throws {
        let hub = EventHub()
        let slow = try #require(hub.watch())
        for _ in 0...EventHub.backlog { hub.publish(FleetEvent(kind: .card, data: "{}")) }
        var count = 0
        for await _ in slow { count += 1 }
        #expect(count == EventHub.backlog)
        #expect(hub.watcherCount == 0)
    }

    @Test func refusesMoreWatchersThanItCanServe() {
        let hub = EventHub()
        let watchers = (0..<EventHub.maximumWatchers).compactMap { _ in hub.watch() }
        #expect(watchers.count == EventHub.maximumWatchers)
        #expect(hub.watch() == nil)
        hub.finish()
    }
}
