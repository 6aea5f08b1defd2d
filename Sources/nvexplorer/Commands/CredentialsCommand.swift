import ArgumentParser

/// `nvexplorer credentials`
struct CredentialsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials", abstract: "What opens cards, by range or group. For administrators.",
        subcommands: [CredentialsListCommand.self, CredentialsAddCommand.self, CredentialsRemoveCommand.self],
        defaultSubcommand: CredentialsListCommand.self)
}

/// `nvexplorer credentials list`
struct CredentialsListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the credentials in the order in which they are tried; without their secrets.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let sets: [CredentialRecord] = try await options.withServer { try await $0.list("credentials") }
        try options.output.show(
            sets, empty: "There are no credentials: cards without their own are asked by v2c with the community public.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Position", .right) { "\($0.position)" }, Column("Name") { $0.name },
                Column("SNMP") { [$0.version.map { "v\($0)" }, $0.user].compactMap(\.self).joined(separator: " ") },
                Column("Password") { $0.hasPassword == true ? "yes" : "" }, Column("Group", .right) { $0.group.map(String.init) },
                Column("Ranges") { ($0.ranges ?? []).joined(separator: ", ") },
            ])
    }
}

/// `nvexplorer credentials add`
struct CredentialsAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add credentials.",
        discussion: """
            The secrets are asked for at the terminal, or read from a file with --secrets, one a line in this order: the community (v1, v2c); or the
            authentication password and, with --privacy, the privacy password (v3); then, with --username, the card administrator's password.
            Give the file mode 0600.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their name.")
    var name: String

    @Option(help: ArgumentHelp("For addresses of this range (repeatable). (default: all)", valueName: "range"))
    var range: [String] = []

    @Option(help: ArgumentHelp("For the cards of this group.", valueName: "group"))
    var group: String?

    @Option(help: ArgumentHelp("When they are tried. (default: last)", valueName: "n"))
    var position: Int?

    @Option(help: ArgumentHelp("1, 2c or 3. (default: 3 with --user, else 2c)", valueName: "version"))
    var snmp: String?

    @Option(help: ArgumentHelp("The user of SNMPv3.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("MD5, SHA, SHA-224, SHA-256, SHA-384 or SHA-512.", valueName: "protocol"))
    var authentication: String?

    @Option(help: ArgumentHelp("DES, AES, AES-192 or AES-256.", valueName: "protocol"))
    var privacy: String?

    @Option(help: ArgumentHelp("The cards' administrator, for orders and upgrades.", valueName: "name"))
    var username: String?

    @Option(help: ArgumentHelp("The file with the secrets, one a line.", valueName: "file"))
    var secrets: String?

    func validate() throws {
        try needServer()
        if let snmp, !["1", "2c", "3"].contains(snmp) { throw ValidationError("--snmp is 1, 2c or 3.") }
        if version == "3", user == nil { throw ValidationError("SNMPv3 needs --user NAME.") }
        if version != "3", user != nil { throw ValidationError("--user is of SNMPv3.") }
        if user == nil, authentication != nil || privacy != nil { throw ValidationError("--authentication and --privacy need --user.") }
        if privacy != nil, authentication == nil { throw ValidationError("--privacy needs --authentication.") }
    }

    var version: String { snmp ?? (user == nil ? "2c" : "3") }

    /// What is asked for, in the order of the secrets' lines.
    var questions: [String] {
        var questions: [String] = []
        if version != "3" { questions.append("Community") }
        if authentication != nil { questions.append("Authentication password") }
        if privacy != nil { questions.append("Privacy password") }
        if username != nil { questions.append("Password of the cards' administrator") }
        return questions
    }

    /// The request's body, with the secrets in the order of `questions`.
    func body(_ secrets: [String], group: Int?) -> [String: APIValue] {
        var left = secrets[...]
        var access: [String: APIValue] = ["version": .text(version)]
        if version != "3" { access["readCommunity"] = left.popFirst().map(APIValue.text) }
        access["user"] = user.map(APIValue.text)
        if let authentication {
            access["authProtocol"] = .text(authentication)
            access["authPassword"] = left.popFirst().map(APIValue.text)
        }
        if let privacy {
            access["privProtocol"] = .text(privacy)
            access["privPassword"] = left.popFirst().map(APIValue.text)
        }
        var body: [String: APIValue] = ["name": .text(name), "ranges": APIValue(range), "snmp": .object(access)]
        body["group"] = group.map(APIValue.integer)
        body["position"] = position.map(APIValue.integer)
        if let username {
            body["username"] = .text(username)
            body["password"] = left.popFirst().map(APIValue.text)
        }
        return body
    }

    func run() async throws {
        let secrets = try await SecretSource.secrets(questions, file: secrets)
        let added: CredentialRecord = try await options.withServer { api in
            var number: Int?
            if let group { number = try await api.group(group).id }
            return try await api.post("credentials", body(secrets, group: number))
        }
        try options.output.show(added) { ["\(added.name) are credentials \(added.id)."] }
    }
}

/// `nvexplorer credentials remove`
struct CredentialsRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget credentials.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their id or name.")
    var credentials: String

    func run() async throws {
        try await options.withServer { api in
            let sets: [CredentialRecord] = try await api.list("credentials")
            guard let found = sets.first(where: { "\($0.id)" == credentials }) ?? sets.first(where: { $0.name == credentials }) else {
                throw CommandFailure(.failed, "There are no credentials \"\(credentials)\". See nvexplorer credentials.")
            }
            try await api.delete("credentials/\(found.id)")
            try options.output.show(found) { ["\(found.name) are removed."] }
        }
    }
}
