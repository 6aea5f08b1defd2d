import Synchronization

/// How many may do something at once.
final class Slots: Sendable {
    /// The right to do it, until it is let go of.
    final class Slot: Sendable {
        private let slots: Slots

        fileprivate init(_ slots: Slots) { self.slots = slots }
        deinit { slots.taken.withLock { $0 -= 1 } }
    }

    private let capacity: Int
    private let taken = Mutex(0)

    init(_ capacity: Int) { self.capacity = capacity }

    /// Nil when all are taken.
    func take() -> Slot? {
        let isFree = taken.withLock { taken in
            guard taken < capacity else { return false }
            taken += 1
            return true
        }
        return isFree ? Slot(self) : nil
    }
}
