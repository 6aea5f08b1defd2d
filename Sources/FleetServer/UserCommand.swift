import ArgumentParser
import FoundationEssentials
import Glibc

/// Users without the API: for the first one, and for a lost password.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Manage users on the server's own machine.", subcommands: [Add.self, ChangePassword.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a user. The password is read from standard input.")
        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The user's name.") var username: String
        @Option(help: "viewer, operator or admin.") var role: String = "viewer"

        func run() async throws {
            guard let role = Role(rawValue: role) else { throw ValidationError("A role is viewer, operator or admin, not \(role).") }
            let store = try await UserCommand.store(options)
            let password = try UserCommand.readPassword()
            try await UserCommand.sayingProblems {
                _ = try await store.add(username: username, password: password, role: role, now: Date())
            }
            print("Added \(username) as \(role.rawValue).")
        }
    }

    struct ChangePassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "passwd", abstract: "Change a user's password, read from standard input; ends the user's sessions.")
        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The user's name.") var username: String

        func run() async throws {
            let store = try await UserCommand.store(options)
            guard let user = try await store.user(named: username) else { throw ValidationError("There is no user \(username).") }
            let password = try UserCommand.readPassword()
            try await UserCommand.sayingProblems { try await store.changePassword(id: user.id, to: password) }
            print("Changed the password of \(username).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the users.")
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            for user in try await UserCommand.store(options).users() { print("\(user.username)\t\(user.role.rawValue)") }
        }
    }

    private static func store(_ options: ConfigurationOptions) async throws -> UserStore {
        let configuration = try await options.load()
        return UserStore(database: try DataDirectory(path: configuration.dataDirectory).openFleetDatabase(configuration.database))
    }

    /// From standard input, so that it shows in no list of processes; without echo on a terminal.
    private static func readPassword() throws -> String {
        if isatty(STDIN_FILENO) == 1 {
            guard let entered = getpass("Password: ") else { throw ValidationError("No password was entered.") }
            return String(cString: entered)
        }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw ValidationError("Send the password on standard input.")
        }
        return line
    }

    private static func sayingProblems(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let problem as Problem {
            throw ValidationError(problem.detail)
        }
    }
}
