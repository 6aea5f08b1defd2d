import ArgumentParser

/// `nvexplorer tags`
struct TagsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags", abstract: "The words that cards are marked with.",
        subcommands: [TagsListCommand.self, TagsRenameCommand.self, TagsRemoveCommand.self], defaultSubcommand: TagsListCommand.self)
}

/// `nvexplorer tags list`
struct TagsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tags.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let tags: [TagRecord] = try await options.withServer { try await $0.list("tags") }
        try options.output.show(tags, empty: "There are no tags.", [Column("Tag") { $0.name }, Column("Cards", .right) { "\($0.cards)" }])
    }
}

/// `nvexplorer tags rename`
struct TagsRenameCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "Give a tag another name, at all cards.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The tag.")
    var tag: String

    @Argument(help: "Its new name.")
    var name: String

    func run() async throws {
        let renamed: TagRecord = try await options.withServer { api in
            try await api.change("tags/\(FleetAPI.percentEncoded(tag))", ["name": name])
        }
        try options.output.show(renamed) { ["\(CardTable.count(renamed.cards)) with \(renamed.name)."] }
    }
}

/// `nvexplorer tags remove`
struct TagsRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Take a tag off all cards.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The tag.")
    var tag: String

    func run() async throws {
        try await options.withServer { try await $0.delete("tags/\(FleetAPI.percentEncoded(tag))") }
        try options.output.show(["removed": tag]) { ["\(tag) is removed."] }
    }
}
