import FoundationEssentials
import HTTPTypes
import NetVision
import Testing

@testable import FleetServer

struct DiscoveryStoreTests {
    private let now = InventoryStores.now

    private func start(_ store: DiscoveryStore) async throws -> Int64 {
        try await store.start(methods: [.snmp], ranges: ["10.0.0.0/24"], accept: false, now: now).id
    }

    @Test func oldSearchesAreForgottenWithWhatTheyHaveFound() async throws {
        let bench = try SearchBench()
        let store = bench.discoveries
        let schedule = DiscoverySchedule(id: 0, name: "yearly", search: .init(), minutes: 60, isEnabled: true, nextAt: now)
        let schedules = ScheduleStore(database: bench.stores.database)
        let scheduled = try await start(store)
        try await schedules.note(scheduled, of: try await schedules.add(schedule))
        let running = try await start(store)
        let old = try await start(store)
        _ = try await store.note(InventoryStores.finding("10.0.0.1"), in: old, state: .new, card: nil)
        for id in [scheduled, old] { try await store.finish(id, state: .done, error: nil, now: now) }
        var last = old
        for _ in 0...DiscoveryStore.capacity {
            last = try await start(store)
            try await store.finish(last, state: .done, error: nil, now: now)
        }
        let left = try await store.discoveries(before: nil, limit: 100).map(\.id)
        #expect(left.contains(scheduled) && left.contains(running) && !left.contains(old) && left.first == last)
        #expect(left.count == Int(DiscoveryStore.capacity) + 2)
        #expect(try await store.count(of: old) == 0)
    }

    @Test func whatIsFoundAgainReplacesWhatWasNoted() async throws {
        let store = try SearchBench().discoveries
        let id = try await start(store)
        let first = try await store.note(InventoryStores.finding("10.0.0.1"), in: id, state: .new, card: nil)
        let second = try await store.note(InventoryStores.finding("10.0.0.2"), in: id, state: .new, card: nil)
        #expect([first.number, second.number] == [1, 2])
        _ = try await store.note(InventoryStores.finding("10.0.0.1", serial: "P1"), in: id, number: 1, state: .accepted, card: 7)
        let cards = try await store.cards(of: id, after: nil, limit: 10)
        #expect(cards.map(\.finding.identity.serial) == ["P1", nil] && cards.map(\.state) == [.accepted, .new] && cards[0].card == 7)
        #expect(try await store.count(of: id) == 2)
    }

    @Test func aServerThatStartsFailsItsOwnSearchesAndThoseThatAreNobodys() async throws {
        let bench = try SearchBench(owner: "a")
        let (first, second) = (bench.discoveries, bench.store(of: "b"))
        try await first.failInterrupted(now: now)
        let mine = try await start(first)
        try await second.failInterrupted(now: now)
        try await second.giveSignOfLife(now: now)
        #expect(try await second.discovery(mine)?.state == .running)
        try await first.leave()
        try await second.giveSignOfLife(now: now)
        #expect(try await second.discovery(mine)?.state == .failed)
        let another = try await start(first)
        try await first.failInterrupted(now: now)
        #expect(try await first.discovery(another)?.error == "The server was stopped.")
    }

    @Test func aSearchEndsOnce() async throws {
        let store = try SearchBench().discoveries
        let id = try await start(store)
        try await store.finish(id, state: .cancelled, error: nil, now: now)
        try await store.finish(id, state: .done, error: nil, now: now)
        #expect(try await store.discovery(id)?.state == .cancelled)
    }

    @Test(arguments: ["-9223372036854775808", "9223372036854775807", "0", "1", "x"]) func noNumberIsTooOddForAFoundCard(
        number: String
    ) async throws {
        try await withFleet { fleet in
            let started = try await fleet.call(.post, "discoveries", #"{"methods": ["snmp"], "ranges": ["127.0.0.1"]}"#)
            #expect(started.status == 202)
            #expect(try await fleet.call(.post, "discoveries/1/cards/\(number)/accept").status == 404)
        }
    }
}
