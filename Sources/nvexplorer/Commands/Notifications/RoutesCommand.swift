import ArgumentParser
import FoundationEssentials

/// `nvexplorer routes`
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Which messages go by which channels.",
        subcommands: [
            RoutesListCommand.self, RoutesShowCommand.self, RoutesAddCommand.self, RoutesSetCommand.self, RoutesRemoveCommand.self,
        ], defaultSubcommand: RoutesListCommand.self)
}

/// `nvexplorer routes list`
struct RoutesListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the routes in their order.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let (routes, names) = try await options.withServer { api -> ([RouteRecord], [Int: String]) in
            (try await api.list(RouteFields.kind.path), try await api.channelNames())
        }
        try options.output.show(
            routes, empty: "There are no routes: warnings and worse go by all channels.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Position", .right) { $0.record.position.map(String.init) },
                Column("Name") { $0.name }, Column("In use") { $0.record.isEnabled == false ? "no" : "yes" },
                Column("Which") { RouteWords.match($0.all["match"]) },
                Column("Channels") { RouteWords.channels($0.all["channels"], names) },
                Column("Then") { RouteWords.more($0.all, names) },
            ])
    }
}

/// A route in words.
enum RouteWords {
    /// `severity critical, sites Berlin or Ulm`; all messages where nothing is asked of them.
    static func match(_ match: APIValue?) -> String {
        let conditions = (match?.members ?? [:]).sorted { $0.key < $1.key }.compactMap { name, value -> String? in
            let texts = value.items.isEmpty ? value.words : value.items.compactMap(\.words).joined(separator: " or ")
            guard let texts, !texts.isEmpty, name != "severity" || texts != "information" else { return nil }
            return "\(name) \(texts)"
        }
        return conditions.isEmpty ? "all messages" : conditions.joined(separator: ", ")
    }

    static func channels(_ channels: APIValue?, _ names: [Int: String]) -> String {
        (channels?.items ?? []).compactMap { value in
            if case .integer(let id) = value { names[id] ?? "channel \(id)" } else { value.words }
        }.joined(separator: ", ")
    }

    /// `after 15 min night; digest of 10 min; no more routes`
    static func more(_ route: APIValue, _ names: [Int: String]) -> String {
        let steps = (route["escalation"]?.items ?? []).map { step in
            "after \(step["minutes"]?.words ?? "?") min \(channels(step["channels"], names))"
        }
        let digest = route["digestMinutes"]?.words.map { "digest of \($0) min" }
        let quiet = route["quietHours"].map { quiet in
            "quiet \(quiet["hours"]?["from"]?.words ?? "?")-\(quiet["hours"]?["to"]?.words ?? "?")"
        }
        let stop = route["continue"] == .flag(false) ? "no more routes" : nil
        return (steps + [digest, quiet, stop].compactMap(\.self)).joined(separator: "; ")
    }
}

/// `nvexplorer routes show`
struct RoutesShowCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a route as YAML, to read or to give to routes set --file.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var route: String

    func run() async throws {
        let found: RouteRecord = try await options.withServer { try await $0.record(route) }
        try options.output.show(found) { Outline.lines(found.all) }
    }
}

/// `nvexplorer routes add`
struct RoutesAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a route.", discussion: RouteOptions.discussion)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its name.")
    var name: String

    @OptionGroup var route: RouteOptions

    func validate() throws {
        try needServer()
        guard route.file != nil || !route.channel.isEmpty else {
            throw ValidationError("Say by which channels: --channel NAME, or --file.")
        }
    }

    func run() async throws {
        let document = try await route.document()
        let added: RouteRecord = try await options.withServer { api in
            var body = try await route.body(document, stored: nil, api)
            body["name"] = .text(name)
            return try await api.post(RouteFields.kind.path, body)
        }
        try options.output.show(added) { ["\(added.name) is route \(added.id): \(RouteWords.match(added.all["match"]))."] }
    }
}

/// `nvexplorer routes set`
struct RoutesSetCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change a route; what is not named stays.", discussion: RouteOptions.discussion)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var route: String

    @Option(help: "Its new name.")
    var name: String?

    @OptionGroup var what: RouteOptions

    func validate() throws {
        try needServer()
        guard name != nil || what.isGiven else { throw ValidationError("Say what to change: nvexplorer help routes set.") }
    }

    func run() async throws {
        let document = try await what.document()
        let changed = try await options.withServer { api in
            let found: RouteRecord = try await api.record(route)
            var body = try await what.body(document, stored: found.all, api)
            if let name { body["name"] = .text(name) }
            return try await api.change(found, body)
        }
        try options.output.show(changed) { ["\(changed.name) is changed: \(RouteWords.match(changed.all["match"]))."] }
    }
}

/// `nvexplorer routes remove`
struct RoutesRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget routes.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var routes: [String]

    func run() async throws {
        try await options.each(routes, RouteRecord.self, { "\($0.name) is removed." }) { api, route in
            try await api.remove(route)
            return route
        }
    }
}
