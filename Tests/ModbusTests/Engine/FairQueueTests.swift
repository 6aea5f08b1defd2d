import Testing

@testable import Modbus

struct FairQueueTests {
    @Test func takesOneOfEachClientHoweverMuchOneWaitsFor() {
        var queue = FairQueue<String, Int>()
        for number in 1...3 { queue.add(number, of: "greedy") }
        queue.add(10, of: "modest")
        queue.add(20, of: "late")
        var order: [Int] = []
        while let next = queue.next() { order.append(next) }
        #expect(order == [1, 10, 20, 2, 3])
        #expect(queue.isEmpty)
    }

    @Test func forgetsWhatIsFilteredOutAndItsTurn() {
        var queue = FairQueue<String, Int>()
        queue.add(1, of: "a")
        queue.add(2, of: "b")
        queue.filter { $0 == 2 }
        #expect(queue.count == 1)
        let next = queue.next()
        #expect(next == 2)
        #expect(queue.isEmpty)
    }

    @Test func changesTheFirstThatTakesTheChange() {
        var queue = FairQueue<String, Int>()
        queue.add(1, of: "a")
        queue.add(2, of: "b")
        let isChanged = queue.updateFirst { element in
            guard element == 2 else { return false }
            element = 7
            return true
        }
        #expect(isChanged)
        #expect(queue.contains("b") { $0 == 7 })
        let isFound = queue.updateFirst { _ in false }
        #expect(!isFound)
    }
}
