import FoundationEssentials
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import FleetServer

struct NotificationServiceTests {
    private func service(_ bench: NotificationBench, _ channels: [String: ScriptedChannel]) -> NotificationService {
        NotificationService(
            intake: bench.intake, queue: bench.queue, archive: bench.archive,
            pool: ChannelPool(store: bench.channels) { record in
                guard let channel = channels[record.name] else { throw Problem.notFound("channel") }
                return channel
            }, leases: LeaseStore(database: bench.database, owner: "test"), hub: EventHub(), time: { bench.clock.time },
            logger: Logger(label: "test"))
    }

    private func running(_ service: NotificationService, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await service.run() }
            try await body()
            group.cancelAll()
        }
    }

    private func eventually(_ condition: () async throws -> Bool) async throws {
        for _ in 0..<500 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it did not come to that within 10 s")
    }

    @Test func aDeadChannelDelaysNoOther() async throws {
        let bench = try NotificationBench()
        try await bench.channel("dead")
        try await bench.channel("alive")
        let (dead, alive) = (ScriptedChannel(.failed("down")), ScriptedChannel())
        for index in 1...20 { try await bench.tell("message \(index)") }
        try await running(service(bench, ["dead": dead, "alive": alive])) {
            try await eventually { alive.titles.count == 20 }
        }
        // It rests after its first failure; the other's order is kept.
        #expect(dead.titles == ["message 1"])
        #expect(alive.titles == (1...20).map { "message \($0)" })
    }

    @Test func sendsAfterARestartWhatTheFarEndHasNotTaken() async throws {
        let bench = try NotificationBench()
        try await bench.channel("a")
        let channel = ScriptedChannel(.failed("down"))
        try await bench.tell("one")
        try await running(service(bench, ["a": channel])) { try await eventually { try await bench.fates() == ["waiting retry"] } }
        channel.answers(.delivered("ok"))
        bench.clock.pass(5)
        try await running(service(bench, ["a": channel])) { try await eventually { try await bench.fates() == ["delivered"] } }
        let ids = Set(channel.told.withLock { $0.map(\.messageId) })
        #expect(channel.titles == ["one", "one"])
        #expect(ids.count == 1)
    }

    @Test func whatWaitsForAChannelThatCanNotBeMadeSaysSo() async throws {
        let bench = try NotificationBench()
        try await bench.channel("a")
        try await bench.tell("one")
        let channel = ScriptedChannel()
        try await running(service(bench, [:])) { try await eventually { try await bench.fates() == ["waiting retry"] } }
        let shown = try await bench.archive.deliveries(.init(), before: nil, limit: 10)
        #expect(shown.first?.answer == "The channel can't be used: There is no channel.")
        bench.clock.pass(5)
        try await running(service(bench, ["a": channel])) { try await eventually { try await bench.fates() == ["delivered"] } }
        #expect(channel.titles == ["one"])
    }

    @Test func leavesTheWorkToTheServerThatHoldsTheLease() async throws {
        let bench = try NotificationBench()
        try await bench.channel("a")
        let channel = ScriptedChannel()
        let other = LeaseStore(database: bench.database, owner: "other")
        #expect(try await other.claim(NotificationService.lease, for: 15, now: bench.clock.time.steady))
        try await bench.tell("one")
        let service = service(bench, ["a": channel])
        try await running(service) {
            try await Task.sleep(for: .seconds(2))
            #expect(channel.titles.isEmpty)
            bench.clock.pass(16)
            try await eventually { channel.titles == ["one"] }
        }
    }
}
