import ArgumentParser
import FoundationEssentials

/// `nvexplorer windows`
struct WindowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "windows", abstract: "Maintenance windows: times in which nobody is told.",
        subcommands: [WindowsListCommand.self, WindowsAddCommand.self, WindowsRemoveCommand.self],
        defaultSubcommand: WindowsListCommand.self)
}

/// `nvexplorer windows list`
struct WindowsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the maintenance windows.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let windows: [WindowRecord] = try await options.withServer { try await $0.list(WindowFields.kind.path) }
        try options.output.show(
            windows, empty: "There are no maintenance windows.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Name") { $0.name }, Column("Where") { WindowWords.scope($0.all) },
                Column("When") { WindowWords.time($0.all) }, Column("Open") { $0.record.isOpen == true ? "yes" : "" },
            ])
    }
}

/// A maintenance window in words.
enum WindowWords {
    /// `sites Berlin or Ulm, cards 12`
    static func scope(_ window: APIValue) -> String {
        let parts = ["sites", "tags", "cards"].compactMap { name -> String? in
            let texts = (window[name]?.items ?? []).compactMap(\.words).joined(separator: " or ")
            return texts.isEmpty ? nil : "\(name) \(texts)"
        }
        return parts.isEmpty ? "the whole fleet" : parts.joined(separator: ", ")
    }

    /// `saturday 08:00-12:00 Europe/Zurich`; `2026-01-31T12:00:00Z until 2026-01-31T14:00:00Z`
    static func time(_ window: APIValue) -> String {
        guard let weekly = window["weekly"] else {
            return [window["from"]?.words, window["until"]?.words.map { "until \($0)" }].compactMap(\.self).joined(separator: " ")
        }
        let days = (weekly["days"]?.items ?? []).compactMap(\.words).joined(separator: ", ")
        return [
            days.isEmpty ? "daily" : days, "\(weekly["from"]?.words ?? "?")-\(weekly["to"]?.words ?? "?")", weekly["zone"]?.words ?? "UTC",
        ].joined(separator: " ")
    }
}

/// `nvexplorer windows add`
struct WindowsAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a maintenance window.",
        discussion: """
            Without sites, tags and cards it is for the whole fleet. What is still wrong when it ends is told then.
            Examples: nvexplorer windows add batteries --site Berlin --for 2h
            nvexplorer windows add tests --tag lab --weekly "sat 08:00-12:00" --zone Europe/Zurich
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its name.")
    var name: String

    @Option(help: "For this site (repeatable).")
    var site: [String] = []

    @Option(help: "For cards with this tag (repeatable).")
    var tag: [String] = []

    @Option(help: ArgumentHelp("For this card (repeatable): id, name, address, MAC or serial number.", valueName: "card"))
    var card: [String] = []

    @Option(help: ArgumentHelp("From then on, as 2026-01-31T12:00:00Z. (default: now)", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Until then.", valueName: "time"))
    var until: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("For so long: 90m, 2h, 3d.", valueName: "time"))
    var span: String?

    @Option(help: ArgumentHelp("Each week: \"sat 08:00-12:00\".", valueName: "hours"), transform: HoursText.init(parsing:))
    var weekly: HoursText?

    @Option(help: ArgumentHelp("The time zone of --weekly. (default: UTC)", valueName: "name"))
    var zone: String?

    func validate() throws {
        try needServer()
        guard [until != nil, span != nil, weekly != nil].filter(\.self).count == 1 else {
            throw ValidationError("Say when: --for 2h, --until TIME, or --weekly \"sat 08:00-12:00\".")
        }
        if weekly != nil, from != nil { throw ValidationError("--from is for a window that opens once.") }
        if zone != nil, weekly == nil { throw ValidationError("--zone is for --weekly.") }
        for (name, text) in [("--from", from), ("--until", until)] {
            guard let text, Elapsed.date(text) == nil else { continue }
            throw ValidationError("\(name) is a time such as 2026-01-31T12:00:00Z.")
        }
        if let span, Moment.seconds(span) == nil { throw ValidationError("--for is a time such as 90m, 2h or 3d.") }
    }

    func body(cards: [Int], now: Date) -> [String: APIValue] {
        var body: [String: APIValue] = ["name": .text(name), "sites": APIValue(site), "tags": APIValue(tag)]
        body["cards"] = .list(cards.map(APIValue.integer))
        if let weekly {
            body["weekly"] = weekly.value(zone: zone)
            return body
        }
        let begin = from.flatMap(Elapsed.date) ?? now
        let end = until.flatMap(Elapsed.date) ?? span.flatMap(Moment.seconds).map { begin.addingTimeInterval($0) }
        body["from"] = .text(Elapsed.rfc3339(begin))
        body["until"] = end.map { .text(Elapsed.rfc3339($0)) }
        return body
    }

    func run() async throws {
        let added: WindowRecord = try await options.withServer { api in
            var numbers: [Int] = []
            for text in card { numbers.append(try FleetAPI.number(of: try await api.card(text))) }
            return try await api.post(WindowFields.kind.path, body(cards: numbers, now: Date()))
        }
        try options.output.show(added) {
            ["\(added.name) is maintenance window \(added.id): \(WindowWords.scope(added.all)), \(WindowWords.time(added.all))."]
        }
    }
}

/// `nvexplorer windows remove`
struct WindowsRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Forget maintenance windows; what they have held back is told.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var windows: [String]

    func run() async throws {
        try await options.each(windows, WindowRecord.self, { "\($0.name) is removed." }) { api, window in
            try await api.remove(window)
            return window
        }
    }
}
