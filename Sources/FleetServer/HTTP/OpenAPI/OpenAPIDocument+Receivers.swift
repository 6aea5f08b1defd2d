import PowerDevice

// What cards and others send by themselves.

extension OpenAPIDocument {
    static let receiverOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listReceivers", method: .get, path: "/api/v1/receivers", tag: .system, role: .viewer,
            summary: "How traps and syslog are received, and what was lost.",
            details: "Of this server, since its start.", answer: .json(200, "ReceiverPage")),
        OpenAPIOperation(
            id: "listUnknownSenders", method: .get, path: "/api/v1/unknown-senders", tag: .discoveries, role: .viewer,
            summary: "Who sends traps or syslog and is no card, or is refused.",
            details: """
                Heard last comes first; 10,000 are kept. A sender goes by itself when its address becomes that of a card; one whose traps are \
                refused stays until it is forgotten.
                """, parameters: [.limit, .cursor], answer: .json(200, "UnknownSenderPage")),
        OpenAPIOperation(
            id: "forgetUnknownSender", method: .delete, path: "/api/v1/unknown-senders/{address}", tag: .discoveries, role: .operator,
            summary: "Forget a sender.", details: "When it sends again, it is listed again.", answer: .nothing),
        OpenAPIOperation(
            id: "listCardMessages", method: .get, path: "/api/v1/cards/{id}/messages", tag: .cards, role: .viewer,
            summary: "The lines that a card has sent by syslog, newest first.", details: "10,000 of each card are kept, for a year.",
            parameters: [.limit, .cursor], answer: .json(200, "CardMessagePage")),
    ]

    static let receiverSchemas: [String: Schema] = [
        "ReceiverPage": .page(of: "Receiver"),
        "Receiver": .object([
            "kind": .oneOf(ReceiverResource.Kind.self), "state": .oneOf(ReceiverState.self), "address": .text.orNull,
            "problem": .text.orNull.described("Why it does not listen."), "received": .integer(from: 0),
            "dropped": .integer(from: 0).described("What came and was lost, or not let in."),
            "byKind": .map(of: .integer(from: 0)).described(
                "What was received, by version, kind and sender of traps, and by sender of syslog: `v2c trap card`, `unknown`."),
            "drops": .map(of: .integer(from: 0)).described("What was not, by the reason."),
            "connections": .integer(from: 0).orNull.described("Open ones; null of UDP."),
        ]),
        "UnknownSenderPage": .page(of: "UnknownSender"),
        "UnknownSender": .object([
            "address": .text, "protocol": .oneOf(UnknownSender.Kind.self).described("`refusedTrap`: not let in; `lastText` says why."),
            "engine": .text.orNull.described("The SNMPv3 engine id, in hexadecimal; unchecked of a refused trap."), "firstAt": .time,
            "lastAt": .time, "count": .integer(from: 1), "lastText": .text.orNull.described("What was sent last, cut to 200 characters."),
            "card": .integer.orNull.described("The card at the address, whose traps are refused."),
        ]),
        "CardMessagePage": .page(of: "CardMessage"),
        "CardMessage": .object([
            "id": .integer, "card": .integer, "at": .time.described("When it was written, where the message tells that with its zone."),
            "receivedAt": .time, "protocol": .oneOf(CardMessage.Kind.self), "severity": .oneOf(Severity.self), "text": .text,
        ]),
    ]
}
