import ArgumentParser

/// `nvexplorer credentials`
struct CredentialsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials", abstract: "What opens cards, by range or group. For administrators.",
        subcommands: [
            CredentialsListCommand.self, CredentialsAddCommand.self, CredentialsChangeCommand.self, CredentialsRemoveCommand.self,
        ],
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
                Column("SNMP") { $0.words },
                Column("Password") { $0.hasPassword == true ? "yes" : "" }, Column("Group", .right) { $0.group.map(String.init) },
                Column("Ranges") { ($0.ranges ?? []).joined(separator: ", ") },
            ])
    }
}

/// `nvexplorer credentials add`
struct CredentialsAddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add credentials.", discussion: AccessOptions.discussion)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their name.")
    var name: String

    @Option(help: ArgumentHelp("For addresses of this range (repeatable). (default: all)", valueName: "range"))
    var range: [String] = []

    @Option(help: ArgumentHelp("For the cards of this group.", valueName: "group"))
    var group: String?

    @Option(help: ArgumentHelp("When they are tried. (default: last)", valueName: "n"))
    var position: Int?

    @OptionGroup var access: AccessOptions

    func validate() throws {
        try needServer()
        try options.refuseCommunity()
        try access.validateWhole()
    }

    /// The request's body, with the secrets in the order of the questions.
    func body(_ secrets: [String], group: Int?) -> [String: APIValue] {
        var body = access.fields(secrets, needsSNMP: true)
        body["name"] = .text(name)
        body["ranges"] = APIValue(range)
        body["group"] = group.map(APIValue.integer)
        body["position"] = position.map(APIValue.integer)
        return body
    }

    func run() async throws {
        let secrets = try await access.givenSecrets(needsSNMP: true)
        let added: CredentialRecord = try await options.withServer { api in
            var number: Int?
            if let group { number = try await api.record(group, GroupRecord.self).id }
            return try await api.post(CredentialRecord.kind.path, body(secrets, group: number))
        }
        try options.output.show(added) { ["\(added.name) are credentials \(added.id)."] }
    }
}

/// `nvexplorer credentials change`
struct CredentialsChangeCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change credentials; what is not named stays.",
        discussion: AccessOptions.discussion + "\n\n" + AccessOptions.changing)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their id or name.")
    var credentials: String

    @Option(help: "Their new name.")
    var name: String?

    @Option(help: ArgumentHelp("For addresses of this range (repeatable); \"\" for all.", valueName: "range"))
    var range: [String] = []

    @Option(help: ArgumentHelp("For the cards of this group; \"\" for all.", valueName: "group"))
    var group: String?

    @Option(help: ArgumentHelp("When they are tried.", valueName: "n"))
    var position: Int?

    @OptionGroup var access: AccessOptions

    func validate() throws {
        try needServer()
        try options.refuseCommunity()
        guard name != nil || !range.isEmpty || group != nil || position != nil || access.isGiven else {
            throw ValidationError("Say what to change: nvexplorer help credentials change.")
        }
    }

    /// The request's body; `group` is the number of the one that is named.
    func body(_ secrets: [String], group number: Int?) -> [String: APIValue] {
        var body = access.fields(secrets)
        body["name"] = name.map(APIValue.text)
        body.replace("ranges", range)
        if group != nil { body["group"] = APIValue(number) }
        body["position"] = position.map(APIValue.integer)
        return body
    }

    func run() async throws {
        let secrets = try await access.givenSecrets(mayBeEmpty: true)
        let changed = try await options.withServer { api in
            let found: CredentialRecord = try await api.record(credentials)
            var number: Int?
            if let group, !group.isEmpty { number = try await api.record(group, GroupRecord.self).id }
            return try await api.change(found, body(secrets, group: number))
        }
        try options.output.show(changed) { ["\(changed.name) are changed: \(changed.words)."] }
    }
}

/// `nvexplorer credentials remove`
struct CredentialsRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget credentials.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their id or name.")
    var credentials: String

    func run() async throws { try await options.remove(credentials, CredentialRecord.self) }
}
