import ArgumentParser

/// How cards are opened. No secret is an argument: they come from a file, the environment or the terminal.
struct AccessOptions: ParsableArguments {
    static let discussion = """
        The secrets are asked for at the terminal, or read from a file with --secrets, or from NVEXPLORER_SECRETS, one a line in this order: the \
        community (v1, v2c); or the authentication password and, with --privacy, the privacy password (v3); then, with --username, the card \
        administrator's password. Give the file mode 0600.
        """

    static let changing = """
        An empty secret leaves the stored one as it is. Of the user that is stored only what is named changes; another user is a new one, and \
        needs its protocols and passwords.
        """

    @Option(help: ArgumentHelp("1, 2c or 3. (default: 3 with --user, else 2c)", valueName: "version"))
    var snmp: String?

    @Option(help: ArgumentHelp("The user of SNMPv3.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("MD5, SHA, SHA-224, SHA-256, SHA-384 or SHA-512; in a change also none.", valueName: "protocol"))
    var authentication: String?

    @Option(help: ArgumentHelp("DES, AES, AES-192 or AES-256; in a change also none.", valueName: "protocol"))
    var privacy: String?

    @Option(help: ArgumentHelp("The context that the user asks in; nearly all cards have none.", valueName: "name"))
    var context: String?

    @Option(help: ArgumentHelp("The cards' administrator, for orders and upgrades.", valueName: "name"))
    var username: String?

    @Option(help: ArgumentHelp("The file with the secrets, one a line.", valueName: "file"))
    var secrets: String?

    private static let none = "none"

    /// Whether anything is said about how cards are asked by SNMP.
    private var isSNMPGiven: Bool { [snmp, user, authentication, privacy, context].contains { $0 != nil } }
    var isGiven: Bool { isSNMPGiven || username != nil }

    private var version: String { snmp ?? (user == nil ? "2c" : "3") }
    private var hasAuthentication: Bool { authentication.map { $0.lowercased() != Self.none } ?? false }
    private var hasPrivacy: Bool { privacy.map { $0.lowercased() != Self.none } ?? false }

    func validate() throws {
        if let snmp, !["1", "2c", "3"].contains(snmp) { throw ValidationError("--snmp is 1, 2c or 3.") }
        if version != "3", user != nil { throw ValidationError("--user is of SNMPv3.") }
        if user == nil, authentication != nil || privacy != nil || context != nil {
            throw ValidationError("--authentication, --privacy and --context need --user.")
        }
        if authentication != nil, !hasAuthentication, hasPrivacy { throw ValidationError("There is no privacy without authentication.") }
        if secrets != nil, !isGiven { throw ValidationError("Say what the secrets are of: --snmp, --user or --username.") }
    }

    /// Throws where something is missing that new credentials need.
    func validateWhole() throws {
        if version == "3", user == nil { throw ValidationError("SNMPv3 needs --user NAME.") }
        if hasPrivacy, !hasAuthentication { throw ValidationError("--privacy needs --authentication.") }
        let removed = [authentication, privacy].contains { $0?.lowercased() == Self.none }
        if removed { throw ValidationError("none is for changes: leave the option out.") }
    }

    /// What is asked for, in the order of the secrets' lines. `needsSNMP`: of a set of credentials, which always has an SNMP version.
    func questions(needsSNMP: Bool = false) -> [String] {
        var questions: [String] = []
        if isSNMPGiven || needsSNMP, version != "3" { questions.append("Community") }
        if hasAuthentication { questions.append("Authentication password") }
        if hasPrivacy { questions.append("Privacy password") }
        if username != nil { questions.append("Password of the cards' administrator") }
        return questions
    }

    /// The secrets that are asked for. `mayBeEmpty`: in a change, where an empty one leaves the stored one as it is.
    func givenSecrets(needsSNMP: Bool = false, mayBeEmpty: Bool = false) async throws -> [String] {
        try await SecretSource.secrets(questions(needsSNMP: needsSNMP), file: secrets, mayBeEmpty: mayBeEmpty)
    }

    /// The fields `snmp`, `username` and `password` of the API, with the secrets in the order of `questions`.
    func fields(_ secrets: [String], needsSNMP: Bool = false) -> [String: APIValue] {
        var left = secrets[...]
        func next() -> APIValue? { left.popFirst().flatMap { $0.isEmpty ? nil : .text($0) } }
        var access: [String: APIValue] = ["version": .text(version)]
        if isSNMPGiven || needsSNMP, version != "3" { access["readCommunity"] = next() }
        access["user"] = user.map(APIValue.text)
        access["authProtocol"] = authentication.map { .text(hasAuthentication ? $0 : Self.none) }
        if hasAuthentication { access["authPassword"] = next() }
        access["privProtocol"] = privacy.map { .text(hasPrivacy ? $0 : Self.none) }
        if hasPrivacy { access["privPassword"] = next() }
        access["context"] = context.map(APIValue.text)
        var fields: [String: APIValue] = [:]
        if isSNMPGiven || needsSNMP { fields["snmp"] = .object(access) }
        if let username {
            fields["username"] = .text(username)
            fields["password"] = next()
        }
        return fields
    }
}

extension GlobalOptions {
    /// For commands that store credentials: a community is one, and the option is of another meaning.
    func refuseCommunity() throws {
        guard community != nil || users.snmpUsers != nil else { return }
        throw ValidationError(
            "--community and --snmp-users are for --direct and discover. What is stored is told by --snmp or --user; its secrets by --secrets FILE."
        )
    }
}
