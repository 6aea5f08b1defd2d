import NIOCore
import NetVision
import SNMP

extension DiscoverySearch {
    /// Asks the addresses of the ranges, one way after the other.
    ///
    /// The first question of version 3 is the same for all users: which engine is there? It goes to each address once; the users after the
    /// first are tried on the engines that it has found.
    func searchSNMP(_ discovery: Discovery, _ order: DiscoveryOrder, _ found: FoundCards) async throws {
        let addresses = try order.ranges.flatMap(\.addresses).map { try SocketAddress(ipAddress: $0, port: 161 + portOffset) }
        var engines: [SocketAddress]?
        for access in order.access {
            let step = Step(search: self, discovery: discovery, order: order, found: found, access: access)
            if access.user != nil, let engines {
                try await step.identifyAll(engines.filter { !found.isAnswering($0) })
            } else {
                let before = progress.value(discovery.id).snmp
                let answering = try await step.sweep(addresses.filter { !found.isAnswering($0) }, sentBefore: before)
                progress.update(discovery.id) { $0.snmp = before + addresses.count }
                if access.user != nil { engines = answering }
            }
            await publish(discovery.id)
        }
    }

    /// One way to ask.
    private struct Step {
        let search: DiscoverySearch
        let discovery: Discovery
        let order: DiscoveryOrder
        let found: FoundCards
        let access: SNMPAccess

        /// Asks all addresses who is there, and those that answer who they are. Returns who has answered.
        func sweep(_ addresses: [SocketAddress], sentBefore: Int) async throws -> [SocketAddress] {
            let sweep = search.snmp.sweep(
                addresses, names: CardIdentity.recognitionObjects,
                configuration: .init(access.credentials, packetsPerSecond: DiscoverySearch.packetsPerSecond))
            var answering: [SocketAddress] = []
            try await withThrowingTaskGroup(of: Void.self) { group in
                for try await answer in sweep.answers() {
                    answering.append(answer.address)
                    // A community was taken; of a user nothing is known yet.
                    if access.user == nil { found.answers(answer.address) }
                    search.progress.update(discovery.id) { $0.snmp = sentBefore + min(addresses.count, sweep.progress.sent) }
                    if answering.count > DiscoverySearch.concurrency { try await group.next() }
                    group.addTask { try await identify(answer.address) }
                }
                try await group.waitForAll()
            }
            return answering
        }

        func identifyAll(_ addresses: [SocketAddress]) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, address) in addresses.enumerated() {
                    if number >= DiscoverySearch.concurrency { try await group.next() }
                    group.addTask { try await identify(address) }
                }
                try await group.waitForAll()
            }
        }

        private func identify(_ address: SocketAddress) async throws {
            guard let host = address.ipAddress else { return }
            let target = try SNMPTarget(address: host, access: access, portOffset: search.portOffset)
            let identity: CardIdentity?
            do {
                identity = try await CardReader(search.snmp).identify(target)
            } catch is SNMPError {
                // It is silent now, and the next search may have better luck; or it refuses the user, and may take the next one.
                return
            }
            found.answers(address)
            guard let identity else { return }
            try await search.note(CardFinding(address: host, identity: identity, access: access), discovery, order, found)
        }
    }
}
