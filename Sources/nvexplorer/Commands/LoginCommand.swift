import ArgumentParser

/// `nvexplorer login`
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Log in to a FleetServer.",
        discussion:
            "The password is asked for, or read from standard input where that is no terminal. It is not stored; the session's token is.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The server's address, as with --server: http://HOST:PORT.")
    var address: String?

    @Option(name: [.short, .long], help: "Your user name at the server.")
    var username = "admin"

    @Flag(help: "Read the password from standard input, also from a terminal.")
    var passwordStdin = false

    private struct Credentials: Encodable {
        let username: String
        let password: String
    }

    private struct Opened: Decodable {
        struct User: Decodable {
            let username: String
            let role: String?
        }

        let token: String
        let expiresAt: String?
        let user: User?
    }

    private struct Report: Encodable {
        let server: String
        let username: String
        @Nullable var role: String?
        @Nullable var expiresAt: String?
    }

    func run() async throws {
        var options = options
        options.server = address ?? options.server
        let address = try options.login().address
        if address.isOpen {
            Output.complain("Warning: \(address.text) is not encrypted; your password can be read on the way.")
        }
        let credentials = Credentials(username: username, password: try password())
        let opened: Opened = try await HTTPTransport.with(timeout: options.timeout ?? 15) { transport in
            try await Self.open(FleetAPI(server: address, token: nil, send: transport), credentials)
        }
        let file = try ConfigurationFile.standard()
        var configuration = try file.load()
        let name = opened.user?.username ?? username
        configuration.server = address.text
        configuration.sessions[address.text] = .init(token: opened.token, username: name, expiresAt: opened.expiresAt)
        try await file.save(configuration)
        let report = Report(server: address.text, username: name, role: opened.user?.role, expiresAt: opened.expiresAt)
        try options.output.show(report) { ["Logged in to \(address.text) as \(name)."] }
    }

    /// Not logged in yet: what the server says to that is about the password, not about the token.
    private static func open(_ api: FleetAPI, _ credentials: Credentials) async throws -> Opened {
        do {
            return try await api.post("session", credentials)
        } catch let failure as CommandFailure where failure.code == .refused && failure.description.hasPrefix("Log in first") {
            throw CommandFailure(.refused, "User name or password is wrong.")
        }
    }

    private func password() throws -> String {
        if !passwordStdin, Terminal.isInput { return try Terminal.askSecret("Password of \(username): ") }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw CommandFailure(.usage, "There is no password on standard input.")
        }
        return line
    }
}
