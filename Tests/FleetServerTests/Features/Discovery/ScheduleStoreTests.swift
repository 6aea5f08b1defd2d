import FoundationEssentials
import Testing

@testable import FleetServer

struct ScheduleStoreTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    private func at(_ minutes: Double) -> Date { start.addingTimeInterval(minutes * 60) }

    @Test func whatIsDueIsTakenOnceAndPlannedAnew() async throws {
        let store = ScheduleStore(database: try FleetDatabase(inMemory: FleetSchema.migrations))
        let schedule = DiscoverySchedule(id: 0, name: "nightly", search: .init(), minutes: 60, isEnabled: true, nextAt: start)
        let id = try await store.add(schedule)
        #expect(try await store.takeDue(now: at(0)).map(\.id) == [id])
        #expect(try await store.takeDue(now: at(0)).isEmpty)
        #expect(try await store.schedule(id)?.nextAt == at(60))
        // The server was away for a day: one search, and then in step again.
        #expect(try await store.takeDue(now: at(24 * 60 + 5)).count == 1)
        #expect(try await store.schedule(id)?.nextAt == at(25 * 60))
    }

    @Test func whatIsSwitchedOffIsNotDue() async throws {
        let store = ScheduleStore(database: try FleetDatabase(inMemory: FleetSchema.migrations))
        _ = try await store.add(.init(id: 0, name: "off", search: .init(), minutes: 60, isEnabled: false, nextAt: start))
        #expect(try await store.takeDue(now: at(100)).isEmpty)
    }

    @Test func aClockThatIsSetBackDelaysNothing() async throws {
        let store = ScheduleStore(database: try FleetDatabase.forTests())
        _ = try await store.add(.init(id: 0, name: "hourly", search: .init(), minutes: 60, isEnabled: true, nextAt: at(10_000)))
        #expect(try await store.takeDue(now: at(10_000)).count == 1)
        #expect(try await store.takeDue(now: at(0)).count == 1)
        #expect(try await store.takeDue(now: at(59)).isEmpty)
        #expect(try await store.takeDue(now: at(60)).count == 1)
    }
}
