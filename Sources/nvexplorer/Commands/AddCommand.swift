import ArgumentParser
import NetVision

/// `nvexplorer add`
struct AddCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add cards by their addresses.",
        discussion: """
            The server asks each at once, and takes it into the inventory if a card answers; what fails for one is done for the others. Cards that \
            don't answer yet are taken in by nvexplorer import, many by nvexplorer discover.

            With --snmp, --user or --username the cards get credentials of their own, which takes an administrator; else the community public is \
            tried. \(AccessOptions.discussion)
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The cards' IPv4 addresses.")
    var addresses: [String]

    @Option(help: "The card's name; of one card only.")
    var name: String?

    @Option(help: "The site of all of them.")
    var site: String?

    @Option(help: ArgumentHelp("A tag for all of them (repeatable).", valueName: "tag"))
    var tag: [String] = []

    @OptionGroup var access: AccessOptions

    func validate() throws {
        try needServer()
        try options.refuseCommunity()
        if let wrong = addresses.first(where: { AddressRange.number($0) == nil }) { throw ValidationError("\(wrong) is no IPv4 address.") }
        if addresses.count > 1, name != nil { throw ValidationError("--name is for one card.") }
        if access.isGiven { try access.validateWhole() }
    }

    /// The request's body for a card, with the secrets in the order in which they are asked for.
    func body(_ address: String, secrets: [String]) -> [String: APIValue] {
        var body = ["address": APIValue.text(address)]
        body["name"] = name.map(APIValue.text)
        if access.isGiven { body["credentials"] = .object(access.fields(secrets)) }
        return body
    }

    /// What the card gets once it is there.
    private var more: [String: APIValue] {
        var more: [String: APIValue] = [:]
        more["site"] = site.map(APIValue.text)
        if !tag.isEmpty { more["tags"] = APIValue(tag) }
        return more
    }

    func run() async throws {
        let secrets = try await access.givenSecrets()
        let added = try await options.withServer { api in
            try await Batch(addresses).each { try await add($0, secrets, api) }
        }
        try added.tell(options.output) { "\($0.address) is card \($0.id.map(String.init) ?? "?"): \($0.name)." }
    }

    private func add(_ address: String, _ secrets: [String], _ api: FleetAPI) async throws -> CardRecord {
        let card: CardRecord = try await api.post("cards", body(address, secrets: secrets))
        guard !more.isEmpty else { return card }
        let id = try FleetAPI.number(of: card)
        do {
            return try await api.change("cards/\(id)", more)
        } catch let failure as CommandFailure {
            throw CommandFailure(failure.code, "It is card \(id) now, but: \(failure.description)", isGeneral: failure.isGeneral)
        }
    }
}
