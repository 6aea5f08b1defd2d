import Foundation
import Testing

/// A server and its cards with SNMPv3 between them: polls in one direction, traps in the other.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct SecureFleetTests {
        private static let size = 3
        private static let password = "eight-or-more"

        private static let credentials: JSON = [
            "version": "3", "user": "nms", "authProtocol": "SHA-256", "authPassword": .string(password), "privProtocol": "AES-256",
            "privPassword": .string(password),
        ]

        /// The cards know one user, and send their traps to the server as that user.
        private func withFleet(_ body: (CardFarm, FleetUnderTest) async throws -> Void) async throws {
            let user = "nms:SHA-256:\(Self.password):AES-256:\(Self.password)"
            let options: (LoopbackNetwork) -> [String] = { network in
                ["--snmp-user", user, "--trap-receiver", "\(network.host(250)):\(network.port(162)),version=v3,user=nms"]
            }
            try await CardFarm.with(count: Self.size, options: options) { farm in
                try await FleetUnderTest.with(.init(network: farm.network), in: farm.scratch) { fleet in
                    let order: JSON = [
                        "methods": ["lan", "snmp"], "ranges": [.string(farm.network.cidr)], "credentials": [Self.credentials],
                    ]
                    try await fleet.client.json("POST", "/api/v1/discoveries", body: order)
                    let cards = try await fleet.liveCards(Self.size, within: .seconds(40))
                    #expect(cards.count == Self.size)
                    try await body(farm, fleet)
                }
            }
        }

        @Test func cardsAreFoundReadAndHeardAsAUser() async throws {
            try await withFleet { farm, fleet in
                let id = try await fleet.id(at: farm.network.host(2))
                // Nothing comes by version 2c: the cards are asked as the search has found them.
                try await EventStream.with(fleet.client) { stream in
                    try await farm.put("mains", ["present": false], card: 2)
                    let trap = try await eventually("the card's trap is told", within: .seconds(15)) {
                        stream.events.first { $0.type == "trap" && $0.data["card"]?.int == id }
                    }
                    #expect(trap.data["version"]?.string == "3", "\(trap.data.text)")
                    #expect(trap.data["name"]?.string?.isEmpty == false)
                    try await eventually("the card is on battery", within: .seconds(5)) {
                        stream.events.contains {
                            $0.type == "card" && $0.data["card"]?.int == id && $0.data["status"]?.string == "onBattery"
                        }
                    }
                }
                try await farm.put("mains", ["present": true], card: 2)
            }
        }

        @Test func aRestartedCardIsReadAtOnce() async throws {
            try await withFleet { farm, fleet in
                let id = try await fleet.id(at: farm.network.host(1))
                try await EventStream.with(fleet.client) { stream in
                    for restart in 1...2 {
                        try await fleet.client.json("POST", "/api/v1/cards/\(id)/restart")
                        let before = stream.events.count
                        try await eventually("the card is read after restart \(restart)", within: .seconds(30)) {
                            stream.events.dropFirst(before).filter { $0.type == "readings" && $0.data["card"]?.int == id }.count >= 2
                        }
                    }
                    let problems = stream.events.filter { $0.type == "card" && $0.data["card"]?.int == id }
                        .compactMap { $0.data["problem"]?.string }
                    #expect(!problems.contains { $0.contains("SNMPv3") }, "\(problems)")
                }
            }
        }
    }
}
