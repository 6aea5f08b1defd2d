// How well cards can be polled.

extension OpenAPIDocument {
    static let pollingOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "showHealth", method: .get, path: "/api/v1/cards/{id}/health", tag: .cards, role: .viewer,
            summary: "Show how well a card can be polled.",
            details: "Latency and loss are of the requests of the last minutes. Another server on the database may poll the card.",
            answer: .json(200, "Health"))
    ]

    static let pollingSchemas: [String: Schema] = [
        "Health": .object([
            "latencyMs": .object([
                "last": .number, "average": .number, "worst": .number.described("Of the last fifty requests or more."),
            ]).orNull.described("Milliseconds from a request to its response; null before the first."),
            "lossPercent": .number(0...100).orNull.described("The part of the requests sent that got no response."),
            "consecutiveFailures": .integer(from: 0).described("Polls in a row without an answer."),
            "lastAnswerAt": .time.orNull, "lastError": .text.orNull.described("Why the last failed poll failed."),
            "lastErrorAt": .time.orNull, "nextPollAt": .time.orNull.described("Null while a poll is under way."),
            "backOffSeconds": .number(from: 0).described("The pause between two probes of a card that does not answer; else 0."),
            "isPolledByThisServer": .boolean,
            "polling": .object([
                "statusSeconds": .integer(PollIntervals.statusRange), "fullSeconds": .integer(PollIntervals.fullRange),
                "from": .text.described("Who decided: `card`, `group NAME` or `configuration`."),
            ]), "protocol": .oneOf(CardProtocol.self), "profile": .text.orNull.described("The profile the card is set to."),
        ])
    ]
}
