import Foundation
import Testing

/// Each command with a server and without one: what it prints, and how it ends.
extension ServerLane {
    @Suite(.serialized, .sharing(DemoFleet.self), .timeLimit(.minutes(2))) struct NVExplorerTests {
        func explorer(
            _ arguments: [String], input: String? = nil, within limit: Duration = .seconds(60)
        ) async throws -> Peer.Output {
            let demo = try DemoFleet.shared
            let output = try await Peer.runBuilt(
                "nvexplorer", arguments, in: demo.farm.scratch, input: input, environment: ["NVEXPLORER_SERVER": demo.server.client.base],
                within: limit)
            // In a pipe there are no colours, and no cursor to move. The lines of CSV end with CR and LF, which are one character.
            let hasControls = output.text.contains("\u{1B}") || output.text.contains("\r" as Character)
            #expect(!hasControls, "\(arguments): \(output)")
            #expect(!output.errors.contains("\u{1B}"), "\(arguments): \(output)")
            return output
        }

        func logIn() async throws {
            let output = try await explorer(["login", "--password-stdin"], input: FleetUnderTest.password + "\n")
            #expect(output.exitCode == 0, "\(output)")
        }

        /// The options of a call without a server.
        private func direct(_ more: String...) throws -> [String] {
            ["--direct", "--port-offset", "\(try DemoFleet.shared.farm.network.portOffset)"] + more
        }

        func json(_ arguments: [String], within limit: Duration = .seconds(60)) async throws -> JSON {
            let output = try await explorer(arguments + ["--json"], within: limit)
            #expect(output.exitCode == 0, "\(arguments): \(output)")
            return try JSON(parsing: output.text)
        }

        /// Addresses anywhere in a document.
        func addresses(in document: JSON) -> Set<String> {
            let own = document["address"]?.string.map { [$0] } ?? []
            return Set(own + (document.elements + document.members.values).flatMap { addresses(in: $0) })
        }

        @Test func withoutALoginTheServersCommandsAreRefused() async throws {
            // Other tests of the suite may have come first, and have logged in.
            _ = try await explorer(["logout"])
            let output = try await explorer(["list"])
            #expect(output.exitCode == 4, "\(output)")
            #expect(output.errors.contains("login"), "\(output)")
        }

        @Test func aWrongPasswordIsRefused() async throws {
            let output = try await explorer(["login", "--password-stdin"], input: "wrong-password\n")
            #expect(output.exitCode == 4, "\(output)")
        }

        @Test func loginKeepsTheTokenFromOthers() async throws {
            try await logIn()
            let file = try DemoFleet.shared.farm.scratch.path(".config/nvexplorer/config.json")
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try !String(contentsOfFile: file, encoding: .utf8).contains(FleetUnderTest.password))
        }

        @Test func atAServerCardsAreFoundListedAndShown() async throws {
            let demo = try DemoFleet.shared
            _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
            try await logIn()
            let every = Set((1...DemoFleet.size).map { demo.farm.network.host($0) })
            #expect(addresses(in: try await json(["discover", demo.farm.network.cidr])) == every)
            #expect(addresses(in: try await json(["list"])) == every)
            let shown = try await json(["show", demo.farm.network.host(2)])
            #expect(addresses(in: shown) == [demo.farm.network.host(2)])
            #expect(shown.text.contains("battery.charge"))
            let table = try await explorer(["list"])
            #expect(table.lines.filter { $0.contains(demo.farm.network.prefix) }.count == DemoFleet.size, "\(table)")
            #expect(try await explorer(["show", demo.farm.network.host(2)]).text.contains(demo.farm.network.host(2)))
            // A CardAgent announces that it has no web pages yet.
            let pages = try await explorer(["browse", demo.farm.network.host(2)])
            #expect(pages.exitCode == 1)
            #expect(pages.errors.contains("no web pages"), "\(pages)")
        }

        @Test func aloneOnTheLANCardsAreFoundListedAndShown() async throws {
            let demo = try DemoFleet.shared
            let every = Set((1...DemoFleet.size).map { demo.farm.network.host($0) })
            #expect(addresses(in: try await json(direct("discover", demo.farm.network.cidr))) == every)
            #expect(addresses(in: try await json(direct("list", demo.farm.network.cidr))) == every)
            let shown = try await json(direct("show", demo.farm.network.host(2)))
            #expect(shown.text.contains("battery.charge"))
            let table = try await explorer(direct("list", demo.farm.network.cidr))
            #expect(table.exitCode == 0)
            #expect(table.lines.filter { $0.contains(demo.farm.network.prefix) }.count == DemoFleet.size, "\(table)")
        }

        @Test func aloneOnTheLANABroadcastFindsEveryCard() async throws {
            let demo = try DemoFleet.shared
            let found = addresses(in: try await json(direct("discover")))
            #expect(found.isSuperset(of: (1...DemoFleet.size).map { demo.farm.network.host($0) }))
        }

        @Test func anOrderGoesOnWhereACardIsMissing() async throws {
            let demo = try DemoFleet.shared
            try await logIn()
            let (host, nobody) = (demo.farm.network.host(3), demo.farm.network.host(253))
            for arguments in [["identify", nobody, host], try direct("identify", nobody, host)] {
                let output = try await explorer(arguments)
                #expect(output.exitCode == 1 && output.errors.contains(nobody), "\(arguments): \(output)")
                #expect(output.text.contains("identifies itself"), "\(arguments): \(output)")
            }
        }

