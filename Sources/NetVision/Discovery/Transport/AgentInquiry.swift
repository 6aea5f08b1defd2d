import NIOCore
package import SNMP

/// Asks one address who is there by SNMP: the ways that apply to it, in their order, until one shows a card. By another way an agent may show
/// only a part of itself.
package struct AgentInquiry: Sendable {
    /// Which way a sweep has had an answer by.
    struct Hint: Sendable, Equatable {
        /// The ways of the pass: one community, or all users.
        let ways: Set<Int>
    }

    private let reader: CardReader
    private let ways: [SearchPlan.Way]
    private let port: Int
    private let patience: Duration
    /// Told of agents that refuse a user.
    private let refused: @Sendable (String, SNMPSecurityError) -> Void

    package init(
        _ snmp: SNMPClient, profiles: ProfileLibrary = .builtIn, ways: [SearchPlan.Way], port: Int, patience: Duration = .seconds(1),
        refused: @Sendable @escaping (String, SNMPSecurityError) -> Void = { _, _ in }
    ) {
        reader = CardReader(snmp, profiles: profiles)
        self.ways = ways
        self.port = port
        self.patience = patience
        self.refused = refused
    }

    /// The card that answers, and the place of the way in the plan. Nil if nobody answers, or it is no card.
    package func identify(_ address: String) async throws -> (identity: CardIdentity, way: Int)? {
        guard let found = try await identify(address, hint: nil), let identity = found.identity else { return nil }
        return (identity, found.way)
    }

    /// - Parameter hint: that way is asked patiently; those before it are better and may have lost a packet, those after it are asked only
    ///   where it is refused or shows no card.
    /// - Returns: nil if nobody answers; no identity, and the first way that was answered, of what is no card.
    func identify(_ address: String, hint: Hint?) async throws -> (identity: CardIdentity?, way: Int)? {
        guard let number = AddressRange.number(address), let socket = try? SocketAddress(ipAddress: address, port: port) else { return nil }
        var answered: Int?
        for (place, way) in ways.enumerated() where way.applies(to: number) {
            try Task.checkCancellation()
            let isHinted = hint?.ways.contains(place) ?? false
            let target = SNMPTarget(socket, credentials: way.credentials, timeout: patience, retries: isHinted ? 3 : 1)
            do {
                if let identity = try await reader.identify(target) { return (identity, place) }
                answered = answered ?? place
            } catch SNMPError.security(let error) {
                // The next user may be the right one.
                refused(address, error)
            } catch is SNMPError {
                continue
            }
        }
        return answered.map { (nil, $0) }
    }
}
