import ArgumentParser
import FoundationEssentials
import NIOCore

/// `nvexplorer alarm-rules dry-run`
struct AlarmRulesDryRunCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "dry-run", abstract: "Tell how often a rule would have fired, by stored history; nothing is changed.",
        discussion: "Without --from the last 30 days. Example: nvexplorer alarm-rules dry-run hot.yaml --from 90d")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "A file with one rule, or the id or name of a rule that the server has.")
    var rule: String

    @OptionGroup var span: SpanOptions

    /// The server looks for twenty seconds at most.
    private static let patience = 40.0

    func run() async throws {
        let found: Answer<RuleRehearsal> = try await options.withServer(patience: Self.patience) { try await rehearse($0, now: Date()) }
        try options.output.show(found) { Self.lines(found.record) }
    }

    func rehearse(_ api: FleetAPI, now: Date) async throws -> Answer<RuleRehearsal> {
        let path = "\(AlarmRuleFields.kind.path)/dry-run"
        guard LocalFile.exists(rule) else {
            let stored: AlarmRuleRecord = try await api.record(rule)
            let body = stored.document.merging(span.fields(now: now)) { $1 }
            return try await api.post(path, body)
        }
        return try await api.upload(path, span.query(now: now), try await RuleFile.read(rule), as: RuleFile.contentType)
    }

    static func lines(_ rehearsal: RuleRehearsal) -> [String] {
        let table = Output.table(
            rehearsal.cards,
            [
                Column("Card") { $0.name ?? $0.card.map { "card \($0)" } }, Column("Fired", .right) { "\($0.fired)" },
                Column("First") { $0.firstAt }, Column("Longest", .right) { $0.longestSeconds.map { Elapsed.text(seconds: $0) } },
            ])
        return [rehearsal.text] + (rehearsal.cards.isEmpty ? [] : [""] + table) + (rehearsal.notes ?? []).map { "Note: \($0)" }
    }
}
