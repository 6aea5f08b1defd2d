import NIOCore
import NIOPosix
import Testing

@testable import CardAgent

@Suite(.timeLimit(.minutes(1))) struct DoorbellTests {
    private let loop = MultiThreadedEventLoopGroup.singleton.any()

    @Test func aSleepEndsByItself() async {
        await Doorbell().sleep(.milliseconds(5), on: loop)
        await Doorbell().sleep(.seconds(-1), on: loop)
    }

    @Test func aRingWakesWhoeverSleeps() async {
        let bell = Doorbell()
        await withTaskGroup { tasks in
            tasks.addTask { await bell.sleep(.hours(1), on: loop) }
            bell.ring()
        }
    }

    @Test func aRingWhileNobodySleepsEndsTheNextSleep() async {
        let bell = Doorbell()
        bell.ring()
        await bell.sleep(.hours(1), on: loop)
    }

    @Test func aCancelledTaskDoesNotSleep() async {
        let bell = Doorbell()
        await withTaskGroup { tasks in
            tasks.addTask { await bell.sleep(.hours(1), on: loop) }
            tasks.cancelAll()
        }
    }
}
