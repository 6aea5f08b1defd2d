import Foundation
import Testing

/// A card that is taken out of its box: its first password, the next one, wrong ones, and the reset button.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct CardAccountTests {
        private static let password = "Good-enough77%".filter { $0 != "-" } + "x"
        private static let other = "Another1Good!"

        private struct Bench {
            let network: LoopbackNetwork
            let scratch: Scratch

            var host: String { network.host(7) }

            /// Runs the card for the time of `body`; it sends its traps to host 9.
            func run(_ body: (ProgramUnderTest) async throws -> Void) async throws {
                let arguments = [
                    "run", "--state", scratch.path("card"), "--address", host, "--port-offset", "\(network.portOffset)", "--mac",
                    "00:E0:D8:FF:C1:9A", "--device", "sim:MASTERYS BC+", "--trap-receiver", network.host(9), "--log-level", "debug",
                ]
                try await ProgramUnderTest.with(executable: Executable.built("CardAgent"), arguments, in: scratch) { card in
                    try await card.line(containing: "Card 00:E0:D8:FF:C1:9A on \(host)")
                    try await body(card)
                    #expect(!card.said.contains(CardAccountTests.password) && !card.logged.contains(CardAccountTests.password))
                }
            }

            /// Listens to the card's traps.
            func withTraps(_ body: (TrapDaemon) async throws -> Void) async throws {
                try await TrapDaemon.with(network.host(9), ports: [network.port(162)], in: scratch, body)
            }

            /// `nvexplorer`, with the lines of standard input.
            func explorer(_ command: String, _ lines: String...) async throws -> Peer.Output {
                let arguments = [command, host, "--direct", "--port-offset", "\(network.portOffset)"]
                // Of two lines the first is the present password.
                let isGiven = lines.count > (command == "passwd" ? 1 : 0)
                return try await Peer.runBuilt(
                    "nvexplorer", arguments + (isGiven ? ["--password-stdin"] : []), in: scratch,
                    input: lines.map { $0 + "\n" }.joined())
            }

            func passwd(_ password: String, user: String = "admin") async throws -> Peer.Output {
                try await Peer.runBuilt(
                    "CardAgent", ["passwd", "--state", scratch.path("card"), "--user", user], in: scratch, input: password + "\n")
            }
        }

        private func withBench(_ body: (Bench) async throws -> Void) async throws {
            try await Scratch.with { scratch in try await body(Bench(network: LoopbackNetwork.free(), scratch: scratch)) }
        }

        @Test func theFirstPasswordHasToBeChangedAndTheNextOneStays() async throws {
            try await withBench { bench async throws in
                try await bench.run { card async throws in
                    for command in ["unlock", "restart"] {
                        let refused = try await bench.explorer(command)
                        #expect(refused.exitCode == 4, "\(refused)")
                        #expect(refused.errors.contains("nvexplorer passwd"), "\(refused)")
                    }
                    let short = try await bench.explorer("passwd", "short")
                    #expect(short.exitCode == 1 && short.errors.contains("12 characters at least"), "\(short)")
                    let set = try await bench.explorer("passwd", Self.password)
                    #expect(set.exitCode == 0, "\(set)")
                    let unlocked = try await bench.explorer("unlock", Self.password)
                    #expect(unlocked.exitCode == 0, "\(unlocked)")
                    #expect(try await bench.explorer("unlock").exitCode == 4)
                    let running = try await bench.passwd(Self.other)
                    #expect(running.exitCode == 1 && running.errors.contains("runs"), "\(running)")
                }
                try await bench.run { card async throws in
                    #expect(try await bench.explorer("unlock", Self.password).exitCode == 0)
                    card.process.signal(SIGUSR1)
                    try await eventually("the first password counts again", within: .seconds(10)) {
                        try await bench.explorer("unlock").errors.contains("nvexplorer passwd")
                    }
                }
                let files = try FileManager.default.contentsOfDirectory(atPath: bench.scratch.path("card"))
                for file in files {
                    let contents = FileManager.default.contents(atPath: bench.scratch.path("card/\(file)")) ?? Data()
                    #expect(contents.range(of: Data(Self.password.utf8)) == nil, "\(file)")
                }
            }
        }

        @Test func wrongPasswordsLockTheAccountAndATrapTells() async throws {
            try await withBench { bench async throws in
                try await bench.withTraps { daemon async throws in
                    try await bench.run { _ async throws in
                        #expect(try await bench.explorer("passwd", Self.password).exitCode == 0)
                        #expect(try await bench.explorer("unlock", Self.password).exitCode == 0)
                        _ = try await daemon.line("trap 40") { $0.cardTrap == 40 }
                        for _ in 0..<5 { #expect(try await bench.explorer("unlock", "Wrong1Password!").exitCode == 4) }
                        _ = try await daemon.line("trap 41") { $0.cardTrap == 41 }
                        let locked = try await bench.explorer("unlock", Self.password)
                        #expect(locked.exitCode == 4 && locked.errors.contains("too many wrong passwords"), "\(locked)")
                        #expect(daemon.lines.count { $0.cardTrap == 41 } == 1)
                    }
                }
            }
        }

        @Test func aPasswordIsSetWhileTheCardDoesNotRun() async throws {
            try await withBench { bench async throws in
                #expect(try await bench.passwd(Self.other).errors.contains("no card"))
                try await bench.run { _ in }
                #expect(try await bench.passwd("short").exitCode == 1)
                #expect(try await bench.passwd(Self.other, user: "nobody").exitCode == 1)
                let set = try await bench.passwd(Self.other)
                #expect(set.exitCode == 0, "\(set)")
                try await bench.run { _ async throws in #expect(try await bench.explorer("unlock", Self.other).exitCode == 0) }
            }
        }

        @Test func signalsAreTheResetButton() async throws {
            try await withBench { bench async throws in
                try await bench.withTraps { daemon async throws in
                    try await bench.run { card async throws in
                        let peer = SNMPPeer(
                            host: bench.host, port: bench.network.port(161), version: .v2c, community: "private", scratch: bench.scratch)
                        try await card.ready("the card answers") {
                            try await peer.run("snmpget", ["1.3.6.1.2.1.1.1.0"], timeout: 1, retries: 0).exitCode == 0 ? true : nil
                        }
                        #expect(try await peer.run("snmpset", ["1.3.6.1.2.1.1.6.0", "s", "Rack 7"]).exitCode == 0)
                        card.process.signal(SIGHUP)
                        _ = try await daemon.line("trap 27") { $0.cardTrap == 27 }
                        try await eventually("the card is back with its settings", within: .seconds(20)) {
                            let output = try await peer.run("snmpget", ["1.3.6.1.2.1.1.6.0"], timeout: 1, retries: 0)
                            return card.logged.contains("Warm boot") && output.text.contains("Rack 7")
                        }
                        card.process.signal(SIGUSR2)
                        try await eventually("the card is back without its settings", within: .seconds(20)) {
                            let output = try await peer.run("snmpget", ["1.3.6.1.2.1.1.6.0"], timeout: 1, retries: 0)
                            return output.exitCode == 0 && !output.text.contains("Rack 7")
                        }
                        #expect(card.logged.contains("NET VISION UPS Agent Parameters reset to default"))
                    }
                }
            }
        }
    }
}
