import ArgumentParser

/// `nvexplorer logout`
struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "logout", abstract: "Log out, and forget the session.")

    @OptionGroup var options: GlobalOptions

    private struct Report: Encodable {
        let server: String
        let wasLoggedIn: Bool
    }

    func run() async throws {
        let address = try options.login().address
        let file = try ConfigurationFile.standard()
        var configuration = try file.load()
        let session = configuration.sessions.removeValue(forKey: address.text)
        if let session {
            try await file.save(configuration)
            await end(session, at: address)
        }
        try options.output.show(Report(server: address.text, wasLoggedIn: session != nil)) {
            [session == nil ? "You were not logged in to \(address.text)." : "Logged out of \(address.text)."]
        }
    }

    /// The token is forgotten here in any case; whether the server hears of it does not matter then.
    private func end(_ session: Configuration.Session, at address: ServerAddress) async {
        do {
            try await HTTPTransport.with(timeout: options.timeout ?? 15) { transport in
                try await FleetAPI(server: address, token: session.token, send: transport).delete("session")
            }
        } catch {
            Output.complain("The server was not told (\(error)); the session ends there by itself.")
        }
    }
}
