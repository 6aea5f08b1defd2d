import SNMP

// What is asked of cards, and what requests about cards say.

extension OpenAPIDocument {
    private static let noAgent = "Only CardAgents take this order."
    private static let noAnswer = "The card did not answer, or refused."

    static let cardOrderOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "addCard", method: .post, path: "/api/v1/cards", tag: .cards, role: .operator, summary: "Add a card by its address.",
            details:
                "The card is asked by SNMP first. A card that is in the inventory already gets this address, and is answered with 200. Credentials need the role admin.",
            body: .json("NewCard"),
            answer: .json(201, "Card"),
            problems: [
                422:
                    "This is no IPv4 address, what answers there is no card of a UPS or a transfer switch, or the credentials break the rules.",
                502: "Nothing answers at this address, or not to these credentials.",
            ]),
        OpenAPIOperation(
            id: "setCardNetwork", method: .post, path: "/api/v1/cards/{id}/network", tag: .cards, role: .operator,
            summary: "Give a card another address.", details: "Address, netmask and perhaps gateway; or `dhcp: true`. CardAgents only.",
            body: .json("CardNetwork"), answer: .nothing,
            problems: [409: noAgent, 422: "These settings don't go together.", 502: noAnswer]),
        OpenAPIOperation(
            id: "identifyCard", method: .post, path: "/api/v1/cards/{id}/identify", tag: .cards, role: .operator,
            summary: "Let a card make itself known on the spot.", details: "CardAgents only.", body: .optionalJSON("CardIdentify"),
            answer: .nothing, problems: [409: noAgent, 422: "seconds is not from 1 to 3600.", 502: noAnswer]),
        OpenAPIOperation(
            id: "restartCard", method: .post, path: "/api/v1/cards/{id}/restart", tag: .cards, role: .operator,
            summary: "Restart a card; its device goes on.", details: "CardAgents only.", answer: .nothing,
            problems: [409: noAgent, 502: noAnswer]),
    ]

    private static let community = Schema.text(1...64).optional.described("1 to 64 bytes. Never shown again.")
    private static let snmpPassword = Schema.text(8...256).optional.described("8 to 256 bytes. Never shown again.")

    static let snmpUserName = Schema.text(1...32).described("1 to 32 bytes.")

    /// What a version 3 user has beside its name.
    static let snmpUserFields: [(name: String, schema: Schema)] = [
        ("authProtocol", protocols(AuthenticationProtocol.self, "`SHA1`, `SHA256` and the like are understood too.")),
        ("authPassword", snmpPassword),
        (
            "privProtocol",
            protocols(
                PrivacyProtocol.self,
                "AES-192 and AES-256 with the key extension of net-snmp, those with -C with Cisco's. Only with authentication.")
        ),
        ("privPassword", snmpPassword), ("context", .text(0...32).optional.described("The context's name; empty in nearly all agents.")),
    ]

    private static func protocols<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type, _ note: String) -> Schema {
        let names = Words.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        return .text.optional.described("\(names). \(note)")
    }

    static let cardRequestSchemas: [String: Schema] = [
        "NewCard": .object([
            "address": .ipv4, "name": .text(1...128).optional, "credentials": .component("CardCredentials").optional,
        ]),
        "CardChange": .object([
            "name": .text(1...128).optional, "site": .text(0...128).optional.described("Empty: of no site."),
            "tags": .list(of: .text(1...64, pattern: #"^[^"\\]+$"#), 0...50).optional.described("All tags, in place of those before."),
            "credentials": .component("CardCredentials").optional.described("Null: those of a set."),
            "polling": .component("PollIntervals").optional.described("Null: as its group or the configuration says."),
            "gateway": .component("CardGatewayChange").optional.described("Null: Modbus clients don't reach it any more."),
            "protocol": .oneOf(CardProtocol.self).mayBeAbsent,
            "profile": .text(1...64).optional.described("The profile to read it by; null: by its generation."),
        ]),
        "CardCredentials": .object([
            "username": .text.optional.described("The card's administrator."), "password": .text.optional,
            "snmp": .component("CardSNMP").optional,
        ]).described("What opens a card. Stored encrypted, never shown."),
        "CardSNMP": .object(
            [
                ("version", .oneOf(SNMPAccess.Version.self).optional), ("readCommunity", community),
                ("community", community.described("Another name of `readCommunity`, which searches use.")), ("writeCommunity", community),
                ("user", snmpUserName.optional),
            ] + snmpUserFields
        ).described(
            "Versions 1 and 2c with communities, or version 3 with a user: its name, `authProtocol` and `authPassword` if messages are to be authentic, `privProtocol` and `privPassword` if secret too. Of the user that is stored under that name, what is left out stays; `none` as a protocol takes it away."
        ),
        "CardNetwork": .object([
            "address": .ipv4.optional, "netmask": .ipv4.optional, "gateway": .ipv4.optional, "dhcp": .boolean.optional,
        ]),
        "CardIdentify": .object(["seconds": .integer(1...3600).optional.by(default: 30)]),
    ]
}
