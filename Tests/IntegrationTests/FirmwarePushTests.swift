import Foundation
import Testing

/// Three TFTP clients that aren't ours push firmware to software cards.
extension CardLane {
    @Suite(.serialized, .sharing(CardFarm.self), .timeLimit(.minutes(2))) struct FirmwarePushTests {
        enum Client: String, CaseIterable, Sendable, CustomTestStringConvertible {
            case curl, tftp, atftp

            var testDescription: String { rawValue }
            /// The card of the farm that this client is to upgrade.
            var card: Int { 1 + (Self.allCases.firstIndex(of: self) ?? 0) }

            /// - Parameter interface: the local address to send from; only curl can choose.
            func push(_ file: String, as name: String, to card: Int, of farm: CardFarm, from interface: String? = nil) async throws
                -> Peer.Output
            {
                let host = farm.network.host(card)
                let port = "\(farm.network.port(69))"
                let arguments =
                    switch self {
                    case .curl:
                        ["-q", "-sS", "-m", "20", "-T", file] + (interface.map { ["--interface", $0] } ?? []) + [
                            "tftp://\(host):\(port)/\(name)"
                        ]
                    case .tftp: ["-m", "binary", host, port, "-c", "put", file, name]
                    case .atftp: ["--option", "blksize 1428", "--option", "windowsize 8", "--put", "-l", file, "-r", name, host, port]
                    }
                return try await Peer.run(rawValue, arguments, in: farm.scratch, within: .seconds(30))
            }
        }

        private static let agentString = "1.3.6.1.4.1.4555.1.1.7.1.1.5.0"
        /// The card that takes nothing.
        private static let refusing = 4

        private func unlock(_ card: Int, of farm: CardFarm) async throws {
            let output = try await Peer.runBuilt(
                "nvexplorer", ["--direct", "--port-offset", "\(farm.network.portOffset)", "unlock", farm.network.host(card)],
                in: farm.scratch)
            #expect(output.exitCode == 0, "\(output)")
        }

        @Test(arguments: Client.allCases) func aLockedCardTakesNothing(_ client: Client) async throws {
            let farm = try CardFarm.shared
            let image = try await farm.firmware.image("locked.bin", version: "8.41", size: 20_000, signedBy: farm.firmware.key)
            let output = try await client.push(image, as: "locked.bin", to: client.card, of: farm)
            // tftp-hpa ends with 0 whatever the server says.
            if client == .tftp { #expect(output.text.contains("the card is locked"), "\(output)") } else { #expect(output.exitCode != 0) }
            #expect(try await farm.transfers(of: client.card) == 0)
            #expect(try await farm.version(of: client.card) == "8.40")
        }

        @Test(arguments: Client.allCases) func anUnlockedCardTakesTheImageRestartsAndRunsIt(_ client: Client) async throws {
            let farm = try CardFarm.shared
            let card = client.card
            let image = try await farm.firmware.image("card-\(client.rawValue).bin", version: "8.41", signedBy: farm.firmware.key)
            try await unlock(card, of: farm)
            let output = try await client.push(image, as: "card.bin", to: card, of: farm)
            #expect(output.exitCode == 0, "\(output)")
            #expect(!output.text.contains("Error"), "\(output)")
            try await eventually("the services go away", within: .seconds(10)) {
                try await farm.snmp(card).run("snmpget", [Self.agentString], timeout: 1, retries: 0).exitCode != 0
            }
            try await eventually("the card is back with its new firmware", within: .seconds(20)) {
                try await farm.snmp(card).value(Self.agentString).string == "Net Vision 8 v8.41"
            }
            #expect(try await farm.version(of: card) == "8.41")
            #expect(try await farm.transfers(of: card) == 1)
        }

        @Test func onlyTheHostThatUnlockedMayPush() async throws {
            let farm = try CardFarm.shared
            let image = try await farm.firmware.image("other.bin", version: "8.41", size: 20_000, signedBy: farm.firmware.key)
            try await unlock(Self.refusing, of: farm)
            let output = try await Client.curl.push(image, as: "other.bin", to: Self.refusing, of: farm, from: farm.network.host(200))
            #expect(output.exitCode != 0, "\(output)")
            #expect(try await farm.version(of: Self.refusing) == "8.40")
        }

        enum Flaw: String, CaseIterable, Sendable, CustomTestStringConvertible {
            case unsigned, untrustedKey, wrongProduct, truncated, changed, noImage, otherName

            var testDescription: String { rawValue }
        }

        @Test(arguments: Flaw.allCases, [Client.curl, .tftp]) func aBadImageIsRefusedAndTheOldVersionStays(_ flaw: Flaw, _ client: Client)
            async throws
        {
            let farm = try CardFarm.shared
            let image = try await image(with: flaw, of: farm)
            try await unlock(Self.refusing, of: farm)
            let name = flaw == .otherName ? "readme.txt" : "card.bin"
            let logged = farm.program.logged.count
            let output = try await client.push(image, as: name, to: Self.refusing, of: farm)
            if client == .tftp {
                #expect(output.text.contains("Error code"), "\(output)")
            } else {
                #expect(output.exitCode != 0, "\(output)")
            }
            let words = String(farm.program.logged.dropFirst(logged))
            #expect(words.contains("refused") && words.contains("card=\(Self.refusing)"), "the refusal is not logged: \(words)")
            // It goes on with what it had, without a restart.
            #expect(try await farm.snmp(Self.refusing).value(Self.agentString).string == "Net Vision 8 v8.40")
            #expect(try await farm.version(of: Self.refusing) == "8.40")
        }

        private func image(with flaw: Flaw, of farm: CardFarm) async throws -> String {
            let workshop = farm.firmware
            let name = "\(flaw.rawValue)-\(UUID().uuidString.prefix(4)).bin"
            switch flaw {
            case .unsigned: return try await workshop.image(name, version: "8.41", size: 20_000, signedBy: nil)
            case .untrustedKey:
                let key = farm.scratch.path("\(name).key")
                try await workshop.makeKey(key)
                return try await workshop.image(name, version: "8.41", size: 20_000, signedBy: key)
            case .wrongProduct:
                return try await workshop.image(name, version: "8.41", product: "Toaster", size: 20_000, signedBy: workshop.key)
            case .otherName: return try await workshop.image(name, version: "8.41", size: 20_000, signedBy: workshop.key)
            case .noImage: return try farm.scratch.write(String(repeating: "This is no firmware. ", count: 1000), as: name)
            case .truncated, .changed:
                let path = try await workshop.image(name, version: "8.41", size: 20_000, signedBy: workshop.key)
                var octets = try Data(contentsOf: URL(filePath: path))
                if flaw == .truncated { octets.removeLast(5000) } else { octets[octets.count - 100] ^= 1 }
                return try farm.scratch.write(octets, as: "bad-\(name)")
            }
        }

        @Test func aTransferThatBreaksOffChangesNothing() async throws {
            let farm = try CardFarm.shared
            // More than 50,000 blocks of 512 octets, each awaiting its acknowledgement, in one second: curl leaves in the middle.
            let image = try await farm.firmware.image("large.bin", version: "8.41", size: 30_000_000, signedBy: farm.firmware.key)
            try await unlock(Self.refusing, of: farm)
            let before = try await farm.transfers(of: Self.refusing)
            let output = try await Peer.run(
                "curl",
                [
                    "-q", "-sS", "-m", "1", "-T", image,
                    "tftp://\(farm.network.host(Self.refusing)):\(farm.network.port(69))/large.bin",
                ], in: farm.scratch, within: .seconds(30))
            #expect(output.exitCode == 28, "\(output)")
            #expect(try await farm.transfers(of: Self.refusing) == before)
            #expect(try await farm.snmp(Self.refusing).value(Self.agentString).string == "Net Vision 8 v8.40")
        }

        @Test func thereIsNothingToRead() async throws {
            let farm = try CardFarm.shared
            let output = try await Peer.run(
                "curl", ["-q", "-sS", "-m", "10", "tftp://\(farm.network.host(1)):\(farm.network.port(69))/card.bin"], in: farm.scratch)
            #expect(output.exitCode == 68, "\(output)")
        }
    }
}
