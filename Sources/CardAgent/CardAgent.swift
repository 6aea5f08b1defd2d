import ArgumentParser

/// A complete NET VISION card in software: one in front of a real UPS, or a farm of them in front of simulated ones.
@main
struct CardAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "CardAgent",
        abstract: "A NET VISION card in software.",
        discussion: """
            Exit codes: 0 ended by SIGTERM or SIGINT; 1 a port, an address or a file can't be had; 2 a user or trap receiver that can't be;
            64 other wrong arguments.
            """,
        subcommands: [
            RunCommand.self, FarmCommand.self, LogCommand.self, MIBCommand.self, PasswdCommand.self, SettingsCommand.self,
        ])
}
