import NetVision
import PowerDevice

// The inventory: what cards say, and what can be asked of them.

extension OpenAPIDocument {
    static let cardOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listCards", method: .get, path: "/api/v1/cards", tag: .cards, role: .viewer,
            summary: "List the cards, in the order of their numbers.",
            details: "Filters narrow the list together; a filter with several values takes any of them.",
            parameters: [
                OpenAPIParameter("q", .text, "Text in name, address, MAC, serial, model, site, location or firmware, whatever the case."),
                OpenAPIParameter("status", .list(of: .oneOf(OperatingStatus.self)), "Statuses."),
                OpenAPIParameter("generation", .list(of: .oneOf(CardGeneration.self)), "Generations of cards."),
                OpenAPIParameter("model", .text, "Exactly this model."), OpenAPIParameter("firmware", .text, "Exactly this version."),
                OpenAPIParameter("site", .text, "Exactly this site."), OpenAPIParameter("tag", .text, "Cards with this tag."),
                OpenAPIParameter("fields", .list(of: .words(cardFieldNames)), "The fields to show beside `id`; without it all."), .limit,
                .cursor,
            ], answer: .json(200, "CardPage"), problems: [422: "There is no such status or field, or the cursor is not one of ours."]),
        OpenAPIOperation(
            id: "showCard", method: .get, path: "/api/v1/cards/{id}", tag: .cards, role: .viewer, summary: "Show a card.",
            answer: .json(200, "Card")),
        OpenAPIOperation(
            id: "changeCard", method: .patch, path: "/api/v1/cards/{id}", tag: .cards, role: .operator,
            summary: "Change a card's name, site, tags or credentials.",
            details: "What is left out stays. Credentials need the role admin.",
            body: .json("CardChange"), answer: .json(200, "Card"),
            problems: [403: "Credentials need the role admin.", 422: "Name, site, tags or credentials break the rules."]),
        OpenAPIOperation(
            id: "retireCard", method: .delete, path: "/api/v1/cards/{id}", tag: .cards, role: .operator,
            summary: "Take a card out of the inventory.", details: "Its history stays; found again, it comes back as the card it was.",
            answer: .nothing),
        OpenAPIOperation(
            id: "showReadings", method: .get, path: "/api/v1/cards/{id}/readings", tag: .cards, role: .viewer,
            summary: "A card's live values.", answer: .json(200, "Readings")),
        OpenAPIOperation(
            id: "showHistory", method: .get, path: "/api/v1/cards/{id}/history", tag: .cards, role: .viewer,
            summary: "One value of a card over time.",
            details: "A point for each step in which there is a sample; where there is none, there is no point. At most 5000 steps.",
            parameters: [
                OpenAPIParameter(
                    "metric", isRequired: true, .someText, "The value's name, as in the card's readings: `battery.charge`."),
                OpenAPIParameter("from", .time, "Without it: an hour before `to`."), OpenAPIParameter("to", .time, "Without it: now."),
                OpenAPIParameter("step", .number(from: 1), "Seconds. Without it: as many as make at most 500 points."),
            ], answer: .json(200, "History"),
            problems: [422: "The metric is missing, a time or the step can't be read, or there would be too many points."]),
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
        }
    }

    static let cardSchemas: [String: Schema] = [
        "Card": .object(cardFields),
        "CardSelection": .object(cardFields.map { ($0.name, $0.name == "id" ? $0.schema : $0.schema.mayBeAbsent) })
            .described("A card in a list: with the fields that were asked for, by default all."),
        "CardPage": .page(of: "CardSelection"),
        "Transfer": .object([
            "source1": .oneOf(TransferState.SourceStatus.self), "source2": .oneOf(TransferState.SourceStatus.self),
            "preferredSource": .integer(1...2).orNull.described("Null where the card does not tell."),
            "interaction": .oneOf(TransferState.Interaction.self).described("How the sources stand to each other."),
            "load": .oneOf(TransferState.LoadStatus.self).described("What feeds the load."),
            "output": .oneOf(TransferState.OutputStatus.self).described("Which static switch is closed."),
        ]),
        "Readings": .object(["at": .time.orNull.described("Null: no answer yet."), "values": values]),
        "History": .object([
            "metric": .text, "unit": .oneOf(Unit.self), "from": .time, "to": .time, "step": .number.described("Seconds."),
            "points": .list(of: .component("HistoryPoint")),
        ]),
        "HistoryPoint": .object(["at": .time.described("The step's begin."), "avg": .number, "min": .number, "max": .number]),
        "Alarm": .object([
            "name": .text.described("The alarm's MIB object."), "title": .text, "severity": .oneOf(Severity.self), "since": .time,
            "clearedAt": .time.orNull,
        ]),
        "AlarmPage": .page(of: "Alarm"),
    ]
}
