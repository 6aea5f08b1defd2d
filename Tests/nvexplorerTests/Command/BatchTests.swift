import ArgumentParser
import Testing

@testable import nvexplorer

@Suite struct BatchTests {
    private static let failure = CommandFailure(.unreachable, "No answer.")

    private func double(_ batch: Batch<String>) async throws -> Batch<String> {
        try await batch.each { text in
            if text == "b" { throw Self.failure }
            if text == "x" { throw CommandFailure(.refused, "Log in first.", isGeneral: true) }
            return text + text
        }
    }

    @Test func aFailureEndsNothingButItself() async throws {
        let batch = try await double(Batch(["a", "b", "c"]))
        #expect(batch.items == ["aa", "cc"])
        let report = BatchReport(batch)
        #expect(report.failures == [.init(name: "b", card: nil, error: "No answer.")])
        #expect(throws: CommandFailure(.failed, "")) { try batch.complain() }
        // What has failed is not tried again by the next step.
        #expect(try await double(batch).outcomes.map { $0.failure == nil } == [true, false, true])
    }

    @Test func oneAloneFailsWithItsOwnExitCode() async throws {
        let batch = try await double(Batch(["b"]))
        #expect(throws: CommandFailure(.unreachable, "")) { try batch.complain() }
        try await double(Batch(["a"])).complain()
    }

    @Test func whatWouldFailForAllIsTriedOnce() async throws {
        let batch = try await double(Batch(["a", "x", "c", "d"]))
        #expect(batch.items == ["aa"])
        #expect(batch.outcomes.map(\.isTried) == [true, true, false, false])
        #expect(BatchReport(batch).failures.map(\.name) == ["x", "c", "d"])
        #expect(throws: CommandFailure(.refused, "")) { try batch.complain() }
    }

    private static func card(_ id: Int, _ name: String) -> String {
        #"{"id":\#(id),"name":"\#(name)","address":"10.0.0.\#(id)","generation":"NV8","status":"normal"}"#
    }

    @Test func cardsAreTakenOnceAndWhoIsNoneFails() async throws {
        let rack = Self.card(7, "Rack 1")
        let script = APIScript([
            (200, rack), (200, #"{"items":[\#(rack)],"next":null}"#), (200, #"{"items":[],"next":null}"#), (200, Self.card(8, "Rack 2")),
        ])
        let batch = try await script.api().cards(["7", "Rack 1", "Rack 9", "8"])
        #expect(batch.items.map(\.id) == [7, 8])
        #expect(batch.outcomes.map(\.name) == ["Rack 1 (10.0.0.7)", "Rack 9", "Rack 2 (10.0.0.8)"])
        #expect(batch.outcomes[1].failure?.description.contains("There is no card \"Rack 9\"") == true)
    }

    @Test func programsFindEachCardOfAnOrder() async throws {
        let record = CardRecord(name: "Rack 1", address: "10.0.0.7", generation: "NV8", status: "normal")
        let batch = Batch<CardRecord>(outcomes: [
            .init(name: record.title, card: record, result: .success(record)),
            .init(name: record.title, card: record, result: .failure(Self.failure)), .init(name: "Rack 9", result: .failure(Self.failure)),
        ])
        let outcomes = OrderReport(batch.outcomes.map(OrderOutcome.init)).cards
        #expect(outcomes.map(\.done) == [true, false, false])
        #expect(outcomes.map(\.name) == ["Rack 1", "Rack 1", "Rack 9"])
        #expect(outcomes.map(\.error) == [nil, "No answer.", "No answer."])
        #expect(outcomes.map(\.address) == ["10.0.0.7", "10.0.0.7", nil])
    }
}
