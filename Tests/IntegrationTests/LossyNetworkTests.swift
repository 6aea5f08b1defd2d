import Foundation
import Testing

/// A network that loses packets on their way to the cards and back, and for a while all of them.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct LossyNetworkTests {
        private static let count = 24
        private static let polling = (status: 2, all: 4)

        @Test func lostPacketsCostNoCardAndSilenceIsTold() async throws {
            try await Scratch.with { scratch in
                try await SwitchedNetwork.with(["10.66.0.1/24"], in: scratch) { lan in
                    let network = LoopbackNetwork(prefix: "127.90.1", portOffset: 10_000)
                    try await CardFarm.with(count: Self.count, network: network, namespace: lan.server) { farm in
                        let settings = FleetUnderTest.Settings(
                            network: network, discovers: true, namespace: lan.server, polling: Self.polling)
                        try await FleetUnderTest.with(settings, in: scratch) { fleet in
                            _ = try await fleet.liveCards(Self.count, within: .seconds(30))
                            try await eventually("all are normal", within: .seconds(20)) {
                                try await statuses(fleet) == ["normal": Self.count]
                            }
                            try await lose(10, on: lan, in: scratch)
                            try await expectMostlyNormal(fleet)
                            try await expectLossIsTold(fleet)
                            try await lose(100, on: lan, in: scratch)
                            try await eventually("silence is never taken for normal", within: .seconds(30)) {
                                try await statuses(fleet) == ["unreachable": Self.count]
                            }
                            try await lose(0, on: lan, in: scratch)
                            try await eventually("all are back", within: .seconds(45), every: .milliseconds(500)) {
                                try await statuses(fleet) == ["normal": Self.count]
                            }
                        }
                    }
                }
            }
        }

        /// Drops so many percent of the UDP packets of the loopback interface: of the requests, and of the answers.
        private func lose(_ percent: Int, on lan: SwitchedNetwork, in scratch: Scratch) async throws {
            // What is dropped on its way out is an error for the sender.
            let rules = [0: "", 100: "meta l4proto udp drop"]
            let table = """
                table inet loss {}
                delete table inet loss
                table inet loss {
                  chain in {
                    type filter hook input priority 0
                    \(rules[percent] ?? "meta l4proto udp numgen random mod 100 < \(percent) drop")
                  }
                }
                """
            let output = try await Peer.run(
                "ip", ["netns", "exec", lan.server, try Executable.peer("nft"), "-f", "-"], in: scratch, input: table)
            try #require(output.exitCode == 0, "\(output)")
        }

        private func statuses(_ fleet: FleetUnderTest) async throws -> [String: Int] {
            try await fleet.cards().reduce(into: [:]) { $0[$1["status"]?.string ?? "none", default: 0] += 1 }
        }

        /// A fifth of the exchanges fail, and are repeated; two polls in a row that fail altogether are rare.
        private func expectMostlyNormal(_ fleet: FleetUnderTest) async throws {
            var looks: [String: Int] = [:]
            for _ in 0..<16 {
                looks.merge(try await statuses(fleet)) { $0 + $1 }
                try await Task.sleep(for: .seconds(1))
            }
            let all = looks.values.reduce(0, +)
            #expect(all == 16 * Self.count)
            #expect((looks["normal"] ?? 0) * 10 > all * 9, "\(looks)")
        }

        private func expectLossIsTold(_ fleet: FleetUnderTest) async throws {
            var loss: [Double] = []
            for card in try await fleet.cards() {
                let id = try #require(card["id"]?.int)
                let health = try await fleet.client.json("GET", "/api/v1/cards/\(id)/health")
                loss.append(health["lossPercent"]?.number ?? 0)
            }
            let mean = loss.reduce(0, +) / Double(loss.count)
            #expect((4...40).contains(mean), "\(loss)")
        }
    }
}
