import ArgumentParser
import SNMP

/// Asks the fleet for a time: what one core of a manager can do.
struct PollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manager", abstract: "Asks a fleet for the objects whose names come on standard input, and reads every value.")

    @Option var port: Int
    @Option var version = Version.v2c
    @Option var cards = 2000
    @Option(help: "How many objects one request asks for.") var perRequest = 30
    @Option(help: "How many requests are on their way at a time.") var window = 256
    @Option var seconds = 3.0

    func run() async throws {
        var names: [OID] = []
        while let line = readLine() {
            guard let name = OID(line) else { throw ValidationError("\"\(line)\" is no object identifier.") }
            names.append(name)
        }
        let reads = stride(from: 0, to: names.count, by: perRequest).map { first in
            PreparedRead(Array(names[first..<min(first + perRequest, names.count)]))
        }
        let client = SNMPClient()
        let poll = FleetPoll(client: client, targets: try targets(), reads: reads, cardsAtOnce: max(window / reads.count, 1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            poll.start()
            // The first round discovers the engines.
            try await Task.sleep(for: .milliseconds(700))
            let start = poll.measurement
            try await Task.sleep(for: .seconds(seconds))
            print(poll.measurement.line(since: start, label: "NVFleet"))
            group.cancelAll()
        }
    }

    private func targets() throws -> [SNMPTarget] {
        let credentials: SNMPCredentials =
            switch version {
            case .v2c: .v2c(Fleet.community)
            case .v3: .v3(try Fleet.user())
            }
        return try (0..<cards).map { SNMPTarget(try Fleet.address(of: $0, port: port), credentials: credentials) }
    }
}
