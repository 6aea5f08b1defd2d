import FoundationEssentials
import Testing

@testable import FleetServer

struct RemoteWriteQueueTests {
    private func batch(_ number: Int, bytes: Int = 10) -> RemoteWriteBatch {
        RemoteWriteBatch(
            body: [UInt8](repeating: UInt8(number), count: bytes), samples: number, oldest: Date(timeIntervalSince1970: Double(number)))
    }

    @Test func givesTheOldestFirstAndKeepsItUntilItIsThrough() {
        var queue = RemoteWriteQueue(capacity: 100)
        _ = queue.add(batch(1))
        _ = queue.add(batch(2))
        let first = queue.take()
        let none = queue.take()
        #expect(first == batch(1))
        #expect(none == nil, "one at a time")
        #expect((queue.samples, queue.bytes) == (3, 20))
        queue.putBack()
        let again = queue.take()
        #expect(again == batch(1))
        queue.finish()
        #expect((queue.samples, queue.bytes) == (2, 10))
        #expect(queue.oldest == Date(timeIntervalSince1970: 2))
        let second = queue.take()
        #expect(second == batch(2))
        queue.finish()
        #expect(queue.isEmpty)
        #expect(queue.oldest == nil)
        queue.finish()
        queue.putBack()
        #expect(queue.isEmpty)
    }

    @Test func losesTheOldestWhenItIsFullButNotTheOneUnderWay() {
        var queue = RemoteWriteQueue(capacity: 30)
        for number in 1...3 {
            let lost = queue.add(batch(number))
            #expect(lost == 0)
        }
        _ = queue.take()
        let lost = queue.add(batch(4))
        #expect(lost == 2)
        queue.finish()
        let next = queue.take()
        #expect(next == batch(3))
        queue.finish()
        let large = queue.add(batch(5, bytes: 1000))
        #expect(large == 4)
        #expect(queue.samples == 5, "one that is too large alone is still sent")
    }
}

struct RemoteWriteOutcomeTests {
    @Test(arguments: [
        (200, nil, RemoteWriteOutcome.accepted), (204, nil, .accepted),
        (400, nil, .refused("the far end answers 400: out of order")), (401, nil, .refused("the far end answers 401: out of order")),
        (302, nil, .refused("the far end answers 302: out of order")),
        (429, "7", .later("the far end answers 429: out of order", after: 7)),
        (503, "99999", .later("the far end answers 503: out of order", after: 300)),
        (500, "Wed, 21 Oct 2026 07:28:00 GMT", .later("the far end answers 500: out of order", after: nil)),
        (500, "-3", .later("the far end answers 500: out of order", after: 0)),
        (599, "nan", .later("the far end answers 599: out of order", after: nil)),
    ])
    func onlyWhatMayBetterItselfIsTriedAgain(_ status: Int, _ retryAfter: String?, _ outcome: RemoteWriteOutcome) {
        #expect(RemoteWriteOutcome(status: status, retryAfter: retryAfter, words: "out of order\nand more") == outcome)
    }

    @Test func waitsTwiceAsLongEachTimeAndAsLongAsItIsAskedTo() {
        var backOff = RemoteWriteBackOff()
        let waits = (0..<8).map { _ in backOff.failed(asked: nil) }
        #expect(waits == [0.5, 1, 2, 4, 8, 16, 30, 30])
        backOff.succeeded()
        let asked = backOff.failed(asked: 90)
        let after = backOff.failed(asked: 0)
        #expect((asked, after) == (90, 1))
    }
}
