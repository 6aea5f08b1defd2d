import NIOCore
import Testing

@testable import SNMP

struct RequestTableTests {
    private let card: SocketAddress
    private let other: SocketAddress
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private let retry = RetryPolicy(timeout: .seconds(1), retries: 2)

    init() throws {
        card = try SocketAddress(ipAddress: "10.0.0.1", port: 161)
        other = try SocketAddress(ipAddress: "10.0.0.2", port: 161)
    }

    private func table(capacity: Int = 10, ids: [Int32] = [1]) -> RequestTable<String> {
        var table = RequestTable<String>(capacity: capacity)
        for id in ids {
            let action = table.submitted("request \(id)", id: id, to: card, version: .v2c, retry: retry, now: start)
            #expect(action == .send(deadline: start + .seconds(1)))
        }
        return table
    }

    private func response(_ id: Int32, _ kind: PDU.Kind = .response, _ version: SNMPVersion = .v2c) -> CommunityMessage {
        CommunityMessage(version, "public", PDU(kind, requestID: id))
    }

    @Test func completesWithTheResponseOfThePeer() {
        var table = table()
        #expect(table.received(response(1), from: card).completed == "request 1")
        #expect(table.count == 0)
        #expect(table.nextDeadline() == nil)
    }

    @Test func dropsADuplicateResponse() {
        var table = table()
        _ = table.received(response(1), from: card)
        #expect(table.received(response(1), from: card).dropped == .unknownRequest)
    }

    @Test func dropsWhatDoesNotMatch() {
        var table = table()
        #expect(table.received(response(2), from: card).dropped == .unknownRequest)
        #expect(table.received(response(1), from: other).dropped == .wrongPeer)
        #expect(table.received(response(1, .response, .v1), from: card).dropped == .wrongVersion)
        #expect(table.received(response(1, .get), from: card).dropped == .notAResponse)
        #expect(table.received(response(1, .trapV2), from: card).dropped == .notAResponse)
        #expect(table.count == 1)
        #expect(table.received(response(1), from: card).completed == "request 1")
    }

    @Test func matchesThePortOfThePeer() throws {
        var table = table()
        #expect(table.received(response(1), from: try SocketAddress(ipAddress: "10.0.0.1", port: 162)).dropped == .wrongPeer)
    }

    @Test func completesReorderedResponses() {
        var table = table(ids: [1, 2, 3])
        #expect([3, 1, 2].map { table.received(response($0), from: card).completed } == ["request 3", "request 1", "request 2"])
    }

    @Test func waitsLongerAfterEachAttemptThenFails() {
        var table = table()
        #expect(table.deadlineReached(now: start + .milliseconds(999)).isNone)
        #expect(table.deadlineReached(now: start + .seconds(1)).resent == "request 1")
        #expect(table.deadlineReached(now: start + .seconds(1)).isNone)
        #expect(table.nextDeadline() == start + .seconds(3))
        #expect(table.deadlineReached(now: start + .seconds(3)).resent == "request 1")
        #expect(table.nextDeadline() == start + .seconds(6))
        #expect(table.deadlineReached(now: start + .seconds(6)).failedAttempts == 3)
        #expect(table.nextDeadline() == nil)
    }

    @Test func aLateResponseToTheFirstAttemptCompletes() {
        var table = table()
        _ = table.deadlineReached(now: start + .seconds(1))
        #expect(table.received(response(1), from: card).completed == "request 1")
        #expect(table.deadlineReached(now: start + .seconds(10)).isNone)
    }

    @Test func aResponseAfterTheFailureIsDropped() {
        var table = table()
        for seconds in [1, 3, 6] { _ = table.deadlineReached(now: start + .seconds(Int64(seconds))) }
        #expect(table.received(response(1), from: card).dropped == .unknownRequest)
    }

    @Test func forgetsACancelledRequestOnce() {
        var table = table()
        #expect(table.cancel(1) == "request 1")
        #expect(table.cancel(1) == nil)
        #expect(table.received(response(1), from: card).dropped == .unknownRequest)
        #expect(table.deadlineReached(now: start + .seconds(10)).isNone)
    }

    @Test func refusesWhatIsTooMuchOrHasAnIDInUse() {
        var table = table(capacity: 2, ids: [1])
        #expect(table.submitted("again", id: 1, to: card, version: .v2c, retry: retry, now: start) == .refuse)
        #expect(table.submitted("second", id: 2, to: card, version: .v2c, retry: retry, now: start) != .refuse)
        #expect(table.submitted("third", id: 3, to: card, version: .v2c, retry: retry, now: start) == .refuse)
    }

    @Test func findsAnUnusedID() {
        let table = table(ids: [Int32.max, 0, 1])
        #expect(table.unusedID(from: .max) == 2)
        #expect(table.unusedID(from: 7) == 7)
        #expect(table.unusedID(from: -1) == 2)
    }

    @Test func servesDeadlinesInOrderWhateverTheTimeouts() {
        var table = RequestTable<Int>(capacity: 100)
        var random = LinearCongruence(state: 5)
        for (position, timeout) in (1...60).shuffled(using: &random).enumerated() {
            let retry = RetryPolicy(timeout: .seconds(Int64(timeout)), retries: 0)
            _ = table.submitted(timeout, id: Int32(position), to: card, version: .v1, retry: retry, now: start)
        }
        var failed: [Int] = []
        while case .fail(let timeout, _, _) = table.deadlineReached(now: start + .seconds(100)) { failed.append(timeout) }
        #expect(failed == Array(1...60))
    }

    @Test func deadlinesOfCompletedRequestsDoNotPileUp() {
        var table = RequestTable<Int>(capacity: 10)
        for id in 0..<100_000 as Range<Int32> {
            _ = table.submitted(0, id: id, to: card, version: .v2c, retry: retry, now: start)
            _ = table.received(response(id), from: card)
        }
        #expect(table.pendingDeadlines <= 66)
    }

    @Test func endsAllRequests() {
        var table = table(ids: [1, 2])
        #expect(Set(table.cancelAll()) == ["request 1", "request 2"])
        #expect(table.count == 0)
        #expect(table.nextDeadline() == nil)
    }
}

extension RequestTable.ReceivedAction {
    fileprivate var completed: Request? { if case .complete(let request) = self { request } else { nil } }
    fileprivate var dropped: SNMPDropReason? { if case .drop(let reason) = self { reason } else { nil } }
}

extension RequestTable.DeadlineAction {
    fileprivate var resent: Request? { if case .resend(let request, _) = self { request } else { nil } }
    fileprivate var failedAttempts: Int? { if case .fail(_, _, let attempts) = self { attempts } else { nil } }
    fileprivate var isNone: Bool { if case .none = self { true } else { false } }
}
