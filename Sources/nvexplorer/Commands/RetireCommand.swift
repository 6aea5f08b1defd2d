import ArgumentParser

/// `nvexplorer retire`
struct RetireCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "Take cards out of the inventory; their history stays.",
        discussion: """
            Retired cards are neither polled nor listed; their history is kept. A card that is found again is a candidate, or comes back at once by \
            a search that accepts all. For a card that was swapped take nvexplorer inherit: the old one can still be shown.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The cards' ids, names, addresses, MACs or serial numbers.")
    var cards: [String]

    @Flag(name: [.short, .long], help: "Do not ask.")
    var yes = false

    func run() async throws {
        try confirm()
        let orders = CardOrders(options: options, cards: cards)
        let retired = try await orders.atServer { api, card in try await api.delete("cards/\(try FleetAPI.number(of: card))") }
        try orders.tell(retired, success: "is retired.")
    }

    private func confirm() throws {
        guard !yes, Terminal.isInput else { return }
        guard Terminal.confirm(Output.printable("Retire \(cards.joined(separator: ", "))?")) else {
            throw CommandFailure(.failed, "Nothing was changed.")
        }
    }
}
