import Foundation
import Testing

/// The logs of a card in its state directory: over kills, in CSV, and while the card runs.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(5))) struct CardLogsTests {
        private static let location = "1.3.6.1.2.1.1.6.0"
        /// Seconds that a kill may take from the logs, and what a busy machine adds.
        private static let losable = 1.5

        @Test func aKilledCardLosesTheLastSecondAtMost() async throws {
            try await CardWithState.with { card in
                var told = 0
                for round in 1...6 {
                    let program = try card.start()
                    try await program.line(containing: "SNMP")
                    var answered: [Date] = []
                    let end = Date().addingTimeInterval(.random(in: 1.0...3.5))
                    while Date() < end {
                        let output = try await card.set(Self.location, to: "place \(round).\(answered.count)")
                        if output.exitCode == 0 { answered.append(Date()) }
                    }
                    let moment = Date()
                    try await program.crash()
                    told += answered.filter { moment.timeIntervalSince($0) > Self.losable }.count
                    let records = try await card.records(of: "card-events")
                    let changes = records.filter { $0.contains("has been changed via") }.count
                    #expect(changes >= told, "round \(round)")
                    told = changes
                    #expect(!FileManager.default.fileExists(atPath: card.state + "/card.sqlite.damaged"))
                    #expect(!program.logged.contains("Log file damaged"))
                }
            }
        }

        @Test func aCardThatIsStoppedLosesNothing() async throws {
            try await CardWithState.with { card in
                let program = try card.start()
                try await program.line(containing: "SNMP")
                for number in 1...5 { #expect(try await card.set(Self.location, to: "place \(number)").exitCode == 0) }
                await program.end()
                let records = try await card.records(of: "card-events")
                #expect(records.filter { $0.contains("has been changed via") }.count == 5)
                #expect(records.contains { $0.contains("Cold boot") })
            }
        }

        @Test func theLogsAreListedWhileTheCardRunsAndClearedWhileItDoesNot() async throws {
            try await CardWithState.with { card in
                let program = try card.start()
                try await program.line(containing: "SNMP")
                try await eventually("the first sample is in the history", within: .seconds(20)) {
                    try await card.records(of: "history").count == 1
                }
                let history = try await card.log("export", "--log", "history").text
                #expect(history.hasPrefix("Date time,Input voltage R (V),Input voltage S (V),"))
                #expect(try await card.log("clear", "--log", "history").exitCode == 1)
                await program.end()
                #expect(try await card.log("clear", "--log", "history").exitCode == 0)
                #expect(try await card.records(of: "history").isEmpty)
                let events = try await card.records(of: "card-events")
                #expect(events.last?.contains("History log cleared,command line by CardAgent log clear") == true)
            }
        }

        @Test func aBrokenFileIsSetAsideAndTheCardGoesOn() async throws {
            try await CardWithState.with { card in
                let first = try card.start()
                try await first.line(containing: "SNMP")
                await first.end()
                try Data("no database at all".utf8).write(to: URL(filePath: card.state + "/card.sqlite"))
                let second = try card.start()
                try await second.line(containing: "SNMP")
                try await eventually("the card tells of it", within: .seconds(10)) {
                    try await card.records(of: "card-events").contains { $0.contains("Log file damaged. Logs have been re-created.") }
                }
                #expect(try String(contentsOfFile: card.state + "/card.sqlite.damaged", encoding: .utf8) == "no database at all")
                await second.end()
            }
        }
    }
}

/// `CardAgent run` in front of a simulated UPS, with a state directory that outlives it.
private struct CardWithState: Sendable {
    let scratch: Scratch
    let network: LoopbackNetwork

    static func with(_ body: (CardWithState) async throws -> Void) async throws {
        try await Scratch.with { scratch in
            try await body(CardWithState(scratch: scratch, network: try LoopbackNetwork.free()))
        }
    }

    var state: String { scratch.path("card") }
    private var host: String { network.host(9) }

    func start() throws -> ProgramUnderTest {
        try ProgramUnderTest.start(
            executable: Executable.built("CardAgent"),
            ["run", "--state", state, "--address", host, "--port-offset", "\(network.portOffset)", "--device", "sim:MASTERYS BC+"],
            in: scratch)
    }

    /// Sets a text by SNMP.
    func set(_ object: String, to text: String) async throws -> Peer.Output {
        let peer = SNMPPeer(host: host, port: network.port(161), version: .v2c, community: "private", scratch: scratch)
        return try await peer.run("snmpset", [object, "s", text])
    }

    func log(_ command: String, _ arguments: String...) async throws -> Peer.Output {
        try await Peer.runBuilt("CardAgent", ["log", command, "--state", state] + arguments, in: scratch)
    }

    /// The lines of a log, oldest first, without the headings.
    func records(of log: String) async throws -> [String] {
        let output = try await self.log("export", "--log", log)
        guard output.exitCode == 0 else { throw WebClient.Unexpected(description: "log export: \(output)") }
        let lines: [String] = output.text.components(separatedBy: "\r\n").filter { !$0.isEmpty }
        return Array(lines.dropFirst())
    }
}
