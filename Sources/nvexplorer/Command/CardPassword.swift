import ArgumentParser
import FoundationEssentials
import NetVision

/// How a card's password comes in: never as an argument, which everybody on the machine could read.
struct CardPassword: ParsableArguments {
    @Flag(help: "Read the cards' password from standard input.")
    var passwordStdin = false

    @Flag(help: "Ask for the cards' password.")
    var askPassword = false

    func validate() throws {
        if passwordStdin, askPassword { throw ValidationError("Choose one of --password-stdin and --ask-password.") }
    }

    /// The password that was given; nil if none was, and each card's first one is to be tried.
    func given() throws -> String? {
        if passwordStdin {
            guard let line = readLine(strippingNewline: true), !line.isEmpty else {
                throw CommandFailure(.usage, "There is no password on standard input.")
            }
            return line
        }
        if askPassword { return try Terminal.askSecret("Password of the cards: ") }
        return ProcessInfo.processInfo.environment["NVEXPLORER_CARD_PASSWORD"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
