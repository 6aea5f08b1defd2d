import NIOCore

/// A priority queue of what falls due when: a binary heap, the earliest deadline on top.
struct DeadlineQueue<Element: Sendable>: Sendable {
    struct Entry: Sendable {
        let deadline: NIODeadline
        let element: Element
    }

    private var heap: [Entry] = []

    init() {}

    init(_ entries: some Sequence<Entry>) {
        heap = entries.sorted { $0.deadline < $1.deadline }
    }

    var count: Int { heap.count }
    var first: Entry? { heap.first }

    mutating func insert(_ element: Element, at deadline: NIODeadline) {
        heap.append(Entry(deadline: deadline, element: element))
        var child = heap.count - 1
        while child > 0, heap[child].deadline < heap[(child - 1) / 2].deadline {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    @discardableResult
    mutating func popFirst() -> Entry? {
        guard let last = heap.popLast() else { return nil }
        guard let first = heap.first else { return last }
        heap[0] = last
        var parent = 0
        while let child = earlierChild(of: parent), heap[child].deadline < heap[parent].deadline {
            heap.swapAt(child, parent)
            parent = child
        }
        return first
    }

    private func earlierChild(of parent: Int) -> Int? {
        let left = 2 * parent + 1
        guard left < heap.count else { return nil }
        guard left + 1 < heap.count else { return left }
        return heap[left + 1].deadline < heap[left].deadline ? left + 1 : left
    }
}
