/// A table of at most `capacity` entries: when it is full, the entry that was used the longest time ago makes room.
///
///     newest ◄──► … ◄──► oldest        a doubly linked list through the slots, in the order of use
struct RecentlyUsed<Key: Hashable, Value> {
    private struct Slot {
        let key: Key
        var value: Value
        var newer: Int?
        var older: Int?
    }

    let capacity: Int
    private var slots: [Slot] = []
    private var slotOfKey: [Key: Int] = [:]
    private var newest: Int?
    private var oldest: Int?

    init(capacity: Int) { self.capacity = max(capacity, 1) }

    var count: Int { slots.count }

    func contains(_ key: Key) -> Bool { slotOfKey[key] != nil }

    /// Lends the value of a key, which counts as its use. Nil if there is none.
    mutating func use<Result>(_ key: Key, _ body: (inout Value) -> Result) -> Result? {
        guard let index = slotOfKey[key] else { return nil }
        if newest != index {
            unlink(index)
            linkNewest(index)
        }
        return body(&slots[index].value)
    }

    /// Adds a key that is not there; the oldest entry makes room if it has to.
    mutating func insert(_ value: Value, for key: Key) {
        precondition(slotOfKey[key] == nil, "the key is there already")
        let index: Int
        if slots.count < capacity {
            index = slots.count
            slots.append(Slot(key: key, value: value))
        } else {
            guard let victim = oldest else { return }
            index = victim
            unlink(index)
            slotOfKey[slots[index].key] = nil
            slots[index] = Slot(key: key, value: value)
        }
        slotOfKey[key] = index
        linkNewest(index)
    }

    /// Changes all values, which counts as no use.
    mutating func updateAll(_ body: (inout Value) -> Void) {
        for index in slots.indices { body(&slots[index].value) }
    }

    private mutating func unlink(_ index: Int) {
        let slot = slots[index]
        if let newer = slot.newer { slots[newer].older = slot.older } else { newest = slot.older }
        if let older = slot.older { slots[older].newer = slot.newer } else { oldest = slot.newer }
        slots[index].newer = nil
        slots[index].older = nil
    }

    private mutating func linkNewest(_ index: Int) {
        slots[index].older = newest
        if let newest { slots[newest].newer = index } else { oldest = index }
        newest = index
    }
}
