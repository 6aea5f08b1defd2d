import FoundationEssentials
import Logging
import NetVision
import Testing

@testable import FleetServer

@Suite(.timeLimit(.minutes(1))) struct DiscoveryRunnerTests {
    /// Hands on what is logged.
    private struct Ear: LogHandler {
        var metadata = Logger.Metadata()
        var logLevel = Logger.Level.error
        let heard: AsyncStream<String>.Continuation

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { heard.yield("\(event.message)") }
    }

    /// The state of the search in the first event that has it.
    private func isTold(_ state: Discovery.State, _ events: AsyncStream<FleetEvent>) async throws {
        _ = try await PolledFleet.events(events) { $1["item"]?["state"]?.string == state.rawValue }
    }

    private func running(_ runner: DiscoveryRunner, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await runner.run() }
            try await body()
            tasks.cancelAll()
        }
    }

    @Test func aStandingSearchOutlivesAnError() async throws {
        let bench = try SearchBench()
        let events = try #require(bench.hub.watch())
        let (errors, heard) = AsyncStream.makeStream(of: String.self)
        let logger = Logger(label: "test") { _ in Ear(heard: heard) }
        try await bench.perform("ALTER TABLE discovery RENAME TO away")
        let runner = bench.runner(standing: try SearchBench.short.get(), interval: .milliseconds(20), logger: logger)
        try await running(runner) {
            for await _ in errors { break }
            try await bench.perform("ALTER TABLE away RENAME TO discovery")
            try await isTold(.done, events)
        }
    }

    @Test func anEndThatCanNotBeStoredIsStoredLater() async throws {
        let bench = try SearchBench()
        let events = try #require(bench.hub.watch())
        let runner = bench.runner()
        let id = try await runner.start(try SearchBench.short.get()).id
        #expect(try await runner.isUnderWay(id))
        try await bench.perform("CREATE TRIGGER no_update BEFORE UPDATE ON discovery BEGIN SELECT RAISE(ABORT, 'full'); END")
        try await running(runner) {
            _ = try await PolledFleet.events(events) { kind, _ in kind == .discovery }
            #expect(try await bench.discoveries.discovery(id)?.state == .running)
            #expect(try await runner.isUnderWay(id) == false)
            try await bench.perform("DROP TRIGGER no_update")
            await runner.keepBooks()
            #expect(try await bench.discoveries.discovery(id)?.state == .done)
        }
    }

    @Test func aSearchIsEndedFromAnotherServer() async throws {
        let bench = try SearchBench()
        let events = try #require(bench.hub.watch())
        let here = bench.runner()
        let there = bench.runner(bench.store(of: "there"))
        let id = try await here.start(try SearchBench.long.get()).id
        #expect(try await there.isUnderWay(id))
        try await running(here) {
            try await isTold(.running, events)
            try await there.cancel(id)
            try await isTold(.cancelled, events)
            await here.keepBooks()
            let next = try await here.start(try SearchBench.short.get()).id
            _ = try await PolledFleet.events(events) { $1["discovery"]?.double == Double(next) && $1["item"]?["state"]?.string == "done" }
        }
        #expect(try await here.isUnderWay(id) == false)
    }

    @Test func aSearchThatIsEndedWhileItWaitsDoesNotBegin() async throws {
        let bench = try SearchBench()
        let events = try #require(bench.hub.watch())
        let runner = bench.runner()
        let id = try await runner.start(try SearchBench.long.get()).id
        try await bench.runner(bench.store(of: "there")).cancel(id)
        let next = try await runner.start(try SearchBench.short.get()).id
        try await running(runner) {
            _ = try await PolledFleet.events(events) { $1["discovery"]?.double == Double(next) && $1["item"]?["state"]?.string == "done" }
        }
        #expect(try await bench.discoveries.discovery(id)?.state == .cancelled)
    }
}
