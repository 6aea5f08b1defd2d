import ArgumentParser
import FoundationEssentials

/// `nvexplorer alarms show`
struct AlarmsShowCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an alarm, and what has happened to it.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var alarm: Int

    func run() async throws {
        let found: Answer<AlarmHistory> = try await options.withServer { try await $0.read("\(AlarmItem.path)/\(alarm)") }
        try options.output.show(found) { Self.lines(found.record, incident: found.all["incident"]?.words, now: Date()) }
    }

    static func lines(_ history: AlarmHistory, incident: String?, now: Date) -> [String] {
        let alarm = history.alarm
        func time(_ text: String?, _ by: String? = nil) -> String? {
            text.map { "\($0) (\(Elapsed.since($0, now: now)))\(by.map { " by \($0)" } ?? "")" }
        }
        let shelved = alarm.shelvedUntil.map { until in
            [until, alarm.shelvedBy.map { "by \($0)" }, alarm.shelvedReason].compactMap(\.self).joined(separator: ", ")
        }
        let facts = Output.facts([
            ("State", alarm.state + (alarm.flapping == true ? ", flapping" : "")), ("Severity", alarm.severity), ("Card", alarm.place),
            ("Site", alarm.site), ("Name", alarm.name), ("Told by", alarm.source), ("Detail", alarm.detail), ("Since", time(alarm.since)),
            ("Cleared", time(alarm.clearedAt)), ("Acknowledged", time(alarm.acknowledgedAt, alarm.acknowledgedBy)),
            ("Shelved until", shelved), ("Raised so often", alarm.occurrences.flatMap { $0 > 1 ? "\($0)" : nil }), ("Incident", incident),
        ])
        let timeline = history.events.map { "  " + $0.words }
        return ["\(alarm.title) (id \(alarm.id))"] + facts + (timeline.isEmpty ? [] : ["", "Timeline"] + timeline)
    }
}
