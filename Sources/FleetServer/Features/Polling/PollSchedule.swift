/// Which card is polled when: a queue of deadlines. Pure; time comes in as seconds of a monotonic clock.
///
/// A card is planned once at a time: it is taken out when it is due, and planned again when its poll has ended. So there is never more than
/// one poll of a card under way, and a card that does not answer delays nobody but itself.
struct PollSchedule: Sendable {
    struct Entry: Sendable, Equatable {
        let due: Double
        let card: Int64
        /// Ties are broken by the order of planning.
        fileprivate let order: UInt64
    }

    private var heap: [Entry] = []
    /// The valid entry of each planned card; entries that are not valid any more are dropped when they surface.
    private var planned: [Int64: Entry] = [:]
    private var nextOrder: UInt64 = 0

    /// Plans the card's next poll, instead of the one planned before.
    mutating func plan(_ card: Int64, at due: Double) {
        nextOrder += 1
        let entry = Entry(due: due, card: card, order: nextOrder)
        planned[card] = entry
        heap.append(entry)
        siftUp(heap.count - 1)
    }

    mutating func forget(_ card: Int64) { planned[card] = nil }

    /// Takes out the cards that are due at `now`, the longest due first, `limit` at most.
    mutating func takeDue(now: Double, limit: Int) -> [Entry] {
        var due: [Entry] = []
        while due.count < limit, let first = heap.first, first.due <= now {
            popFirst()
            guard planned[first.card] == first else { continue }
            planned[first.card] = nil
            due.append(first)
        }
        return due
    }

    /// When the card is due; nil if it is not planned.
    func due(of card: Int64) -> Double? { planned[card]?.due }

    var count: Int { planned.count }
    /// With the entries that are not valid any more.
    var pending: Int { heap.count }

    private mutating func popFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown(0)
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (heap[left].due, heap[left].order) < (heap[right].due, heap[right].order)
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0, isBefore(index, (index - 1) / 2) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && isBefore(child, smallest) { smallest = child }
            guard smallest != index else { return }
            heap.swapAt(index, smallest)
            index = smallest
        }
    }
}
