import NetVision

/// A way in which a search asks SNMP agents: of the request, usual, or stored.
struct SearchAccess: Sendable, Equatable {
    let access: SNMPAccess
    /// The stored credentials that it is of.
    var credentialSet: Int64?
    /// Where it may be used; empty: everywhere.
    var ranges: [AddressRange] = []

    /// What is tried where nothing is known: versions 2c and 1 with the community `public`.
    static let standard = [
        SearchAccess(access: .standard),
        SearchAccess(access: SNMPAccess(communityVersion: .v1, readCommunity: SNMPAccess.standard.readCommunity)),
    ]

    var way: SearchPlan.Way { SearchPlan.Way(access.credentials, ranges: ranges) }
}

extension CredentialStore {
    /// The usual ways, and then the stored ones in their order, each where it applies.
    func searchWays() async throws -> [SearchAccess] {
        SearchAccess.standard
            + (try await sets().map { set in
                SearchAccess(access: set.credentials.snmp, credentialSet: set.id, ranges: set.ranges.compactMap { AddressRange($0) })
            })
    }

    /// The ways to ask at an address that nobody has named: a stored one is told there only if its ranges say so.
    func ways(forStranger address: String) async throws -> [SearchAccess] {
        try await searchWays().filter { $0.credentialSet == nil || $0.ranges.contains(address) }
    }
}

extension CardFinding {
    /// - Parameter ways: of the plan by which it was found.
    init(_ found: SearchFinding, ways: [SearchAccess]) {
        let way = found.way.flatMap { ways.indices.contains($0) ? ways[$0] : nil }
        self.init(
            address: found.address, identity: found.identity, access: way?.access, credentialSet: way?.credentialSet,
            evidence: found.evidence)
    }
}
