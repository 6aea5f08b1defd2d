import SNMP

/// The passes of an SNMP sweep: one for each community, and one for all users, which find engines by the same question.
struct SweepWays: Sendable {
    /// The places of the ways that a pass is for.
    let slots: [[Int]]
    private let ways: [SearchPlan.Way]

    init(_ ways: [SearchPlan.Way]) {
        self.ways = ways
        let users = ways.indices.filter { ways[$0].credentials.version == .v3 }
        slots = ways.indices.compactMap { place in
            guard ways[place].credentials.version == .v3 else { return [place] }
            return place == users.first ? users : nil
        }
    }

    var credentials: [SNMPCredentials] { slots.compactMap { $0.first.map { ways[$0].credentials } } }

    /// For each pass whether it asks an address.
    var filters: [@Sendable (UInt32) -> Bool] {
        slots.map { slot in
            let slotWays = slot.map { ways[$0] }
            return { address in slotWays.contains { $0.applies(to: address) } }
        }
    }

    func slot(ofWay way: Int) -> Int { slots.firstIndex { $0.contains(way) } ?? 0 }
    func slot(ofPass pass: Int) -> Int { slots.isEmpty ? 0 : pass % slots.count }
    func hint(ofPass pass: Int) -> AgentInquiry.Hint {
        AgentInquiry.Hint(ways: slots.isEmpty ? [] : Set(slots[slot(ofPass: pass)]))
    }
}
