import NetVision
import PowerDevice

// What was found and is to be decided about; rules and schedules of searches; credentials for many cards.

extension OpenAPIDocument {
    static let findingOperations: [OpenAPIOperation] = candidateOperations + ruleOperations + scheduleOperations + credentialOperations

    private static let inInventory = "It is in the inventory already."

    private static let candidateOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listCandidates", method: .get, path: "/api/v1/candidates", tag: .discoveries, role: .viewer,
            summary: "List what was found and is not in the inventory, over all searches.",
            parameters: [OpenAPIParameter("state", .oneOf(Candidate.State.self), "Only these. Without it: all."), .limit, .cursor],
            answer: .json(200, "CandidatePage"), problems: [422: "There is no such state."]),
        OpenAPIOperation(
            id: "showCandidate", method: .get, path: "/api/v1/candidates/{id}", tag: .discoveries, role: .viewer,
            summary: "Show a candidate.", answer: .json(200, "Candidate")),
        OpenAPIOperation(
            id: "acceptCandidate", method: .post, path: "/api/v1/candidates/{id}/accept", tag: .discoveries, role: .operator,
            summary: "Take a candidate into the inventory.",
            details: "With `inherit` it takes the place of that card, which is retired. What else is given counts more.",
            body: .optionalJSON("Acceptance"), answer: .json(200, "Candidate"),
            problems: [
                409: "\(inInventory) Or it carries the MAC of another card.",
                422: "Name, site, tags or the card to inherit from are wrong.",
            ]),
        OpenAPIOperation(
            id: "ignoreCandidate", method: .post, path: "/api/v1/candidates/{id}/ignore", tag: .discoveries, role: .operator,
            summary: "Leave a candidate out, whoever finds it again.", answer: .json(200, "Candidate"), problems: [409: inInventory]),
        OpenAPIOperation(
            id: "reconsiderCandidate", method: .post, path: "/api/v1/candidates/{id}/reconsider", tag: .discoveries, role: .operator,
            summary: "Put an ignored candidate among the new ones again.", answer: .json(200, "Candidate"), problems: [409: inInventory]),
        OpenAPIOperation(
            id: "inheritPlace", method: .post, path: "/api/v1/cards/{id}/inherit", tag: .cards, role: .operator,
            summary: "Let a card take the place of another one, which it has replaced.",
            details: """
                It gets the other's name, site, tags, credentials, polling and gateway. The other is retired; its history stays with it, and \
                `predecessor` leads there.
                """,
            body: .json("Inheritance"), answer: .json(200, "Card"), problems: [422: "There is no such card, or it is the same one."]),
    ]

    private static let ruleProblems = [409: "The name is taken.", 422: "A range, a tag or a name breaks the rules."]

    private static let ruleOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listDiscoveryRules", method: .get, path: "/api/v1/discovery-rules", tag: .discoveries, role: .viewer,
            summary: "List the rules for what searches find, in their order.", parameters: [.limit, .cursor],
            answer: .json(200, "DiscoveryRulePage")),
        OpenAPIOperation(
            id: "addDiscoveryRule", method: .post, path: "/api/v1/discovery-rules", tag: .discoveries, role: .operator,
            summary: "Add a rule.",
            details: "Where nobody has said to accept all that is found, the first rule that matches decides; without one it waits.",
            body: .json("NewDiscoveryRule"), answer: .json(201, "DiscoveryRule"), problems: ruleProblems),
        OpenAPIOperation(
            id: "showDiscoveryRule", method: .get, path: "/api/v1/discovery-rules/{id}", tag: .discoveries, role: .viewer,
            summary: "Show a rule.", answer: .json(200, "DiscoveryRule")),
        OpenAPIOperation(
            id: "changeDiscoveryRule", method: .patch, path: "/api/v1/discovery-rules/{id}", tag: .discoveries, role: .operator,
            summary: "Change a rule.", details: "What is left out stays.", body: .json("DiscoveryRuleChange"),
            answer: .json(200, "DiscoveryRule"), problems: ruleProblems),
        OpenAPIOperation(
            id: "removeDiscoveryRule", method: .delete, path: "/api/v1/discovery-rules/{id}", tag: .discoveries, role: .operator,
            summary: "Remove a rule.", answer: .nothing),
    ]

    private static let scheduleProblems = [409: "The name is taken.", 422: "The search or the minutes are not possible."]

    private static let scheduleOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listDiscoverySchedules", method: .get, path: "/api/v1/discovery-schedules", tag: .discoveries, role: .viewer,
            summary: "List the searches that are repeated.", parameters: [.limit, .cursor], answer: .json(200, "DiscoverySchedulePage")),
        OpenAPIOperation(
            id: "addDiscoverySchedule", method: .post, path: "/api/v1/discovery-schedules", tag: .discoveries, role: .operator,
            summary: "Repeat a search.", details: "It begins at once for the first time.", body: .json("NewDiscoverySchedule"),
            answer: .json(201, "DiscoverySchedule"), problems: scheduleProblems),
        OpenAPIOperation(
            id: "showDiscoverySchedule", method: .get, path: "/api/v1/discovery-schedules/{id}", tag: .discoveries, role: .viewer,
            summary: "Show a repeated search.", answer: .json(200, "DiscoverySchedule")),
        OpenAPIOperation(
            id: "changeDiscoverySchedule", method: .patch, path: "/api/v1/discovery-schedules/{id}", tag: .discoveries, role: .operator,
            summary: "Change a repeated search.", details: "What is left out stays.", body: .json("DiscoveryScheduleChange"),
            answer: .json(200, "DiscoverySchedule"), problems: scheduleProblems),
        OpenAPIOperation(
            id: "removeDiscoverySchedule", method: .delete, path: "/api/v1/discovery-schedules/{id}", tag: .discoveries, role: .operator,
            summary: "Do not repeat the search any more.", answer: .nothing),
    ]

    private static let credentialProblems = [409: "The name is taken.", 422: "The credentials, a range or the group are not possible."]

    private static let credentialOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listCredentials", method: .get, path: "/api/v1/credentials", tag: .credentials, role: .admin,
            summary: "List the credentials sets, in the order in which they are tried.", parameters: [.limit, .cursor],
            answer: .json(200, "CredentialSetPage")),
        OpenAPIOperation(
            id: "addCredentials", method: .post, path: "/api/v1/credentials", tag: .credentials, role: .admin,
            summary: "Add credentials for many cards.",
            details: """
                A card without credentials of its own is opened by the set that found it, else by that of its group, else by the first whose \
                ranges have its address. Searches try the sets after the community `public`.
                """,
            body: .json("NewCredentialSet"), answer: .json(201, "CredentialSet"), problems: credentialProblems),
        OpenAPIOperation(
            id: "showCredentials", method: .get, path: "/api/v1/credentials/{id}", tag: .credentials, role: .admin,
            summary: "Show a credentials set, without its secrets.", answer: .json(200, "CredentialSet")),
        OpenAPIOperation(
            id: "changeCredentials", method: .patch, path: "/api/v1/credentials/{id}", tag: .credentials, role: .admin,
            summary: "Change a credentials set.", details: "What is left out stays.", body: .json("CredentialSetChange"),
            answer: .json(200, "CredentialSet"), problems: credentialProblems),
        OpenAPIOperation(
            id: "removeCredentials", method: .delete, path: "/api/v1/credentials/{id}", tag: .credentials, role: .admin,
            summary: "Remove a credentials set.", answer: .nothing),
    ]
}
