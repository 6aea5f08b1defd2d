/// Who has been heard lately, so that nobody is asked again and again. Pure; time comes in as seconds of a clock that is never set.
struct RecentSenders: Sendable {
    /// Seconds for which a sender is remembered.
    static let memory = 600.0
    /// Senders that are remembered; of more the oldest are forgotten.
    static let capacity = 16_384

    private var times: [String: Double] = [:]
    /// In the order of their times.
    private var order: [(address: String, at: Double)] = []
    private var first = 0

    /// False if the sender has been heard within `memory`.
    mutating func heard(_ address: String, now: Double) -> Bool {
        while first < order.count, now - order[first].at >= Self.memory { dropFirst() }
        guard times[address] == nil else { return false }
        if order.count - first == Self.capacity { dropFirst() }
        times[address] = now
        order.append((address, now))
        return true
    }

    mutating func forget(_ address: String) { times[address] = nil }

    private mutating func dropFirst() {
        let (address, at) = order[first]
        if times[address] == at { times[address] = nil }
        first += 1
        if first > Self.capacity {
            order.removeFirst(first)
            first = 0
        }
    }
}
