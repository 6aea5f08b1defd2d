import ArgumentParser
import FoundationEssentials

/// `nvexplorer alarms ack`
struct AlarmsAckCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Say that you have seen alarms: nobody is told of them again.", aliases: ["acknowledge"])

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var alarms: [Int]

    @Option(help: "What others should know.")
    var comment: String?

    /// As many as the server takes at once.
    static let most = 500

    func run() async throws {
        let report = try await options.withServer { try await acknowledge($0) }
        try options.output.show(report) { ["\(Self.count(report.acknowledged)) acknowledged."] }
        for skipped in report.skipped { Output.complain("Alarm \(skipped.id): \(skipped.reason)") }
        if !report.skipped.isEmpty { throw CommandFailure.told }
    }

    func acknowledge(_ api: FleetAPI) async throws -> AcknowledgementReport {
        var report = AcknowledgementReport(acknowledged: 0, skipped: [])
        var rest = alarms[...]
        while !rest.isEmpty {
            var body: [String: APIValue] = ["ids": .list(rest.prefix(Self.most).map(APIValue.integer))]
            body["comment"] = comment.map(APIValue.text)
            let part: AcknowledgementReport = try await api.post("\(AlarmItem.path)/acknowledge", body)
            report.acknowledged += part.acknowledged
            report.skipped += part.skipped
            rest = rest.dropFirst(Self.most)
        }
        return report
    }

    static func count(_ count: Int) -> String { count == 1 ? "1 alarm is" : "\(count) alarms are" }
}

/// `nvexplorer alarms unack`
struct AlarmsUnackCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "unack", abstract: "Take an acknowledgement back.", aliases: ["unacknowledge"])

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var alarms: [Int]

    func run() async throws {
        try await AlarmOrder.send(alarms, "unacknowledge", [:], options) { "\($0.title) of \($0.place) is not acknowledged any more." }
    }
}

/// `nvexplorer alarms comment`
struct AlarmsCommentCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "comment", abstract: "Write something to an alarm's timeline.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var alarm: Int

    @Argument(help: "What others should know.")
    var text: String

    func run() async throws {
        let answer: APIValue = try await options.withServer { api in
            try await api.tell("\(AlarmItem.path)/\(alarm)/comments", ["text": APIValue.text(text)])
        }
        try options.output.show(answer) { ["The comment is with alarm \(alarm)."] }
    }
}

/// `nvexplorer alarms shelve`
struct AlarmsShelveCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "shelve", abstract: "Let nobody be told of alarms for a time.",
        discussion: "They stay in the lists. Example: nvexplorer alarms shelve 12 --for 2h --reason \"battery is being changed\"")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var alarms: [Int]

    @Option(name: .customLong("for"), help: ArgumentHelp("For so long: 90m, 2h, 3d; 30 days at most.", valueName: "time"))
    var span: String?

    @Option(help: ArgumentHelp("Until then, as 2026-01-31T12:00:00Z.", valueName: "time"))
    var until: String?

    @Option(help: "Why.")
    var reason: String

    private static let longest = 30.0 * 86_400

    func validate() throws {
        try needServer()
        guard (span == nil) != (until == nil) else { throw ValidationError("Say how long: --for 2h, or --until TIME.") }
        if let span {
            guard let seconds = Moment.seconds(span), 60...Self.longest ~= seconds else {
                throw ValidationError("--for is from 1m to 30d, such as 90m, 2h or 3d.")
            }
        }
        if let until, Elapsed.date(until) == nil { throw ValidationError("--until is a time such as 2026-01-31T12:00:00Z.") }
        if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason needs some words.") }
    }

    var body: [String: APIValue] {
        var body: [String: APIValue] = ["reason": .text(reason)]
        if let seconds = span.flatMap(Moment.seconds) { body["minutes"] = .integer(Int((seconds / 60).rounded(.up))) }
        if let date = until.flatMap(Elapsed.date) { body["until"] = .text(Elapsed.rfc3339(date)) }
        return body
    }

    func run() async throws {
        let now = Date()
        try await AlarmOrder.send(alarms, "shelve", body, options) { alarm in
            "\(alarm.title) of \(alarm.place) is shelved\(alarm.shelvedUntil.map { "; that ends \(Elapsed.until($0, now: now))" } ?? "")."
        }
    }
}

/// `nvexplorer alarms unshelve`
struct AlarmsUnshelveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "unshelve", abstract: "Let people be told of alarms again.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var alarms: [Int]

    func run() async throws {
        try await AlarmOrder.send(alarms, "unshelve", [:], options) { "\($0.title) of \($0.place) is not shelved any more." }
    }
}

/// `nvexplorer alarms clear`
struct AlarmsClearCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "End alarms that a trap or a syslog message has raised and nothing ends.",
        discussion: "The server refuses it of others: what a poll tells is over when the card says so.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var alarms: [Int]

    @Option(help: "What others should know.")
    var comment: String?

    func run() async throws {
        var body: [String: APIValue] = [:]
        body["comment"] = comment.map(APIValue.text)
        try await AlarmOrder.send(alarms, "clear", body, options) { "\($0.title) of \($0.place) is over." }
    }
}

private enum AlarmOrder {
    /// Does the same with each alarm, and tells what came of it.
    static func send(
        _ ids: [Int], _ order: String, _ body: [String: APIValue], _ options: GlobalOptions, _ words: (AlarmItem) -> String
    ) async throws {
        let batch = Batch(outcomes: ids.map { Batch<Int>.Outcome(name: "Alarm \($0)", result: .success($0)) })
        let done: Batch<Answer<AlarmItem>> = try await options.withServer { api in
            try await batch.each { try await api.post("\(AlarmItem.path)/\($0)/\(order)", body) }
        }
        try done.tell(options.output) { words($0.record) }
    }
}
