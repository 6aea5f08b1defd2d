import Foundation
import Testing

/// A farm of cards behind lines that can be made slow, lossy, dead or double, and a FleetServer that knows its cards by these lines only.
struct BadLines: SharedBySuite {
    static let cards = 12

    let farm: CardFarm
    /// Where the server finds the cards.
    let network: LoopbackNetwork
    let fleet: FleetUnderTest

    static let slot = TaskLocal<BadLines?>(wrappedValue: nil)

    static func lend(_ body: (BadLines) async throws -> Void) async throws {
        try await CardFarm.with(count: cards) { farm in
            let scratch = farm.scratch
            let octets = farm.network.prefix.split(separator: ".")
            let other = (Int(octets[1]) ?? 64) == 64 ? 65 : 64
            let network = LoopbackNetwork(prefix: "127.\(other).\(octets[2])", portOffset: farm.network.portOffset)
            let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
                path: "polling/bad_lines.py")
            let lines = try ProgramUnderTest.start(
                executable: Executable.peer("python3"),
                [
                    script.path, "\(network.port(161))", network.prefix, farm.network.prefix, "\(cards)", scratch.path("behaviours"),
                ], in: scratch)
            defer { lines.discard() }
            try await lines.line(containing: "ready")
            var settings = FleetUnderTest.Settings(network: network)
            settings.polling = (status: 2, all: 4)
            try await FleetUnderTest.with(settings, in: scratch) { fleet in
                try await fleet.discover(network, methods: ["snmp"])
                _ = try await fleet.liveCards(cards, within: .seconds(20))
                try await body(BadLines(farm: farm, network: network, fleet: fleet))
            }
        }
    }

    /// Makes these lines so; the others are good.
    func make(_ words: [Int: String]) throws {
        let text = words.map { "\($0.key) \($0.value)\n" }.joined()
        try Data(text.utf8).write(to: URL(filePath: farm.scratch.path("behaviours")), options: .atomic)
    }

    func id(_ card: Int) async throws -> Int { try await fleet.id(at: network.host(card)) }

    func health(_ card: Int) async throws -> JSON { try await fleet.client.json("GET", "/api/v1/cards/\(try await id(card))/health") }

    /// How many polls began, and how many of them more than a second late.
    func polls() async throws -> (begun: Double, late: Double) {
        let text = try await fleet.client.call("GET", "/metrics").text
        func value(_ line: String) -> Double {
            text.split(separator: "\n").first { $0.hasPrefix(line) }?.split(separator: " ").last.flatMap { Double($0) } ?? 0
        }
        let begun = value("nvfleet_poll_lateness_seconds_count")
        return (begun, begun - value("nvfleet_poll_lateness_seconds_bucket{le=\"1.0\"}"))
    }
}