        @Test func ordersWorkBothWays() async throws {
            let demo = try DemoFleet.shared
            try await logIn()
            let host = demo.farm.network.host(3)
            for arguments in [["identify", host], try direct("identify", host), try direct("unlock", host)] {
                let output = try await explorer(arguments)
                #expect(output.exitCode == 0, "\(arguments): \(output)")
                _ = try await json(arguments)
            }
        }

        @Test(arguments: [true, false]) func aRestartTakesTheCardAwayForSeconds(_ isDirect: Bool) async throws {
            let demo = try DemoFleet.shared
            try await logIn()
            let card = isDirect ? 4 : 5
            let host = demo.farm.network.host(card)
            _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
            let output = try await explorer(isDirect ? direct("restart", host) : ["restart", host])
            #expect(output.exitCode == 0, "\(output)")
            let upTime = "1.3.6.1.2.1.1.3.0"
            try await eventually("card \(card) is away", within: .seconds(10)) {
                try await demo.farm.snmp(card).run("snmpget", [upTime], timeout: 1, retries: 0).exitCode != 0
            }
            try await eventually("card \(card) is back", within: .seconds(20)) {
                try await demo.farm.snmp(card).run("snmpget", [upTime], timeout: 1, retries: 0).exitCode == 0
            }
        }

        @Test(arguments: [true, false]) func networkSettingsAreSet(_ isDirect: Bool) async throws {
            let demo = try DemoFleet.shared
            try await logIn()
            let card = isDirect ? 6 : 7
            let host = demo.farm.network.host(card)
            let gateway = demo.farm.network.host(99)
            let order = ["ip", "set", host, "--address", host, "--netmask", "255.255.255.0", "--gateway", gateway, "--yes"]
            let output = try await explorer(isDirect ? direct() + order : order)
            #expect(output.exitCode == 0, "\(output)")
            try await eventually("card \(card) has its gateway", within: .seconds(30)) {
                try await demo.farm.snmp(card).value("1.3.6.1.4.1.4555.1.1.7.1.9.2.0").value == "IpAddress: \(gateway)"
            }
        }

        @Test(arguments: [true, false]) func anUpgradeIsFollowedToItsEnd(_ isDirect: Bool) async throws {
            let demo = try DemoFleet.shared
            try await logIn()
            let cards = isDirect ? [8, 9] : [10, 11]
            let hosts = cards.map { demo.farm.network.host($0) }
            _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
            let image = try await demo.farm.firmware.image(
                "by-terminal-\(isDirect).bin", version: "8.41", signedBy: demo.farm.firmware.key)
            let order = ["upgrade"] + hosts + ["--firmware", image, "--yes"]
            let output = try await explorer(isDirect ? direct() + order : order, within: .seconds(90))
            #expect(output.exitCode == 0, "\(output)")
            for card in cards { #expect(try await demo.farm.version(of: card) == "8.41") }
            // Whoever runs it again has nothing to do, or does it again; a broken image fails.
            let broken = try await demo.farm.firmware.image("broken-\(isDirect).bin", version: "8.50", size: 20_000, signedBy: nil)
            let bad = ["upgrade", hosts[0], "--firmware", broken, "--yes"]
            #expect(try await explorer(isDirect ? direct() + bad : bad, within: .seconds(90)).exitCode == 1)
            #expect(try await demo.farm.version(of: cards[0]) == "8.41")
        }

        @Test func imagesAreInspectedUploadedAndListed() async throws {
            let demo = try DemoFleet.shared
            try await logIn()
            let image = try await demo.farm.firmware.image("library.bin", version: "8.44", size: 20_000, signedBy: demo.farm.firmware.key)
            let inspected = try await json(["firmware", "inspect", image])
            #expect(inspected["version"]?.string == "8.44")
            #expect(inspected["product"]?.string == "CardAgent")
            #expect(inspected["signature"]?.string == "signed")
            _ = try await json(["firmware", "upload", image])
            #expect(try await json(["firmware", "list"]).text.contains("library.bin"))
            let cut = try demo.farm.scratch.write(try Data(contentsOf: URL(filePath: image)).dropLast(500), as: "cut.bin")
            #expect(try await explorer(["firmware", "inspect", cut]).exitCode == 1)
        }

        @Test func exitCodesSayWhatHappened() async throws {
            let demo = try DemoFleet.shared
            try await logIn()
            #expect(try await explorer(["frobnicate"]).exitCode == 2)
            #expect(try await explorer(["list", "--port-offset", "99999"]).exitCode == 2)
            #expect(try await explorer(["show", "no-such-card"]).exitCode == 1)
            let nobody = "http://\(demo.farm.network.host(252)):9"
            #expect(try await explorer(["list", "--server", nobody]).exitCode == 3)
            #expect(try await explorer(direct("--timeout", "1", "show", demo.farm.network.host(253))).exitCode == 3)
            #expect(try await explorer(["--version"]).exitCode == 0)
            #expect(try await explorer(["--help"]).exitCode == 0)
        }

        @Test func logoutForgetsTheSession() async throws {
            try await logIn()
            #expect(try await explorer(["logout"]).exitCode == 0)
            #expect(try await explorer(["list"]).exitCode == 4)
        }
    }
}
