import ArgumentParser
import NetVision

/// `nvexplorer unlock`
struct UnlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: "Make cards take firmware from this machine for ten minutes.",
        discussion: "Only with --direct: a server unlocks the cards that it upgrades by itself. Real cards have no such lock.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var password: CardPassword

    @Argument(help: "Addresses or MACs.")
    var cards: [String]

    func validate() throws {
        guard options.direct else {
            throw ValidationError("unlock works with --direct only: a FleetServer unlocks the cards that it upgrades by itself.")
        }
    }

    func run() async throws {
        let orders = CardOrders(options: options, cards: cards)
        try orders.tell(try await orders.onLAN(.unlock, password: password), success: "unlocked for ten minutes.")
    }
}
