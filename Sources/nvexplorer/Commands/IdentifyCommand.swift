import ArgumentParser
import NetVision

/// `nvexplorer identify`
struct IdentifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify", abstract: "Make cards show where they are.", discussion: "CardAgents only.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var password: CardPassword

    @Argument(help: "Ids, names, addresses, MACs or serial numbers; with --direct addresses or MACs.")
    var cards: [String]

    @Option(help: "For how many seconds, 1 to 3600.")
    var seconds = 30

    func validate() throws {
        guard 1...3600 ~= seconds else { throw ValidationError("--seconds must be from 1 to 3600.") }
    }

    func run() async throws {
        let orders = CardOrders(options: options, cards: cards)
        let outcomes =
            options.direct
            ? try await orders.onLAN(.identify(seconds: seconds), password: password)
            : try await orders.atServer("identify", ["seconds": seconds])
        try orders.tell(outcomes, success: "identifies itself.")
    }
}
