import Foundation

/// net-snmp's snmptrapd, and the lines that it prints of what it has received.
struct TrapDaemon: Sendable {
    /// A notification: `version|from|security|name=value …`, in the words of snmptrapd.
    struct Line: Sendable, CustomStringConvertible {
        let description: String
        private let parts: [String]

        init?(_ text: Substring) {
            parts = text.split(separator: "|", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 6, parts[0] == "trap" else { return nil }
            description = String(text)
        }

        /// The socket's address that it came from.
        var source: String { parts[1] }
        /// `TRAP, SNMP v1, community public`, `INFORM, SNMP v3, user ops, context `.
        var envelope: String { parts[2] }
        /// Of v1: the enterprise, and the numbers of the generic and the specific trap.
        var enterprise: String { parts[3] }
        var numbers: String { parts[4] }
        var variables: String { parts[5] }

        /// The number of a trap of NET VISION 7/8, in v1's form or v2's.
        var cardTrap: Int? {
            if enterprise == ".1.3.6.1.4.1.4555.1.1.7.2" {
                return numbers.split(whereSeparator: { " .".contains($0) }).last.flatMap { Int($0) }
            }
            return variables.firstMatch(of: /\.1\.3\.6\.1\.4\.1\.4555\.1\.1\.7\.2\.0\.(\d+)/).flatMap { Int($0.1) }
        }
    }

    let program: ProgramUnderTest

    /// Listens at `ports` of `host` while `body` runs.
    ///
    /// - Parameter users: lines of its configuration, `createUser …` and `authUser …`.
    static func with<Result>(
        _ host: String, ports: [Int], community: String = "public", users: [String] = [], in scratch: Scratch,
        _ body: (TrapDaemon) async throws -> Result
    ) async throws -> Result {
        let format = "trap|%b|%P|%N|%w %q|%v\\n"
        let lines = ["authCommunity log \(community)", "format1 \(format)", "format2 \(format)"] + users
        let configuration = try scratch.write(lines.joined(separator: "\n") + "\n", as: "\(scratch.unusedName("trapd"))/snmptrapd.conf")
        let addresses = ports.map { "udp:\(host):\($0)" }
        let program = try ProgramUnderTest.start(
            executable: Executable.peer("snmptrapd"),
            ["-f", "-n", "-On", "-m", "", "-Lo", "-C", "-c", configuration] + addresses, in: scratch)
        defer { program.discard() }
        try await program.line(containing: "NET-SNMP version")
        return try await body(TrapDaemon(program: program))
    }

    /// All that it has received so far.
    var lines: [Line] { program.said.split(separator: "\n").compactMap { Line($0) } }

    /// The first that fits, once it is there.
    func line(_ awaited: String, within limit: Duration = .seconds(20), _ fits: (Line) -> Bool) async throws -> Line {
        try await program.ready("snmptrapd receives \(awaited)", within: limit) { lines.first(where: fits) }
    }
}
