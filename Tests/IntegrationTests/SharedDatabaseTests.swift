import Foundation
import Testing

/// Two servers on one PostgreSQL database.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct SharedDatabaseTests {
        private static let cards = 12

        @Test func twoServersShareTheCardsAndOneTakesOverFromTheOther() async throws {
            try await CardFarm.with(count: Self.cards) { farm in
                try await PostgreSQLPeer.with(in: farm.scratch) { database in
                    try await FleetUnderTest.with(Self.settings("a", host: 249, farm, database), in: farm.scratch) { first in
                        _ = try await first.liveCards(Self.cards, within: .seconds(40))
                        try Self.shareKey(in: farm.scratch)
                        try await FleetUnderTest.with(Self.settings("b", host: 250, farm, database), in: farm.scratch) { second in
                            try await Self.expectSharing(first, second)
                            try await first.program.crash()
                            try await Self.expectTakeover(second)
                        }
                    }
                }
            }
        }

        @Test func aServerWithAnotherMasterKeyDoesNotStart() async throws {
            try await CardFarm.with(count: 1) { farm in
                try await PostgreSQLPeer.with(in: farm.scratch) { database in
                    try await FleetUnderTest.with(Self.settings("a", host: 249, farm, database), in: farm.scratch) { _ in
                        let refused = try await Peer.runBuilt(
                            "FleetServer", ["serve", "--data", farm.scratch.path("b"), "--listen", farm.network.endpoint(250, 8080)],
                            in: farm.scratch, environment: ["FLEET_DATABASE": database.address])
                        #expect(refused.exitCode != 0)
                        #expect(refused.errors.contains("Copy master.key"), "\(refused)")
                    }
                }
            }
        }

        private static func settings(_ data: String, host: Int, _ farm: CardFarm, _ database: PostgreSQLPeer) -> FleetUnderTest.Settings {
            var settings = FleetUnderTest.Settings(network: farm.network, data: data, discovers: true)
            settings.host = host
            settings.environment = [
                "FLEET_DATABASE": database.address, "FLEET_TRAPS_LISTEN": "off", "FLEET_POLL_STATUS_SECONDS": "2",
            ]
            return settings
        }

        private static func shareKey(in scratch: Scratch) throws {
            try FileManager.default.createDirectory(atPath: scratch.path("b"), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: scratch.path("a/master.key"), toPath: scratch.path("b/master.key"))
        }

        /// Each card is polled by one of the two, and each of them polls some.
        private static func expectSharing(_ first: FleetUnderTest, _ second: FleetUnderTest) async throws {
            try await eventually("both servers poll, no card twice", within: .seconds(40)) {
                let own = try await polled(by: first)
                let others = try await polled(by: second)
                return !own.isEmpty && !others.isEmpty && own.isDisjoint(with: others) && own.union(others).count == cards
            }
        }

        private static func expectTakeover(_ second: FleetUnderTest) async throws {
            try await eventually("the server that is left polls all cards", within: .seconds(30)) {
                try await polled(by: second).count == cards
            }
            let live = try await second.cards()
            #expect(live.count == cards)
            try await eventually("all are normal", within: .seconds(20)) {
                try await second.cards().allSatisfy { $0["status"]?.string == "normal" }
            }
        }

        private static func polled(by server: FleetUnderTest) async throws -> Set<Int> {
            var polled: Set<Int> = []
            for card in try await server.cards() {
                let id = try #require(card["id"]?.int)
                let health = try await server.client.json("GET", "/api/v1/cards/\(id)/health")
                if health["isPolledByThisServer"]?.bool == true { polled.insert(id) }
            }
            return polled
        }
    }
}
