/// What several clients wait for, taken in turn: one of each client that has something waiting, however much the others have.
struct FairQueue<Client: Hashable & Sendable, Element: Sendable>: Sendable {
    private var lanes: [Client: [Element]] = [:]
    /// The clients with something in their lanes; the first is the next to be served.
    private var turns: [Client] = []

    var isEmpty: Bool { turns.isEmpty }
    var count: Int { lanes.values.reduce(0) { $0 + $1.count } }

    mutating func add(_ element: Element, of client: Client) {
        if lanes[client] == nil { turns.append(client) }
        lanes[client, default: []].append(element)
    }

    /// Takes out the next in turn.
    mutating func next() -> Element? {
        guard let client = turns.first, var lane = lanes[client] else { return nil }
        turns.removeFirst()
        let element = lane.removeFirst()
        lanes[client] = lane.isEmpty ? nil : lane
        if !lane.isEmpty { turns.append(client) }
        return element
    }

    func contains(_ client: Client, where predicate: (Element) -> Bool) -> Bool {
        lanes[client]?.contains(where: predicate) ?? false
    }

    /// Changes the first element that `change` accepts; false when there is none.
    mutating func updateFirst(_ change: (inout Element) -> Bool) -> Bool {
        for client in turns {
            guard var lane = lanes[client] else { continue }
            for index in lane.indices where change(&lane[index]) {
                lanes[client] = lane
                return true
            }
        }
        return false
    }

    /// Keeps what `change` leaves, which may change it; returns nothing of the rest.
    mutating func filter(_ isKept: (inout Element) -> Bool) {
        for client in turns {
            guard var lane = lanes[client] else { continue }
            var kept: [Element] = []
            for index in lane.indices where isKept(&lane[index]) { kept.append(lane[index]) }
            lane = kept
            lanes[client] = lane.isEmpty ? nil : lane
        }
        turns.removeAll { lanes[$0] == nil }
    }
}
