import Foundation
import Testing

/// The settings of a card, from outside: tftp-hpa carries the document, net-snmp changes single ones, and the card is killed meanwhile.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(4))) struct CardSettingsTests {
        private static let pollRate = "1.3.6.1.4.1.4555.1.1.7.1.9.10.0"
        private static let tftpStatus = "1.3.6.1.4.1.4555.1.1.7.1.9.14.0"
        private static let systemName = "1.3.6.1.2.1.1.5.0"

        // MARK: - The document by TFTP

        private func tftp(_ command: String, _ from: String, _ to: String, _ farm: CardFarm) async throws -> Peer.Output {
            try await Peer.run(
                "tftp", ["-m", "binary", farm.network.host(1), "\(farm.network.port(69))", "-c", command, from, to], in: farm.scratch,
                within: .seconds(30))
        }

        private func download(_ farm: CardFarm) async throws -> String {
            let path = farm.scratch.path("down-\(UUID().uuidString.prefix(8)).conf")
            let output = try await tftp("get", "settings.conf", path, farm)
            guard let text = try? String(contentsOfFile: path, encoding: .utf8), !text.isEmpty else {
                throw WebClient.Unexpected(description: "\(output)")
            }
            return text
        }

        private func upload(_ text: String, _ farm: CardFarm) async throws -> String {
            let path = try farm.scratch.write(text, as: "up-\(UUID().uuidString.prefix(8)).conf")
            return try await tftp("put", path, "settings.conf", farm).text
        }

        private func unlock(_ farm: CardFarm) async throws {
            let output = try await Peer.runBuilt(
                "nvexplorer", ["--direct", "--port-offset", "\(farm.network.portOffset)", "unlock", farm.network.host(1)], in: farm.scratch)
            #expect(output.exitCode == 0, "\(output)")
        }

        @Test func theDocumentGoesDownAndUp() async throws {
            try await CardFarm.with(count: 1) { farm in
                #expect(try await upload("[configuration]\npolling-rate = 7\n", farm).contains("the card is locked"))
                try await unlock(farm)
                let document = try await download(farm)
                #expect(document.hasPrefix("# CardAgent settings\nversion = 2\n"))
                #expect(document.contains("\npolling-rate = 2\n") && !document.contains("checksum") && !document.contains("= public"))

                // Its own document, changed in one line: the identity counts, the secrets open, and nothing is wrong.
                let changed = document.replacing("polling-rate = 2", with: "polling-rate = 7").replacing("\n", with: "\r\n")
                #expect(try await upload(changed, farm).contains("Error") == false)
                #expect(try await farm.snmp(1).value(Self.pollRate).integer == 7)
                let again = try await download(farm)
                #expect(again == document.replacing("polling-rate = 2", with: "polling-rate = 7"))

                let checked = try farm.scratch.write(again, as: "checked.conf")
                let check = try await Peer.runBuilt("CardAgent", ["settings", "check", checked], in: farm.scratch)
                #expect(check.exitCode == 0, "\(check)")
            }
        }

        @Test func badLinesAreToldAndTheOthersCount() async throws {
            try await CardFarm.with(count: 1) { farm in
                try await unlock(farm)
                let text =
                    "[configuration]\npolling-rate = 77\nhistory-interval = 120\n[identity]\nsystem-name = not mine\n[emd]\ncolour = red\n"
                let answer = try await upload(text, farm)
                #expect(answer.contains("2 error(s), the other lines count."), "\(answer)")
                #expect(
                    answer.contains("Line 2: polling-rate must be 1 to 60, not 77; line 7: no setting colour in section [emd]"), "\(answer)"
                )
                let document = try await download(farm)
                #expect(document.contains("\nhistory-interval = 120\n") && document.contains("\npolling-rate = 2\n"))
                #expect(!document.contains("not mine"))
                let path = try farm.scratch.write(text, as: "bad.conf")
                let check = try await Peer.runBuilt("CardAgent", ["settings", "check", path], in: farm.scratch)
                #expect(check.exitCode == 1 && check.lines.contains("line 2: polling-rate must be 1 to 60, not 77"), "\(check)")
            }
        }

        @Test func withoutNetworkUpgradeNothingGoes() async throws {
            try await CardFarm.with(count: 1) { farm in
                try await unlock(farm)
                let set = try await farm.snmp(1, community: "private").run("snmpset", [Self.tftpStatus, "i", "2"])
                #expect(set.exitCode == 0, "\(set)")
                #expect(try await upload("[configuration]\npolling-rate = 7\n", farm).contains("Network Upgrade is disabled"))
                #expect(try await tftp("get", "settings.conf", farm.scratch.path("x"), farm).text.contains("Network Upgrade is disabled"))
            }
        }

        // MARK: - Power cuts and full disks

        /// Starts a farm of one card, without anything that would end it gently.
        private func start(_ network: LoopbackNetwork, _ scratch: Scratch) throws -> ProgramUnderTest {
            let card = try Executable.built("CardAgent")
            let arguments = [
                "farm", "--count", "1", "--subnet", network.cidr, "--port-offset", "\(network.portOffset)", "--state", scratch.path("farm"),
            ]
            // A file that may not grow is an error to be told, not a signal to die of.
            return try ProgramUnderTest.start(
                executable: "/bin/sh", ["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", card] + arguments, in: scratch)
        }

        private func peer(_ network: LoopbackNetwork, _ scratch: Scratch) -> SNMPPeer {
            SNMPPeer(host: network.host(1), port: network.port(161), version: .v2c, community: "private", scratch: scratch)
        }

        private func ready(_ program: ProgramUnderTest, _ snmp: SNMPPeer) async throws {
            try await program.ready("the card answers", within: .seconds(30)) { try? await snmp.value(Self.systemName) }
        }

        /// What was answered is there after the power cut, and what was not is there whole or not at all.
        @Test func aPowerCutLosesNoAnsweredChange() async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let snmp = peer(network, scratch)
                var answered = "none"
                for round in 1...6 {
                    let program = try start(network, scratch)
                    try await ready(program, snmp)
                    let found = try await snmp.value(Self.systemName).string ?? ""
                    if round > 1 {
                        #expect(found == answered || found == "\(answered)+", "round \(round): \(found), answered was \(answered)")
                        #expect(!program.logged.contains("checksum"))
                    }
                    for number in 1...(3 + round * 2) {
                        let name = "round \(round) change \(number)"
                        let set = try await snmp.run("snmpset", [Self.systemName, "s", name])
                        #expect(set.exitCode == 0, "\(set)")
                        answered = name
                    }
                    // One more is under way when the card dies.
                    let name = "\(answered)+"
                    async let last = snmp.run("snmpset", [Self.systemName, "s", name], timeout: 1, retries: 0)
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...12)))
                    try await program.crash()
                    if try await last.exitCode == 0 { answered += "+" }
                }
                let path = scratch.path("farm/card-1/settings.conf")
                let check = try await Peer.runBuilt(
                    "CardAgent", ["settings", "check", path, "--state", scratch.path("farm/card-1")], in: scratch)
                #expect(check.exitCode == 0, "\(check)")
            }
        }

        @Test func aFullDiskRefusesAChangeAndKeepsTheOldOne() async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let snmp = peer(network, scratch)
                let program = try start(network, scratch)
                try await ready(program, snmp)
                #expect(try await snmp.run("snmpset", [Self.systemName, "s", "before"]).exitCode == 0)
                let pid = "\(program.process.pid)"
                #expect(try await Peer.run("prlimit", ["--pid", pid, "--fsize=4096:unlimited"], in: scratch).exitCode == 0)
                let refused = try await snmp.run("snmpset", [Self.systemName, "s", "after"])
                #expect(refused.exitCode != 0, "\(refused)")
                #expect(try await snmp.value(Self.systemName).string == "before")
                #expect(try await Peer.run("prlimit", ["--pid", pid, "--fsize=unlimited:unlimited"], in: scratch).exitCode == 0)
                #expect(try await snmp.run("snmpset", [Self.systemName, "s", "again"]).exitCode == 0)
                try await program.crash()
                let second = try start(network, scratch)
                try await ready(second, snmp)
                #expect(try await snmp.value(Self.systemName).string == "again")
                await second.end()
            }
        }

        /// A damaged file is told, and the copy counts.
        @Test func aDamagedFileIsTold() async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let snmp = peer(network, scratch)
                let first = try start(network, scratch)
                try await ready(first, snmp)
                #expect(try await snmp.run("snmpset", [Self.pollRate, "i", "7"]).exitCode == 0)
                try await first.crash()
                let path = scratch.path("farm/card-1/settings.conf")
                let text = try String(contentsOfFile: path, encoding: .utf8)
                try text.replacing("polling-rate = 7", with: "polling-rate = 9").write(toFile: path, atomically: true, encoding: .utf8)
                let second = try start(network, scratch)
                try await ready(second, snmp)
                #expect(try await snmp.value(Self.pollRate).integer == 7)
                try await second.ready("the card tells it") { second.logged.contains("Parameters checksum error") ? true : nil }
                await second.end()
            }
        }
    }
}
