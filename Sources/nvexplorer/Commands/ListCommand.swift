import ArgumentParser
import FoundationEssentials

/// Which cards a command is about, by what they are.
struct CriteriaOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only cards of this model.", valueName: "name"))
    var model: String?

    @Option(help: ArgumentHelp("Only cards that run this firmware.", valueName: "version"))
    var firmwareVersion: String?

    @Option(help: ArgumentHelp("Only cards of this generation: CardAgent, NV5 … NV8, RFC1628 or unknown.", valueName: "name"))
    var generation: String?

    @Option(help: ArgumentHelp("Only cards of this site (at a server).", valueName: "name"))
    var site: String?

    @Option(help: ArgumentHelp("Only cards with this tag (at a server).", valueName: "name"))
    var tag: String?

    var criteria: CardCriteria {
        CardCriteria(generation: generation, model: model, firmware: firmwareVersion, site: site, tag: tag)
    }
}

/// `nvexplorer list`
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List cards.",
        discussion: """
            TEXT is searched for in names, addresses, MACs, serial numbers and models.
            With --direct it is addresses, ranges or MACs instead; without any, the cards that hear a broadcast in the local network.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "What to look for.")
    var text: [String] = []

    @Option(help: ArgumentHelp("Only cards of this status (repeatable): normal, onBattery, warning, …", valueName: "status"))
    var status: [String] = []

    @OptionGroup var criteria: CriteriaOptions

    private struct Report: Encodable { let items: [CardRecord] }

    func run() async throws {
        let cards = options.direct ? try await options.withLAN(onLAN) : try await options.withServer(atServer)
        try options.output.show(Report(items: cards)) {
            guard !cards.isEmpty else { return ["No cards."] }
            return CardTable.lines(cards, now: Date(), width: Terminal.isOutput ? Terminal.size.columns : nil)
                + [CardTable.count(cards.count)]
        }
    }

    private var allCriteria: CardCriteria {
        var all = criteria.criteria
        all.status = status
        return all
    }

    private func onLAN(_ lan: DirectLAN) async throws -> [CardRecord] {
        let criteria = allCriteria
        return try await lan.records(of: try await CardSearch(lan: lan).cards(try text.map(CardPlace.init))).filter(criteria.matches)
    }

    private func atServer(_ api: FleetAPI) async throws -> [CardRecord] {
        let search = text.isEmpty ? nil : text.joined(separator: " ")
        let cards: [CardRecord] = try await api.list("cards", [("q", search)] + allCriteria.query)
        return cards.map(\.withoutGuesses)
    }
}
