import FoundationEssentials
import PowerDevice
import Testing

@testable import FleetServer

struct TelemetryStoreTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    private func store() throws -> TelemetryStore {
        try TelemetryStore.inMemory()
    }

    @Test func reducesToStepsAndLeavesGaps() async throws {
        let store = try store()
        let values: [(Double, Double)] = [(0, 10), (5, 20), (10, 30), (30, 40)]
        try await store.append(
            values.map { .init(card: 1, at: start.addingTimeInterval($0.0), readings: [.load: $0.1]) })
        let points = try await store.history(card: 1, variable: .load, from: start, to: start.addingTimeInterval(60), step: 10)
        #expect(points.map(\.avg) == [15, 30, 40])
        #expect(points.map(\.min) == [10, 30, 40])
        #expect(points.map(\.max) == [20, 30, 40])
        #expect(points.map { $0.at.timeIntervalSince(start) } == [0, 10, 30])
    }

    @Test func anAbsentValueIsNoPoint() async throws {
        let store = try store()
        try await store.append([
            .init(card: 1, at: start, readings: [.load: 10]), .init(card: 1, at: start.addingTimeInterval(10), readings: [:]),
            .init(card: 2, at: start, readings: [.load: 99]),
        ])
        let points = try await store.history(card: 1, variable: .load, from: start, to: start.addingTimeInterval(60), step: 1)
        #expect(points.map(\.avg) == [10])
        #expect(try await store.history(card: 1, variable: .power, from: start, to: start.addingTimeInterval(60), step: 1).isEmpty)
    }
}
