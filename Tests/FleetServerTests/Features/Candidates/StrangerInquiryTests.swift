import FoundationEssentials
import NetVision
import Testing

@testable import FleetServer

@Suite(.timeLimit(.minutes(1))) struct StrangerInquiryTests {
    /// Runs an inquiry; `body` gets the addresses that are asked, none of which answers.
    private func running(_ heard: [String], _ body: (AsyncStream<String>) async throws -> Void) async throws {
        let stores = try InventoryStores()
        let (asked, asks) = AsyncStream.makeStream(of: String.self)
        let inquiry = StrangerInquiry(
            identify: { address in
                asks.yield(address)
                // Until it is cancelled.
                try await Task.sleep(for: .seconds(3600))
                return nil
            }, intake: stores.intake, logger: PolledFleet.logger)
        for address in heard { inquiry.heard(from: address) }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await inquiry.run() }
            try await body(asked)
            tasks.cancelAll()
        }
    }

    /// Those who are asked together at first.
    private func first(_ asked: AsyncStream<String>) async -> Set<String> {
        var seen: Set<String> = []
        for await address in asked where seen.insert(address).inserted && seen.count == StrangerInquiry.concurrency { break }
        return seen
    }

    @Test func whoDoesNotAnswerKeepsNobodyWaiting() async throws {
        let heard = (1...StrangerInquiry.concurrency).map { "10.0.0.\($0)" }
        try await running(heard) { asked in
            let seen = await first(asked)
            #expect(seen == Set(heard))
        }
    }

    @Test func theOldestGivesWayToTheNewcomer() async throws {
        let heard = (0...StrangerInquiry.capacity).map { "10.0.\($0 / 250).\($0 % 250)" }
        try await running(heard) { asked in
            let seen = await first(asked)
            #expect(seen == Set(heard[1...StrangerInquiry.concurrency]))
        }
    }
}

struct RecentSendersTests {
    @Test func aSenderIsNewOnceInAWhile() {
        var recent = RecentSenders()
        let answers = [0, 1, RecentSenders.memory - 1, RecentSenders.memory, RecentSenders.memory + 1].map {
            recent.heard("10.0.0.1", now: $0)
        }
        #expect(answers == [true, false, false, true, false])
    }

    @Test func ofTooManyTheOldestAreForgotten() {
        var recent = RecentSenders()
        for number in 0...RecentSenders.capacity { _ = recent.heard("\(number)", now: Double(number) / 1e6) }
        let (newest, second, oldest) = (
            recent.heard("\(RecentSenders.capacity)", now: 1), recent.heard("1", now: 1), recent.heard("0", now: 1)
        )
        #expect([newest, second, oldest] == [false, false, true])
    }

    @Test func whoIsForgottenIsNew() {
        var recent = RecentSenders()
        _ = recent.heard("10.0.0.1", now: 0)
        recent.forget("10.0.0.1")
        let again = recent.heard("10.0.0.1", now: 1)
        // The first time's end does not end the second.
        _ = recent.heard("10.0.0.2", now: RecentSenders.memory)
        let third = recent.heard("10.0.0.1", now: RecentSenders.memory)
        #expect(again && !third)
    }
}
