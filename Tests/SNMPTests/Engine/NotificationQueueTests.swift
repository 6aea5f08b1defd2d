import NIOCore
import Testing

@testable import SNMP

struct NotificationQueueTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private static let interval = TimeAmount.seconds(5)

    private static func trap(_ number: UInt32, uptime: UInt32 = 0) -> SNMPNotification {
        SNMPNotification(("1.3.6.1.4.1.4555.1.1.7.2.0" as OID).appending(number), uptime: uptime)
    }

    private static func at(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

    /// The numbers of all that leaves now.
    private static func leaving(_ queue: inout NotificationQueue, at now: NIODeadline) -> [UInt32] {
        var numbers: [UInt32] = []
        while let next = queue.next(now: now) { numbers.append(UInt32(next.specificTrap ?? 0)) }
        return numbers
    }

    @Test func differentOnesFollowAtOnce() {
        var queue = NotificationQueue(capacity: 10, repeatInterval: Self.interval)
        for number in 1...5 as ClosedRange<UInt32> { #expect(queue.submitted(Self.trap(number), now: Self.start) == .queued) }
        #expect(Self.leaving(&queue, at: Self.start) == [1, 2, 3, 4, 5])
        #expect(queue.nextDeadline == nil)
    }

    @Test func anEqualOneWaitsForTheInterval() {
        var queue = NotificationQueue(capacity: 10, repeatInterval: Self.interval)
        _ = queue.submitted(Self.trap(1, uptime: 100), now: Self.at(0))
        #expect(Self.leaving(&queue, at: Self.at(0)) == [1])
        #expect(queue.submitted(Self.trap(1, uptime: 200), now: Self.at(1)) == .queued)
        #expect(queue.nextDeadline == Self.at(5))
        #expect(Self.leaving(&queue, at: Self.at(4)).isEmpty)
        #expect(queue.next(now: Self.at(5)) == Self.trap(1, uptime: 200))
        #expect(queue.nextDeadline == nil)
    }

    @Test func anEqualOneLeavesAtOnceWhenTheIntervalIsOver() {
        var queue = NotificationQueue(capacity: 10, repeatInterval: Self.interval)
        _ = queue.submitted(Self.trap(1), now: Self.at(0))
        #expect(Self.leaving(&queue, at: Self.at(0)) == [1])
        _ = queue.submitted(Self.trap(1), now: Self.at(5))
        #expect(Self.leaving(&queue, at: Self.at(5)) == [1])
    }

    @Test func differentOnesOvertakeTheOneThatWaits() {
        var queue = NotificationQueue(capacity: 10, repeatInterval: Self.interval)
        _ = queue.submitted(Self.trap(1), now: Self.at(0))
        #expect(Self.leaving(&queue, at: Self.at(0)) == [1])
        _ = queue.submitted(Self.trap(1), now: Self.at(1))
        _ = queue.submitted(Self.trap(2), now: Self.at(1))
        #expect(Self.leaving(&queue, at: Self.at(1)) == [2])
        #expect(Self.leaving(&queue, at: Self.at(5)) == [1])
    }

    @Test func theLastWordIsTheLast() {
        var queue = NotificationQueue(capacity: 10, repeatInterval: Self.interval)
        var sent: [UInt32] = []
        // Raised (1) and cleared (2) by turns, and raised in the end.
        for (second, number) in [1, 2, 1, 2, 1].enumerated() as EnumeratedSequence<[UInt32]> {
            _ = queue.submitted(Self.trap(number), now: Self.at(Int64(second)))
            sent += Self.leaving(&queue, at: Self.at(Int64(second)))
        }
        for second in 5...20 as ClosedRange<Int64> { sent += Self.leaving(&queue, at: Self.at(second)) }
        #expect(sent == [1, 2, 2, 1])
    }

    @Test func ofManyThatWaitOneIsSentAndTheOthersAreTold() {
        var queue = NotificationQueue(capacity: 10, repeatInterval: Self.interval)
        #expect(queue.submitted(Self.trap(1), now: Self.start) == .queued)
        for _ in 0..<1000 { #expect(queue.submitted(Self.trap(1), now: Self.start) == .merged) }
        #expect(queue.count == 1)
        #expect(Self.leaving(&queue, at: Self.start) == [1])
    }

    @Test func refusesWhatItHasNoRoomFor() {
        var queue = NotificationQueue(capacity: 3, repeatInterval: Self.interval)
        for number in 1...3 as ClosedRange<UInt32> { #expect(queue.submitted(Self.trap(number), now: Self.start) == .queued) }
        #expect(queue.submitted(Self.trap(4), now: Self.start) == .refused)
        #expect(queue.submitted(Self.trap(1), now: Self.start) == .merged)
        #expect(queue.removeAll() == 3)
        #expect(queue.submitted(Self.trap(4), now: Self.start) == .queued)
    }

    @Test func remembersNoMoreThanItsCapacity() {
        var queue = NotificationQueue(capacity: 3, repeatInterval: Self.interval)
        for number in 1...1000 as ClosedRange<UInt32> {
            _ = queue.submitted(Self.trap(number), now: Self.start)
            #expect(Self.leaving(&queue, at: Self.start) == [number])
            #expect(queue.remembered <= 3)
        }
        _ = queue.submitted(Self.trap(1000), now: Self.at(1))
        #expect(queue.nextDeadline == Self.at(5))
        _ = queue.submitted(Self.trap(1), now: Self.at(5))
        #expect(queue.remembered == 0)
    }

    @Test func withoutAnIntervalEverythingLeavesInOrder() {
        var queue = NotificationQueue(capacity: 10, repeatInterval: .zero)
        for number in [1, 1, 2, 1] as [UInt32] { #expect(queue.submitted(Self.trap(number), now: Self.start) == .queued) }
        #expect(Self.leaving(&queue, at: Self.start) == [1, 1, 2, 1])
        #expect(queue.remembered == 0)
    }
}
