/// Which agents have which engine id. Each should have its own: cards that were cloned with their settings don't.
struct EngineOwners {
    private var owners: [EngineID: [PeerAddress]] = [:]
    private var engines: [PeerAddress: EngineID] = [:]

    /// Engine ids with more than one agent.
    var conflicts: [EngineID: [PeerAddress]] { owners.filter { $0.value.count > 1 } }

    /// Notes an agent's engine. Returns whether the conflicts have changed.
    mutating func note(_ engine: EngineID, of peer: PeerAddress) -> Bool {
        guard engines[peer] != engine else { return false }
        let wasShared = forget(peer)
        engines[peer] = engine
        owners[engine, default: []].append(peer)
        return wasShared || owners[engine, default: []].count > 1
    }

    /// Returns whether the agent shared its engine id.
    @discardableResult
    mutating func forget(_ peer: PeerAddress) -> Bool {
        guard let engine = engines.removeValue(forKey: peer), var peers = owners[engine] else { return false }
        let wasShared = peers.count > 1
        peers.removeAll { $0 == peer }
        owners[engine] = peers.isEmpty ? nil : peers
        return wasShared
    }
}
