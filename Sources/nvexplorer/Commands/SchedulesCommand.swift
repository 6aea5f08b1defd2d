import ArgumentParser
import FoundationEssentials

/// `nvexplorer schedules`
struct SchedulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedules", abstract: "Searches that the server repeats.",
        subcommands: [
            SchedulesListCommand.self, SchedulesAddCommand.self, SchedulesChangeCommand.self, SchedulesPauseCommand.self,
            SchedulesResumeCommand.self, SchedulesRemoveCommand.self,
        ], defaultSubcommand: SchedulesListCommand.self)
}

/// `nvexplorer schedules list`
struct SchedulesListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the schedules.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let schedules: [ScheduleRecord] = try await options.withServer { try await $0.list(ScheduleRecord.kind.path) }
        let now = Date()
        try options.output.show(
            schedules, empty: "There are no schedules.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Name") { $0.name }, Column("Every", .right) { Interval.words($0.minutes) },
                Column("Next") { $0.isEnabled ? $0.nextAt.map { Elapsed.until($0, now: now) } : "paused" },
                Column("Last search", .right) { $0.lastDiscovery.map(String.init) }, Column("Accepts") { $0.accept ? "yes" : "no" },
                Column("Methods") { $0.methods?.joined(separator: ", ") ?? "all but modbus" },
                Column("Ranges") { $0.ranges.joined(separator: ", ") }, Column("Interfaces") { $0.interfaces.joined(separator: ", ") },
            ])
    }
}

/// What a schedule searches for, and how.
struct ScheduledSearchOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A range of addresses to search (repeatable).", valueName: "range"))
    var range: [String] = []

    @Option(help: ArgumentHelp("How to search (repeatable, or with commas between). (default: all but modbus)", valueName: "method"))
    var method: [String] = []

    @Option(
        help: ArgumentHelp("Where to broadcast (repeatable, or with commas between). (default: all interfaces)", valueName: "name"))
    var interface: [String] = []

    @Flag(
        inversion: .prefixedNo, help: "Take what is found into the inventory at once; else rules and people decide. (default: --no-accept)")
    var accept: Bool?

    func validate() throws { _ = try WordList.methods(method) }

    /// The fields of the API that are named; an empty text takes a value away.
    var fields: [String: APIValue] {
        var fields: [String: APIValue] = [:]
        fields.replace("ranges", range)
        let methods = WordList.words(method)
        if !method.isEmpty { fields["methods"] = methods.isEmpty ? .null : APIValue(methods) }
        if !interface.isEmpty { fields["interfaces"] = APIValue(WordList.words(interface)) }
        fields["accept"] = accept.map(APIValue.flag)
        return fields
    }
}

/// `nvexplorer schedules add`
struct SchedulesAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Let the server search again and again.",
        discussion: "The first search begins at once. Example: nvexplorer schedules add nightly --every 1d --range 10.1.0.0/16")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its name.")
    var name: String

    @Option(help: Interval.help, transform: Interval.minutes(in:))
    var every: Int

    @OptionGroup var search: ScheduledSearchOptions

    @Flag(help: "Don't begin before nvexplorer schedules resume.")
    var paused = false

    var body: [String: APIValue] {
        var body = search.fields
        body["name"] = .text(name)
        body["minutes"] = .integer(every)
        if paused { body["isEnabled"] = .flag(false) }
        return body
    }

    func run() async throws {
        let added: ScheduleRecord = try await options.withServer { try await $0.post(ScheduleRecord.kind.path, body) }
        try options.output.show(added) { ["\(added.name) is schedule \(added.id): \(added.words)."] }
    }
}

/// `nvexplorer schedules change`
struct SchedulesChangeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change a schedule.",
        discussion: "What is not named stays; \"\" takes ranges, methods or interfaces away.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var schedule: String

    @Option(help: "Its new name.")
    var name: String?

    @Option(help: Interval.help, transform: Interval.minutes(in:))
    var every: Int?

    @OptionGroup var search: ScheduledSearchOptions

    func validate() throws {
        try needServer()
        guard !body.isEmpty else { throw ValidationError("Say what to change: nvexplorer help schedules change.") }
    }

    var body: [String: APIValue] {
        var body = search.fields
        body["name"] = name.map(APIValue.text)
        body["minutes"] = every.map(APIValue.integer)
        return body
    }

    func run() async throws {
        let changed = try await options.withServer { try await $0.change(try await $0.record(schedule, ScheduleRecord.self), body) }
        try options.output.show(changed) { ["\(changed.name) is changed: \(changed.words)."] }
    }
}

/// `nvexplorer schedules pause`
struct SchedulesPauseCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Begin no more searches by these schedules; one that runs goes on.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var schedules: [String]

    func run() async throws {
        try await options.each(schedules, ScheduleRecord.self, { "\($0.name) is paused." }) { api, schedule in
            try await api.change(schedule, ["isEnabled": .flag(false)])
        }
    }
}

/// `nvexplorer schedules resume`
struct SchedulesResumeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Search by these schedules again; the first time in one interval from now.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var schedules: [String]

    func run() async throws {
        try await options.each(schedules, ScheduleRecord.self, { "\($0.name): \($0.words)." }) { api, schedule in
            try await api.change(schedule, ["isEnabled": .flag(true)])
        }
    }
}

/// `nvexplorer schedules remove`
struct SchedulesRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget schedules; what they have found stays.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var schedules: [String]

    func run() async throws {
        try await options.each(schedules, ScheduleRecord.self, { "\($0.name) is removed." }) { api, schedule in
            try await api.remove(schedule)
            return schedule
        }
    }
}

extension ScheduleRecord {
    /// `every 12 h, what is found is taken into the inventory`
    var words: String {
        let pause = isEnabled ? "" : "paused, "
        return
            "\(pause)every \(Interval.words(minutes)), what is found \(accept ? "is taken into the inventory" : "becomes a candidate, unless a rule decides")"
    }
}

/// The time between two searches, in minutes.
enum Interval {
    private static let units: [Character: Int] = ["m": 1, "h": 60, "d": 1440, "w": 10_080]
    private static let range = 1...10_080

    static let help = ArgumentHelp("From the begin of one search to that of the next: 30m, 12h, 1d; a week at most.", valueName: "time")

    /// Throws what is wanted.
    static func minutes(in text: String) throws -> Int {
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()), range.contains(number) else {
            throw ValidationError("Write minutes, hours or days: 30m, 12h, 1d.")
        }
        guard range.contains(number * unit) else { throw ValidationError("That is more than a week.") }
        return number * unit
    }

    /// `30 min`, `12 h`, `7 d`
    static func words(_ minutes: Int) -> String {
        if minutes >= 1440, minutes.isMultiple(of: 1440) { return "\(minutes / 1440) d" }
        return minutes >= 60 && minutes.isMultiple(of: 60) ? "\(minutes / 60) h" : "\(minutes) min"
    }
}
