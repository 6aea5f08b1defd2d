import ArgumentParser
import Logging
import NetVision

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `CardAgent passwd`: sets a password of a card that does not run, for whoever may write its state directory.
struct PasswdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passwd", abstract: "Sets a password of a card that does not run.",
        discussion: """
            The new password is the first line of standard input. A running card is told by nvexplorer passwd.

            It has 12 to 64 characters: upper- and lower-case letters, digits and at least one of ! % # @ ^ *, and no others.
            """)

    @Option(help: ArgumentHelp("The card's state directory.", valueName: "dir"))
    var state: String

    @Option(help: ArgumentHelp("Whose password.", valueName: "name"))
    var user = Accounts.admin

    func run() async throws {
        try await CommandExit.explaining("CardAgent passwd") {
            guard let text = try StateFile.read("\(state)/settings.conf"), let mac = SettingsDocument.mac(in: text) else {
                throw CommandFailure("there is no card in \(state).")
            }
            let lock = try await StateLock.held(state)
            defer { lock.release() }
            guard let password = Self.secretLine(), !password.isEmpty else {
                throw CommandFailure("there is no password on standard input.")
            }
            let plan = CardPlan(
                mac: mac, portOffset: .none, network: NetworkSettings(address: 0x7F00_0001, mask: 0xFF00_0000), systemName: "Net Vision",
                directory: state)
            let settings = try SettingsStore(plan, logger: Logger(label: "CardAgent"))
            let accounts = Accounts(plan, settings: settings, clock: try CardClock(directory: state))
            do throws(PasswordRefusal) {
                try await accounts.setPassword(of: user, to: password, by: ChangeOrigin(.program, by: "CardAgent passwd"))
            } catch {
                throw CommandFailure("\(error)")
            }
            CommandExit.announce("The password of \(user) is set.")
        }
    }

    /// A line of standard input, not shown where that is a terminal.
    private static func secretLine() -> String? {
        var saved = termios()
        guard tcgetattr(STDIN_FILENO, &saved) == 0 else { return readLine(strippingNewline: true) }
        var silent = saved
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved) }
        return readLine(strippingNewline: true)
    }
}
