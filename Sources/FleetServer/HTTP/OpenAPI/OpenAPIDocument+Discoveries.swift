import NetVision

// Searches for cards.

extension OpenAPIDocument {
    static let discoveryOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listDiscoveries", method: .get, path: "/api/v1/discoveries", tag: .discoveries, role: .viewer,
            summary: "List the searches, the newest first.", parameters: [.limit, .cursor], answer: .json(200, "DiscoveryPage")),
        OpenAPIOperation(
            id: "startDiscovery", method: .post, path: "/api/v1/discoveries", tag: .discoveries, role: .operator,
            summary: "Search for cards.", details: "Searches run one after the other; this returns at once.", body: .json("NewDiscovery"),
            answer: .json(202, "Discovery"),
            problems: [422: "A method, a range or credentials break the rules.", 429: "Too many searches are waiting."]),
        OpenAPIOperation(
            id: "showDiscovery", method: .get, path: "/api/v1/discoveries/{id}", tag: .discoveries, role: .viewer,
            summary: "Show a search and how far it is.", answer: .json(200, "Discovery")),
        OpenAPIOperation(
            id: "cancelDiscovery", method: .post, path: "/api/v1/discoveries/{id}/cancel", tag: .discoveries, role: .operator,
            summary: "End a search; what it has found stays.", answer: .json(200, "Discovery")),
        OpenAPIOperation(
            id: "listDiscoveredCards", method: .get, path: "/api/v1/discoveries/{id}/cards", tag: .discoveries, role: .viewer,
            summary: "What a search found.", parameters: [.limit, .cursor], answer: .json(200, "DiscoveredCardPage")),
        OpenAPIOperation(
            id: "acceptDiscoveredCard", method: .post, path: "/api/v1/discoveries/{id}/cards/{number}/accept", tag: .discoveries,
            role: .operator, summary: "Take a found card into the inventory.", answer: .nothing),
        OpenAPIOperation(
            id: "ignoreDiscoveredCard", method: .post, path: "/api/v1/discoveries/{id}/cards/{number}/ignore", tag: .discoveries,
            role: .operator, summary: "Leave a found card out.", answer: .nothing),
    ]

    static let discoverySchemas: [String: Schema] = [
        "Discovery": .object([
            "id": .integer, "state": .oneOf(Discovery.State.self), "methods": .list(of: .oneOf(DiscoveryMethod.self)),
            "ranges": .list(of: .text), "accept": .boolean.described("Whether what is found goes into the inventory at once."),
            "startedAt": .time, "finishedAt": .time.orNull,
            "probed": .integer(from: 0).described("Addresses that were asked so far, by each method."),
            "total": .integer(from: 0).described("Addresses that are asked in all, by each method."), "found": .integer(from: 0),
            "progress": .map(of: .component("MethodProgress")).described("By method."), "error": .text.orNull,
        ]),
        "MethodProgress": .object([
            "probed": .integer(from: 0), "total": .integer(from: 0).described("Addresses of the ranges that it asks."),
            "sent": .integer(from: 0).described("Datagrams, of all rounds and broadcasts; or connections."),
            "answered": .integer(from: 0).described("Addresses that something was seen at, card or not."), "isDone": .boolean,
        ]),
        "DiscoveryPage": .page(of: "Discovery"),
        "DiscoveredCard": .object([
            "number": .integer(from: 1), "address": .ipv4, "mac": .text.orNull, "serial": .text.orNull, "model": .text.orNull,
            "generation": .oneOf(CardGeneration.self), "firmware": .text.orNull, "state": .oneOf(DiscoveredCard.State.self),
            "card": .integer.orNull.described("The card of the inventory that it is."),
        ]),
        "DiscoveredCardPage": .page(of: "DiscoveredCard"),
        "NewDiscovery": .object([
            "methods": .list(of: .oneOf(DiscoveryMethod.self), 1...64).optional.described(
                "Without it: lan, snmp, ssdp, bacnet, neighbours; more than 4096 addresses only SNMP asks one by one, unless methods are named."
            ),
            "interfaces": .list(of: .text).optional.described("Where broadcasts and multicasts go out; without it everywhere."),
            "packetsPerSecond": .integer(1...5000).optional.by(default: 5000).described("All methods together."),
            "ranges": .list(of: .text).optional.described(
                "IPv4 ranges: `10.1.0.0/16`, `10.1.0.10-10.1.0.20`, `10.1.0.5`; 1048576 addresses in all. SNMP and Modbus alone need one."),
            "accept": .boolean.optional.by(default: true).described("Take what is found into the inventory at once."),
            "credentials": .list(of: .component("DiscoveryCredentials"), 1...8).optional.described(
                "Ways to ask SNMP agents, in this order; who answers one is not asked by the next. Without it: v2c and v1 with the community `public`, then the stored credentials."
            ),
        ]),
        "DiscoveryCredentials": .anyOf(.component("CommunityCredentials"), .component("UserCredentials")),
        "CommunityCredentials": .object([
            "version": .oneOf(SNMPAccess.CommunityVersion.self), "community": .text(1...64).described("1 to 64 bytes."),
        ]),
        "UserCredentials": .object(
            [(name: "version", schema: .words([SNMPAccess.Version.v3.rawValue])), (name: "user", schema: snmpUserName)] + snmpUserFields),
    ]
}
