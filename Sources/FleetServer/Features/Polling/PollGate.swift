/// How many polls may begin: so many at once that no core and no socket buffer is flooded, yet never fewer because cards are slow or dead.
///
/// A poll that is a quarter of a second old waits for its card and costs nothing any more; it does not count. Pure.
struct PollGate: Sendable {
    /// Young polls under way at a time.
    static let limit = 256
    /// Seconds.
    static let youth = 0.25

    private var begunAt: [Int64: Double] = [:]
    private var young = 0
    /// In the order of their begin; those that have ended are still among them.
    private var queue: [(card: Int64, at: Double)] = []
    private var first = 0

    /// All polls under way.
    var count: Int { begunAt.count }

    func isUnderWay(_ card: Int64) -> Bool { begunAt[card] != nil }

    mutating func begin(_ card: Int64, at now: Double) {
        begunAt[card] = now
        queue.append((card, now))
        young += 1
    }

    mutating func end(_ card: Int64, at now: Double) {
        grow(old: now)
        guard let begun = begunAt.removeValue(forKey: card) else { return }
        if now - begun < Self.youth { young -= 1 }
    }

    /// How many polls may begin now.
    mutating func free(at now: Double) -> Int {
        grow(old: now)
        return max(0, Self.limit - young)
    }

    private mutating func grow(old now: Double) {
        while first < queue.count, now - queue[first].at >= Self.youth {
            if begunAt[queue[first].card] == queue[first].at { young -= 1 }
            first += 1
        }
        guard first > 1024, first > queue.count / 2 else { return }
        queue.removeFirst(first)
        first = 0
    }
}
