import ArgumentParser
import FoundationEssentials

/// `nvexplorer health`
struct HealthCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "health", abstract: "How well a card can be polled: answers, losses, the last error.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The card's id, name, address, MAC or serial number.")
    var card: String

    func run() async throws {
        let (record, health): (CardRecord, HealthRecord) = try await options.withServer { api in
            let record = try await api.card(card)
            return (record, try await api.read("cards/\(try FleetAPI.number(of: record))/health"))
        }
        try options.output.show(health) { [record.name] + Self.lines(health, now: Date()) }
    }

    static func lines(_ health: HealthRecord, now: Date) -> [String] {
        let latency = health.latencyMs.map { latency in
            [("last", latency.last), ("average", latency.average), ("worst", latency.worst)]
                .compactMap { name, value in value.map { "\(name) \(($0 * 10).rounded() / 10) ms" } }.joined(separator: ", ")
        }
        let polling = health.polling.map { polling in
            PollOption.words(polling.statusSeconds, polling.fullSeconds) + (polling.from.map { " (\($0))" } ?? "")
        }
        let rows: [(String, String?)] = [
            ("Read by", [health.protocol, health.profile.map { "profile \($0)" }].compactMap(\.self).joined(separator: ", ")),
            ("Polled", polling), ("Last answer", health.lastAnswerAt.map { Elapsed.since($0, now: now) } ?? "never"),
            ("Latency", latency), ("Lost", health.lossPercent.map { "\(($0 * 10).rounded() / 10) %" }),
            ("Failures in a row", "\(health.consecutiveFailures)"),
            (
                "Last error",
                health.lastError.map { error in error + (health.lastErrorAt.map { " (\(Elapsed.since($0, now: now)))" } ?? "") }
            ),
            ("Pause after failures", health.backOffSeconds.flatMap { $0 > 0 ? "\($0) s" : nil }),
            ("Polled by", health.isPolledByThisServer == false ? "another server" : nil),
        ]
        let shown = rows.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
        let width = shown.map(\.0.count).max() ?? 0
        return shown.map { "  " + Table.fit($0.0, width) + "  " + $0.1 }
    }
}
