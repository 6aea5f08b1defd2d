import Testing

@testable import Modbus

@Suite(.timeLimit(.minutes(1))) struct RequestQueueTests {
    @Test func passesFromOneTaskToTheNext() async {
        let queue = RequestQueue()
        #expect(await queue.take())
        async let second = queue.take()
        queue.giveBack()
        #expect(await second)
        queue.giveBack()
        #expect(await queue.take())
    }

    @Test func aCancelledTaskGetsNothingAndBlocksNobody() async {
        let queue = RequestQueue()
        #expect(await queue.take())
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await queue.take() }
            group.cancelAll()
            for await taken in group { #expect(!taken) }
        }
        queue.giveBack()
        #expect(await queue.take())
    }
}
