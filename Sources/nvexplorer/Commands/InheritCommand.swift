import ArgumentParser

/// `nvexplorer inherit`
struct InheritCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "inherit", abstract: "Let a new card take the place of an old one: name, site, tags, credentials, polling.",
        discussion: "The old card is retired; its history stays with it, and nvexplorer show of the new one says where it is.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The new card's id, name, address, MAC or serial number.")
    var card: String

    @Option(help: ArgumentHelp("The old card.", valueName: "card"))
    var from: String

    func run() async throws {
        let heir: CardRecord = try await options.withServer { api in
            let new = try FleetAPI.number(of: try await api.card(card))
            let old = try FleetAPI.number(of: try await api.card(from))
            try await api.order("cards/\(new)/inherit", ["from": old])
            return try await api.read("cards/\(new)")
        }
        try options.output.show(heir) { [heir.inheritance] }
    }
}

extension CardRecord {
    /// What it has become, and where the history from before is.
    var inheritance: String {
        let history = predecessor.map { " of card \($0), whose history stays there: nvexplorer history \($0) --metric NAME" } ?? "."
        return "\(name) (id \(id.map(String.init) ?? "?")) has taken the place\(history)"
    }
}
