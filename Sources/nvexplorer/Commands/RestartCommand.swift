import ArgumentParser
import NetVision

/// `nvexplorer restart`
struct RestartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "Restart cards (the card, not the UPS).", discussion: "CardAgents only.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var password: CardPassword

    @Argument(help: "Ids, names, addresses, MACs or serial numbers; with --direct addresses or MACs.")
    var cards: [String]

    func run() async throws {
        let orders = CardOrders(options: options, cards: cards)
        let outcomes = options.direct ? try await orders.onLAN(.restart, password: password) : try await orders.atServer("restart")
        try orders.tell(outcomes, success: "restarts.")
    }
}
