import Crypto
import FoundationEssentials
import Testing

@testable import FleetServer

/// Two servers on one database.
struct IdempotencyStoreTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func isFirst(_ store: IdempotencyStore, _ key: String) async throws -> Bool {
        if case .first = try await store.begin(key: key, user: 1, fingerprint: [1], now: now) { true } else { false }
    }

    @Test func aServerThatStartsForgetsWhatItHadUnderWayItself() async throws {
        let (database, secrets) = (try FleetDatabase.forTests(), SecretBox(key: SymmetricKey(size: .bits256)))
        let own = IdempotencyStore(database: database, secrets: secrets, owner: "own")
        let other = IdempotencyStore(database: database, secrets: secrets, owner: "other")
        let first = try await isFirst(own, "k1")
        #expect(first)
        try await other.forgetInterrupted()
        let again = try await isFirst(own, "k1")
        #expect(!again, "the other server knows nothing of it")
        try await own.forgetInterrupted()
        let afterRestart = try await isFirst(own, "k1")
        #expect(afterRestart)
    }

    @Test func answersThatWereGivenStay() async throws {
        let own = IdempotencyStore(
            database: try FleetDatabase.forTests(), secrets: SecretBox(key: SymmetricKey(size: .bits256)), owner: "own")
        _ = try await isFirst(own, "k1")
        try await own.finish(key: "k1", user: 1, answer: RememberedAnswer(status: 201, contentType: nil, body: [1]))
        try await own.forgetInterrupted()
        guard case .replay(let answer) = try await own.begin(key: "k1", user: 1, fingerprint: [1], now: now) else {
            Issue.record("the answer is forgotten")
            return
        }
        #expect(answer.status == 201 && answer.body == [1])
    }
}
