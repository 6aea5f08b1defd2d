import NetVision
import PowerDevice

// The inventory: what cards say, and what can be asked of them.

extension OpenAPIDocument {
    static let cardOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listCards", method: .get, path: "/api/v1/cards", tag: .cards, role: .viewer,
            summary: "List the cards, in the order of their numbers.",
            details: "Filters narrow the list together; a filter with several values takes any of them.",
            parameters: cardFilters + [
                OpenAPIParameter("fields", .list(of: .words(cardFieldNames)), "The fields to show beside `id`; without it all."), .limit,
                .cursor,
            ], answer: .json(200, "CardPage"),
            problems: [422: "There is no such status, generation, kind, range, group or field, or the cursor is not one of ours."]),
        OpenAPIOperation(
            id: "showCard", method: .get, path: "/api/v1/cards/{id}", tag: .cards, role: .viewer, summary: "Show a card.",
            answer: .json(200, "Card")),
        OpenAPIOperation(
            id: "changeCard", method: .patch, path: "/api/v1/cards/{id}", tag: .cards, role: .operator,
            summary: "Change a card's name, site, tags, credentials, or the way it is read and reached.",
            details: "What is left out stays. Credentials, and writes through the gateway, need the role admin.",
            body: .json("CardChange"), answer: .json(200, "Card"),
            problems: [
                403: "Credentials, and writes through the gateway, need the role admin.",
                409: "The gateway's port or unit identifier is another card's, or can't be had.",
                422: "Name, site, tags, credentials, intervals or gateway break the rules.",
            ]),
        OpenAPIOperation(
            id: "retireCard", method: .delete, path: "/api/v1/cards/{id}", tag: .cards, role: .operator,
            summary: "Take a card out of the inventory.", details: "Its history stays; found again, it comes back as the card it was.",
            answer: .nothing),
        OpenAPIOperation(
            id: "showReadings", method: .get, path: "/api/v1/cards/{id}/readings", tag: .cards, role: .viewer,
            summary: "A card's live values.", answer: .json(200, "Readings")),
        OpenAPIOperation(
            id: "listAlarms", method: .get, path: "/api/v1/cards/{id}/alarms", tag: .cards, role: .viewer,
            summary: "A card's alarms: active ones first, then the newest first.", details: nil,
            parameters: [
                OpenAPIParameter("active", .boolean.by(default: false), "`true`: only active ones. Any other text counts as `false`."),
                .limit,
            ],
            answer: .json(200, "AlarmPage")),
    ]

    private static let cardFieldNames = CardResource.Field.allCases.map(\.rawValue)

    private static let values = Schema.map(of: .number).described(
        """
        Values by their NUT names (RFC 9271), in volt, ampere, hertz, degree Celsius, watt, volt-ampere, second or percent. A transfer \
        switch's sources are `input.1` and `input.2`.
        """)

    private static let cardFields: [(name: String, schema: Schema)] = CardResource.Field.allCases.map { ($0.rawValue, schema(of: $0)) }

    /// A new field of the resource does not compile until it has its schema here.
    private static func schema(of field: CardResource.Field) -> Schema {
        switch field {
        case .id: .integer
        case .name: .text
        case .mac: .text(pattern: "^([0-9A-F]{2}:){5}[0-9A-F]{2}$").orNull
        case .address: .ipv4
        case .generation: .oneOf(CardGeneration.self)
        case .kind: .oneOf(DeviceKind.self)
        case .serial, .model, .firmware, .location, .site: .text.orNull
        case .agent: .text.orNull.described("The agent's own words about itself.")
        case .status: .oneOf(OperatingStatus.self)
        case .outputSource: .oneOf(OutputSource.self).orNull.described("What feeds the load of a UPS; null where the card does not tell.")
        case .batteryStatus: .oneOf(BatteryStatus.self).orNull
        case .transfer: .component("Transfer").orNull.described("What a transfer switch does; null of a UPS, and without an answer.")
        case .webPort: .integer.orNull.described("The port of the card's own web pages.")
        case .problem: .text.orNull.described("Why the card is unreachable or unknown.")
        case .warnings: .list(of: .text).described("What is wrong with a card that can be read nonetheless, a sentence each.")
        case .tags: .list(of: .text)
        case .lastSeen: .time.orNull
        case .alarmCount: .integer(from: 0)
        case .summary:
            values.described("Load, charge and runtime (`ups.load`, `battery.charge`, `battery.runtime`), as far as the card has them.")
        case .createdAt: .time
        case .health: .component("Health").mayBeAbsent.described("How well the card can be polled; only when asked for by `fields`.")
        case .retiredAt:
            .time.orNull.described("Since when another card has its place; such a card is in no list, but it and its history can be read.")
        case .successor: .integer.orNull.described("The card that has taken its place.")
        case .predecessor: .integer.orNull.described("The card whose place this one has taken.")
        case .place: .component("CardPlace").orNull.described("The silent card whose place it can inherit.")
        case .polling: .component("PollIntervals").orNull.described("How often it is read; null: as its group or the configuration says.")
        case .protocol: .oneOf(CardProtocol.self)
        case .profile: .text.orNull.described("The profile that it is read by; null: by its generation.")
        case .gateway:
            .component("CardGateway").orNull.described("How Modbus clients reach it through the server; null: they don't.")
        }
    }

    static let cardSchemas: [String: Schema] = [
        "Card": .object(cardFields),
        "CardSelection": .object(cardFields.map { ($0.name, $0.name == "id" ? $0.schema : $0.schema.mayBeAbsent) })
            .described("A card in a list: with the fields that were asked for, by default all."),
        "CardPage": .page(of: "CardSelection"),
        "CardPlace": .object(["card": .integer, "name": .text]),
        "PollIntervals": .object([
            "statusSeconds": .integer(1...3600).described("Between reads of what the status depends on."),
            "fullSeconds": .integer(1...86400).described("Between whole reads."),
        ]),
        "CardGateway": .object([
            "port": .integer(1...65535).orNull.described("The server's port that is this card's alone."),
            "unit": .integer(1...247).orNull.described("The unit identifier that picks it on the shared port."),
            "writes": .boolean.described("Whether clients may write registers."),
        ]),
        "CardGatewayChange": .object([
            "port": .integer(1...65535).optional.described("The server's port that is this card's alone; null: none."),
            "unit": .integer(1...247).optional.described("The unit identifier that picks it on the shared port; null: none."),
            "writes": .boolean.mayBeAbsent.described("Whether clients may write registers: only an administrator allows it."),
        ]).described("What is left out stays as it is."),
        "Transfer": .object([
            "source1": .oneOf(TransferState.SourceStatus.self), "source2": .oneOf(TransferState.SourceStatus.self),
            "preferredSource": .integer(1...2).orNull.described("Null where the card does not tell."),
            "interaction": .oneOf(TransferState.Interaction.self).described("How the sources stand to each other."),
            "load": .oneOf(TransferState.LoadStatus.self).described("What feeds the load."),
            "output": .oneOf(TransferState.OutputStatus.self).described("Which static switch is closed."),
        ]),
        "Readings": .object(["at": .time.orNull.described("Null: no answer yet."), "values": values]),
    ]
}
