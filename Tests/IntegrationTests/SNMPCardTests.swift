import Testing

/// What SETs do to a card as a whole: where it is, whom it answers, what it forgets. A card of its own for each test.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct SNMPCardTests {
        private static let newer = "1.3.6.1.4.1.4555.1.1.7.1"
        private static let older = "1.3.6.1.4.1.4555.1.1.1.1"
        private static let uptime = "1.3.6.1.2.1.1.3.0"

        /// Lends a card at host 7 of a network of its own.
        private func withCard(
            _ device: String = "sim:MASTERYS BC+", _ body: (LoopbackNetwork, (Int) -> SNMPPeer) async throws -> Void
        ) async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let arguments = [
                    "run", "--state", scratch.path("card"), "--address", network.host(7), "--port-offset", "\(network.portOffset)",
                    "--device", device,
                ]
                func peer(_ host: Int) -> SNMPPeer {
                    SNMPPeer(host: network.host(host), port: network.port(161), version: .v2c, community: "private", scratch: scratch)
                }
                try await ProgramUnderTest.with(executable: Executable.built("CardAgent"), arguments, in: scratch) { card in
                    try await card.ready("the card answers") { try await answers(peer(7)) ? true : nil }
                    try await body(network, peer)
                }
            }
        }

        private func answers(_ peer: SNMPPeer) async throws -> Bool {
            try await peer.run("snmpget", [Self.uptime], timeout: 1, retries: 0).exitCode == 0
        }

        private func set(_ peer: SNMPPeer, _ arguments: String...) async throws -> Peer.Output {
            try await peer.run("snmpset", arguments)
        }

        @Test func addressMaskAndGatewayOfOneRequestAreOneMove() async throws {
            try await withCard { network, peer in
                let output = try await set(
                    peer(7), "\(Self.newer).9.2.0", "a", network.host(254), "\(Self.newer).9.1.0", "a", network.host(8),
                    "\(Self.newer).9.3.0", "a", "255.255.255.0")
                #expect(output.exitCode == 0, "\(output)")
                try await eventually("the card is where it was told to go", within: .seconds(20)) { try await answers(peer(8)) }
                let shown = try await peer(8).ask("snmpget", (1...3).map { "\(Self.older).10.\($0).0" })
                #expect(shown.map(\.value) == [network.host(8), network.host(254), "255.255.255.0"].map { "IpAddress: \($0)" })
                #expect(try await !answers(peer(7)))
            }
        }

        @Test func anAddressThatCannotBeHadIsRefused() async throws {
            try await withCard { _, peer in
                let foreign = try await set(
                    peer(7), "\(Self.newer).9.1.0", "a", "192.0.2.1", "\(Self.newer).9.3.0", "a", "255.255.255.0", "\(Self.newer).9.2.0",
                    "a", "0.0.0.0")
                #expect(foreign.errors.contains("resourceUnavailable"), "\(foreign)")
                let gateway = try await set(peer(7), "\(Self.newer).9.2.0", "a", "192.0.2.1")
                #expect(gateway.errors.contains("inconsistentValue"), "\(gateway)")
                let mask = try await set(peer(7), "\(Self.newer).9.3.0", "a", "255.0.255.0")
                #expect(mask.errors.contains("wrongValue"), "\(mask)")
                #expect(try await answers(peer(7)))
            }
        }

        @Test func aCommunityIsChangedByTheOlderBranch() async throws {
            try await withCard { _, peer in
                var reader = peer(7)
                reader.community = "public"
                #expect(try await answers(reader))
                let output = try await set(peer(7), "\(Self.older).10.22.1.3.1", "s", "readers")
                #expect(output.exitCode == 0, "\(output)")
                try await eventually("the old community is gone", within: .seconds(5)) { try await !answers(reader) }
                reader.community = "readers"
                #expect(try await answers(reader))
                // Nobody reads the other one.
                #expect(try await reader.value("\(Self.older).10.22.1.3.2").string == "")
                let none = try await set(peer(7), "\(Self.older).10.22.1.4.1", "i", "3")
                #expect(none.exitCode == 0, "\(none)")
                try await eventually("nobody may only read", within: .seconds(5)) { try await !answers(reader) }
                #expect(try await answers(peer(7)))
            }
        }

        @Test func aResetForgetsTheSettingsAndStartsTheCardAgain() async throws {
            try await withCard { _, peer in
                #expect(try await set(peer(7), "\(Self.newer).9.10.0", "i", "9", "1.3.6.1.2.1.1.6.0", "s", "Rack 7").exitCode == 0)
                #expect(try await set(peer(7), "\(Self.older).10.15.0", "i", "1").exitCode == 0)
                try await eventually("the card has its first settings", within: .seconds(60)) {
                    let output = try await peer(7).run("snmpget", ["\(Self.newer).9.10.0"], timeout: 1, retries: 0)
                    return output.exitCode == 0 && SNMPPeer.bindings(output).first?.integer == 2
                }
                #expect(try await peer(7).value("1.3.6.1.2.1.1.6.0").string != "Rack 7")
            }
        }

        @Test func aTransferSwitchHasTheAgentsGroup() async throws {
            try await withCard("sim:STATYS") { _, peer in
                let group = try await peer(7).ask("snmpwalk", ["\(Self.newer).9"])
                // 22 scalars, and two tables of eight rows and four columns.
                #expect(group.count == 22 + 2 * 8 * 4)
                #expect(try await set(peer(7), "\(Self.newer).9.10.0", "i", "9").exitCode == 0)
                #expect(try await peer(7).value("\(Self.newer).9.10.0").integer == 9)
                let older = try await set(peer(7), "\(Self.older).10.10.0", "i", "9")
                #expect(older.errors.contains("notWritable"), "\(older)")
            }
        }
    }
}
