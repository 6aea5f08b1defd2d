import NIOCore
import Testing

@testable import SNMP

struct RequestTableTests {
    private let card = PeerAddress(ipv4: 0x0A00_0001, port: 161)
    private let other = PeerAddress(ipv4: 0x0A00_0002, port: 161)
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private let retry = RetryPolicy(timeout: .seconds(1), retries: 2)

    /// A table in which a request to the card is under way with the id 1, and others wait behind it.
    private func table(capacity: Int = 10, waiting: [String] = []) -> RequestTable<String> {
        var table = RequestTable<String>(capacity: capacity)
        #expect(table.submitted("first", id: 1, to: card, retry: retry, now: start) == .start)
        for request in waiting { #expect(table.submitted(request, id: 99, to: card, retry: retry, now: start) == .wait) }
        return table
    }

    @Test func matchesPeerPortAndID() {
        let table = table()
        #expect(table.request(from: card, id: 1) == "first")
        #expect(table.request(from: card, id: 2) == nil)
        #expect(table.request(from: other, id: 1) == nil)
        #expect(table.request(from: PeerAddress(ipv4: 0x0A00_0001, port: 162), id: 1) == nil)
    }

    @Test func aDuplicateResponseFindsNothing() {
        var table = table()
        #expect(table.completed(card, nextID: 2, now: start).ended == "first")
        #expect(table.request(from: card, id: 1) == nil)
        #expect(table.completed(card, nextID: 3, now: start).ended == nil)
        #expect(table.count == 0)
        #expect(table.nextDeadline() == nil)
    }

    @Test func anAgentIsAskedInOrderOneAfterTheOther() {
        var table = table(waiting: ["second", "third"])
        let next = table.completed(card, nextID: 2, now: start + .seconds(5))
        #expect(next.ended == "first")
        #expect(next.next?.request == "second")
        #expect(table.request(from: card, id: 2) == "second")
        #expect(table.nextDeadline() == start + .seconds(6))
        #expect(table.completed(card, nextID: 3, now: start).next?.request == "third")
        #expect(table.completed(card, nextID: 4, now: start).next == nil)
    }

    @Test func agentsDoNotWaitForEachOther() {
        var table = table()
        #expect(table.submitted("elsewhere", id: 7, to: other, retry: retry, now: start) == .start)
        #expect(table.request(from: other, id: 7) == "elsewhere")
        #expect(table.request(from: card, id: 1) == "first")
    }

    @Test func waitsLongerAfterEachAttemptThenFails() {
        var table = table()
        #expect(table.deadlineReached(now: start + .milliseconds(999), jitter: 0).isNone)
        #expect(table.deadlineReached(now: start + .seconds(1), jitter: 0).resent == 2)
        #expect(table.deadlineReached(now: start + .seconds(1), jitter: 0).isNone)
        #expect(table.nextDeadline() == start + .seconds(3))
        #expect(table.deadlineReached(now: start + .seconds(3), jitter: 0).resent == 3)
        #expect(table.nextDeadline() == start + .seconds(6))
        #expect(table.deadlineReached(now: start + .seconds(6), jitter: 0).failedAttempts == 3)
        #expect(table.completed(card, nextID: 2, now: start).ended == "first")
        #expect(table.nextDeadline() == nil)
    }

    @Test(arguments: [(-1.0, 1800), (1.0, 2200), (0.5, 2100), (9.0, 2200)])
    func repeatedAttemptsAreSpread(_ jitter: Double, _ wait: Int64) {
        var table = table()
        _ = table.deadlineReached(now: start + .seconds(1), jitter: jitter)
        #expect(table.nextDeadline() == start + .seconds(1) + .milliseconds(wait))
    }

    @Test func aFailureStartsTheNextRequest() {
        var table = table(waiting: ["second"])
        for seconds in [1, 3, 6] { _ = table.deadlineReached(now: start + .seconds(Int64(seconds)), jitter: 0) }
        let next = table.completed(card, nextID: 2, now: start + .seconds(6))
        #expect(next.next?.request == "second")
        #expect(table.nextDeadline() == start + .seconds(7))
    }

    @Test func aResponseToAnyAttemptCounts() {
        var table = table()
        _ = table.deadlineReached(now: start + .seconds(1), jitter: 0)
        #expect(table.request(from: card, id: 1) == "first")
        _ = table.completed(card, nextID: 2, now: start + .seconds(2))
        #expect(table.deadlineReached(now: start + .seconds(10), jitter: 0).isNone)
    }

    @Test func askedAnewItHasAnotherIDAndAllAttempts() {
        var table = table()
        _ = table.deadlineReached(now: start + .seconds(1), jitter: 0)
        table.askedAnew(card, id: 5, isLast: false, now: start + .seconds(2))
        #expect(table.request(from: card, id: 1) == nil)
        #expect(table.request(from: card, id: 5) == "first")
        #expect(table.nextDeadline() == start + .seconds(3))
        #expect(table.deadlineReached(now: start + .seconds(3), jitter: 0).resent == 2)
    }

    @Test func askedAnewAtItsEndItHasOneAttempt() {
        var table = table()
        table.askedAnew(card, id: 5, isLast: true, now: start)
        #expect(table.deadlineReached(now: start + .seconds(1), jitter: 0).failedAttempts == 3)
    }

    @Test func forgetsAWaitingRequest() {
        var table = table(waiting: ["second", "third"])
        let cancelled = table.cancel(card) { $0 == "second" }
        #expect(cancelled?.request == "second")
        #expect(cancelled?.wasUnderWay == false)
        #expect(table.count == 2)
        #expect(table.completed(card, nextID: 2, now: start).next?.request == "third")
    }

    @Test func tellsThatACancelledRequestWasUnderWay() {
        var table = table(waiting: ["second"])
        let cancelled = table.cancel(card) { $0 == "first" }
        #expect(cancelled?.wasUnderWay == true)
        #expect(table.completed(card, nextID: 2, now: start).next?.request == "second")
        let late = table.cancel(card) { $0 == "first" }
        let elsewhere = table.cancel(other) { _ in true }
        #expect(late == nil && elsewhere == nil)
    }

    @Test func refusesWhatIsTooMuch() {
        var table = table(capacity: 2, waiting: ["second"])
        #expect(table.submitted("third", id: 3, to: other, retry: retry, now: start) == .refuse)
        _ = table.completed(card, nextID: 2, now: start)
        #expect(table.submitted("third", id: 3, to: other, retry: retry, now: start) == .start)
    }

    @Test func servesDeadlinesInOrderWhateverTheTimeouts() {
        var table = RequestTable<Int>(capacity: 100)
        var random = LinearCongruence(state: 5)
        for timeout in (1...60).shuffled(using: &random) {
            let retry = RetryPolicy(timeout: .seconds(Int64(timeout)), retries: 0)
            _ = table.submitted(timeout, id: 1, to: PeerAddress(ipv4: UInt32(timeout), port: 161), retry: retry, now: start)
        }
        var failed: [Int] = []
        while case .fail(let timeout, let peer, _) = table.deadlineReached(now: start + .seconds(100), jitter: 0) {
            failed.append(timeout)
            _ = table.completed(peer, nextID: 2, now: start)
        }
        #expect(failed == Array(1...60))
    }

    @Test func deadlinesOfCompletedRequestsDoNotPileUp() {
        var table = RequestTable<Int>(capacity: 10)
        for id in 0..<20_000 as Range<Int32> {
            _ = table.submitted(0, id: id, to: card, retry: retry, now: start + .nanoseconds(Int64(id)))
            _ = table.completed(card, nextID: id, now: start)
        }
        #expect(table.pendingDeadlines <= 1025)
    }

    @Test func idleAgentsAreForgottenAndBusyOnesAreNot() {
        var table = RequestTable<Int>(capacity: 2)
        _ = table.submitted(0, id: 1, to: card, retry: retry, now: start)
        for number in 1...100 as ClosedRange<UInt32> {
            let peer = PeerAddress(ipv4: 0x0B00_0000 + number, port: 161)
            #expect(table.submitted(1, id: 2, to: peer, retry: retry, now: start) == .start)
            #expect(table.completed(peer, nextID: 3, now: start).ended == 1)
        }
        #expect(table.request(from: card, id: 1) == 0)
        #expect(table.deadlineReached(now: start + .seconds(1), jitter: 0).resent == 2)
    }

    @Test func endsAllRequests() {
        var table = table(waiting: ["second"])
        _ = table.submitted("elsewhere", id: 7, to: other, retry: retry, now: start)
        #expect(Set(table.cancelAll()) == ["first", "second", "elsewhere"])
        #expect(table.count == 0)
        #expect(table.nextDeadline() == nil)
    }
}

extension RequestTable.DeadlineAction {
    fileprivate var resent: Int? { if case .resend(_, _, _, let attempt) = self { attempt } else { nil } }
    fileprivate var failedAttempts: Int? { if case .fail(_, _, let attempts) = self { attempts } else { nil } }
    fileprivate var isNone: Bool { if case .none = self { true } else { false } }
}
