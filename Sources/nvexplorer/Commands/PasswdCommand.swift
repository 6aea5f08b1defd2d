import ArgumentParser
import NetVision

/// `nvexplorer passwd`
struct PasswdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passwd", abstract: "Set the admin password of a card.",
        discussion: """
            Only with --direct, and for CardAgents. The present password comes in as with other commands; without one the card's first password \
            is tried. The new one is asked for twice at the terminal, or is the next line of standard input where that is no terminal. It \
            travels sealed, and ends all unlocks and sessions of the card.

            A password has 12 to 64 characters: upper- and lower-case letters, digits and at least one of ! % # @ ^ *, and no others.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var password: CardPassword

    @Argument(help: "Its address or MAC.")
    var card: String

    func validate() throws {
        guard options.direct else { throw ValidationError("passwd works with --direct only: a FleetServer does not set cards' passwords.") }
    }

    func run() async throws {
        // In this order: with --password-stdin the present one is the first line.
        let present = try password.given()
        let new = try newPassword()
        let record = try await options.withLAN { lan in
            guard let found = try await CardSearch(lan: lan).everyCard([card]).first else {
                throw CommandFailure(.unreachable, "There is no card at \(card).")
            }
            try await lan.order(.setPassword(new), found, password: present)
            return found.record(nil, at: "").named
        }
        try options.output.show(OrderReport([.done(record)])) { ["\(record.title): the password is set."] }
    }

    private func newPassword() throws -> String {
        guard Terminal.isInput else {
            guard let line = readLine(strippingNewline: true), !line.isEmpty else {
                throw CommandFailure(.usage, "There is no new password on standard input.")
            }
            return line
        }
        let new = try Terminal.askSecret("New password: ")
        guard try Terminal.askSecret("Once more: ") == new else { throw CommandFailure(.usage, "The two differ. Nothing was changed.") }
        return new
    }
}
