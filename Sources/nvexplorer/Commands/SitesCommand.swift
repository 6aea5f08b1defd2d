import ArgumentParser

/// `nvexplorer sites`
struct SitesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sites", abstract: "Where the cards are.",
        subcommands: [SitesListCommand.self, SitesAddCommand.self, SitesChangeCommand.self, SitesRemoveCommand.self],
        defaultSubcommand: SitesListCommand.self)
}

/// `nvexplorer sites list`
struct SitesListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the sites with the state of their cards.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let sites: [SiteRecord] = try await options.withServer { try await $0.list("sites") }
        try options.output.show(
            sites, empty: "There are no sites.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Name") { $0.name }, Column("Cards", .right) { "\($0.cards)" },
                Column("States") { site in
                    (site.statuses ?? [:]).filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                        .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
                },
                Column("Gateway") { $0.gateway }, Column("Description") { $0.description },
            ])
    }
}

/// `nvexplorer sites add`
struct SitesAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a site.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its name.")
    var name: String

    @Option(help: "What people should know of it.")
    var description: String?

    @Option(help: ArgumentHelp("The address of its router.", valueName: "address"))
    var gateway: String?

    func run() async throws {
        var body = ["name": APIValue.text(name)]
        body["description"] = description.map(APIValue.text)
        body["gateway"] = gateway.map(APIValue.text)
        let site: SiteRecord = try await options.withServer { try await $0.post("sites", body) }
        try options.output.show(site) { ["\(site.name) is site \(site.id)."] }
    }
}

/// `nvexplorer sites change`
struct SitesChangeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change a site; its cards follow its name.", discussion: "What is not named stays.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var site: String

    @Option(help: "Its new name.")
    var name: String?

    @Option(help: "What people should know of it; \"\" for nothing.")
    var description: String?

    @Option(help: ArgumentHelp("The address of its router; \"\" for none.", valueName: "address"))
    var gateway: String?

    func validate() throws {
        try needServer()
        guard !body.isEmpty else { throw ValidationError("Say what to change: nvexplorer help sites change.") }
    }

    var body: [String: APIValue] {
        var body: [String: APIValue] = [:]
        body["name"] = name.map(APIValue.text)
        body.replace("description", description)
        body.replace("gateway", gateway)
        return body
    }

    func run() async throws {
        let site = try await options.withServer { try await $0.change(try await $0.record(self.site, SiteRecord.self), body) }
        try options.output.show(site) { ["\(site.name) is changed."] }
    }
}

/// `nvexplorer sites remove`
struct SitesRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a site; its cards have none then.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var site: String

    func run() async throws { try await options.remove(site, SiteRecord.self) }
}
