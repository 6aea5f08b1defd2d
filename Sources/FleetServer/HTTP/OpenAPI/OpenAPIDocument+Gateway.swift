// Cards by Modbus.

extension OpenAPIDocument {
    static let gatewayOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "showGateway", method: .get, path: "/api/v1/gateway", tag: .cards, role: .viewer,
            summary: "Which cards Modbus clients reach through the server, and how that goes.",
            details: "Every card with a port or a unit of its own, and those that are asked by Modbus at the moment.",
            answer: .json(200, "Gateway")),
        OpenAPIOperation(
            id: "readRegisters", method: .get, path: "/api/v1/cards/{id}/registers", tag: .cards, role: .viewer,
            summary: "Registers of a card, by Modbus TCP.",
            details: "Shares the card's only connection with the gateway's clients and the poller.",
            parameters: [
                OpenAPIParameter("address", isRequired: true, .text, "The first register's number, 0 to 65535; `0x` for hexadecimal."),
                OpenAPIParameter("count", .integer(1...125).by(default: 1), "Registers."),
                OpenAPIParameter("unit", .integer(0...247).by(default: 1), "1 is the card's system."),
                OpenAPIParameter("kind", .words(["holding", "input"]).by(default: "holding"), "Function 3 or 4."),
                OpenAPIParameter(
                    "maxAge", .number(0...3600), "How old they may be, in seconds; 0 asks the card. Without it: `gateway.maxAgeMs`."),
            ], answer: .json(200, "Registers"),
            problems: [
                422: "A parameter breaks the rules.", 502: "The card refuses, or can't be reached.", 504: "The card does not answer.",
            ]),
    ]

    static let gatewaySchemas: [String: Schema] = [
        "Gateway": .object([
            "listen": .text.orNull.described("The shared port, where the unit identifier picks the card; null: there is none."),
            "host": .text.described("Where the cards' own ports listen."), "clients": .integer(from: 0).described("At all ports."),
            "problem": .text.orNull.described("Why the shared port is not open."), "items": .list(of: .component("GatewayCard")),
        ]),
        "GatewayCard": .object([
            "card": .integer, "name": .text, "port": .integer(1...65535).orNull, "unit": .integer(1...247).orNull, "writes": .boolean,
            "state": .oneOf(GatewayResource.State.self).described(
                "`occupied`: another program holds the card's only connection. `closed`: the server's port can't be opened."),
            "clients": .integer(from: 0).described("At the card's own port."),
            "requests": .integer(from: 0).described("Of clients, the poller and the API."),
            "cacheHits": .integer(from: 0).described("Those that needed no question to the card."),
            "queued": .integer(from: 0), "lastError": .text.orNull.described("What went wrong last, be it over or not."),
            "lastErrorAt": .time.orNull.described("Null: now."),
        ]),
        "Registers": .object([
            "unit": .integer(0...247), "address": .integer(0...65535), "values": .list(of: .integer(0...65535)),
            "ageSeconds": .number(from: 0).described("Since the card gave them."), "at": .time.described("When the card gave them."),
        ]),
    ]
}
