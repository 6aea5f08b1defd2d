import ArgumentParser

/// What NET VISION Explorer does, at a terminal: finds cards, sets their address, upgrades them.
@main
struct NVExplorer: AsyncParsableCommand {
    static let release = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "nvexplorer", abstract: "Finds, shows, configures and upgrades NET VISION cards.",
        discussion: """
            With a FleetServer it uses the server's API: log in first. With --direct it is alone on the LAN and needs no server.

            The options --server, --direct, --port-offset, --json, --timeout, --community and --snmp-users may also stand before the command.

            EXIT CODES
              0  done
              1  failed, for some of the cards at least
              2  wrong usage
              3  the server or the card can't be reached
              4  not logged in, or refused
              5  alarms --check: there are critical alarms that nobody has acknowledged
            """,
        version: release,
        subcommands: [
            LoginCommand.self, LogoutCommand.self, DiscoverCommand.self, SearchesCommand.self, SchedulesCommand.self, RulesCommand.self,
            CandidatesCommand.self, AddCommand.self, ImportCommand.self, ExportCommand.self, ListCommand.self, ShowCommand.self,
            SetCommand.self, InheritCommand.self, RetireCommand.self, HealthCommand.self, HistoryCommand.self, IPCommand.self,
            UnlockCommand.self, PasswdCommand.self, IdentifyCommand.self, RestartCommand.self, UpgradeCommand.self, BrowseCommand.self,
            SitesCommand.self, TagsCommand.self, GroupsCommand.self, CredentialsCommand.self, ProfilesCommand.self, GatewayCommand.self,
            FirmwareCommand.self, TrapsCommand.self, SystemCommand.self, AlarmsCommand.self, IncidentsCommand.self,
            NotificationsCommand.self, ChannelsCommand.self, RoutesCommand.self, WindowsCommand.self, AlarmRulesCommand.self,
            ReceiversCommand.self, SendersCommand.self,
        ])

    static func main() async {
        do {
            let arguments = ArgumentOrder.globalOptionsLast(CommandLine.arguments.dropFirst().map { $0 })
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(error)
        }
    }

    /// Tells the reason, and ends the program with the exit code that fits it.
    private static func leave(_ error: any Error) -> Never {
        if let failure = error as? CommandFailure {
            Output.complain(failure.description)
            exit(withError: failure.code.exitCode)
        }
        if error is CancellationError { exit(withError: ExitCode.failure) }
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        if code == .success {
            if !message.isEmpty { print(message) }
        } else if !message.isEmpty {
            Output.complain(message)
        }
        exit(withError: code == .validationFailure ? ProgramExit.usage.exitCode : code)
    }
}
