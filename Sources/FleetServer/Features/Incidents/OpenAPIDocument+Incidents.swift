import Alarming
import PowerDevice

// Alarms that belong together.

extension OpenAPIDocument {
    static let incidentOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listIncidents", method: .get, path: "/api/v1/incidents", tag: .incidents, role: .viewer,
            summary: "List incidents, the newest first.",
            parameters: [
                OpenAPIParameter("state", .oneOf(IncidentFilter.State.self).by(default: "open"), "Which of them."),
                OpenAPIParameter("site", .text, "Those at the site of this name."),
                OpenAPIParameter("cause", .text, "Those of this cause: `mains`, `communication`, an alarm's name, …"),
                OpenAPIParameter("severity", .oneOf(Severity.self), "Those of this severity."),
                OpenAPIParameter("from", .time, "Those that were not over by then."),
                OpenAPIParameter("to", .time, "Those that had begun by then."),
                OpenAPIParameter("q", .text, "Text that the title contains."), .limit, .cursor,
            ], answer: .json(200, "IncidentPage"), problems: [422: "A filter is none of the words that there are, or no time."]),
        OpenAPIOperation(
            id: "showIncident", method: .get, path: "/api/v1/incidents/{id}", tag: .incidents, role: .viewer, summary: "Show an incident.",
            answer: .json(200, "IncidentDetail")),
        OpenAPIOperation(
            id: "listIncidentMembers", method: .get, path: "/api/v1/incidents/{id}/members", tag: .incidents, role: .viewer,
            summary: "List the alarms of an incident.",
            parameters: [
                OpenAPIParameter(
                    "state", .oneOf(IncidentFilter.Members.self).by(default: "all"), "Which of them; `single`: told by themselves."),
                .limit, .cursor,
            ], answer: .json(200, "IncidentMemberPage"), problems: [422: "state is none of the words that there are."]),
        OpenAPIOperation(
            id: "showIncidentTimeline", method: .get, path: "/api/v1/incidents/{id}/timeline", tag: .incidents, role: .viewer,
            summary: "Show what happened in an incident, in its order.", parameters: [.limit, .cursor],
            answer: .json(200, "IncidentLinePage")),
        OpenAPIOperation(
            id: "acknowledgeIncident", method: .post, path: "/api/v1/incidents/{id}/acknowledge", tag: .incidents, role: .operator,
            summary: "Say that you know of an incident, and of all its open alarms.", body: .optionalJSON("IncidentAcknowledgement"),
            answer: .json(200, "IncidentDetail"), problems: [422: "The comment has no or more than 2000 characters."]),
        OpenAPIOperation(
            id: "commentIncident", method: .post, path: "/api/v1/incidents/{id}/comments", tag: .incidents, role: .operator,
            summary: "Add a comment to an incident's timeline.", body: .json("IncidentComment"), answer: .json(200, "IncidentDetail"),
            problems: [422: "The text has no or more than 2000 characters."]),
    ]

    static let incidentSchemas: [String: Schema] = [
        "Incident": .object(incidentMembers),
        "IncidentPage": .page(of: "Incident"),
        "IncidentDetail": .object(
            incidentMembers + [
                (
                    name: "counts",
                    schema: .object([
                        "alarms": .integer(from: 0), "active": .integer(from: 0), "acknowledged": .integer(from: 0),
                        "shelved": .integer(from: 0),
                    ]).described("Of its alarms, of which a card may have several.")
                ),
                (name: "root", schema: .text.orNull.described("What is taken for the cause of it all.")),
            ]),
        "IncidentMember": .object([
            "alarm": .integer, "card": .integer.orNull, "cardName": .text, "name": .text, "title": .text,
            "severity": .oneOf(Severity.self),
            "role": .oneOf(IncidentMember.Role.self).described(
                "`grave`: it makes the card matter by itself; `silent`: a card of a mains failure does not answer; "
                    + "`consequence`: it follows of itself from a mains failure, and nobody is told."),
            "joinedAt": .time, "clearedAt": .time.orNull, "singledAt": .time.orNull.described("When it was told by itself."),
            "acknowledged": .boolean, "shelved": .boolean,
        ]),
        "IncidentMemberPage": .page(of: "IncidentMember"),
        "IncidentLine": .object([
            "id": .integer, "at": .time, "kind": .oneOf(IncidentLine.Kind.self), "text": .text, "username": .text.orNull,
        ]),
        "IncidentLinePage": .page(of: "IncidentLine"),
        "IncidentAcknowledgement": .object(["comment": .text(IncidentRoutes.comment).optional]),
        "IncidentComment": .object(["text": .text(IncidentRoutes.comment)]),
        "IncidentEvent": .object([
            "card": .integer.orNull, "at": .time, "incident": .integer, "item": .component("Incident"),
        ]).described("An incident began, ended or has changed."),
    ]

    private static let incidentMembers: [(name: String, schema: Schema)] = [
        (name: "id", schema: .integer), (name: "site", schema: .text.orNull),
        (name: "place", schema: .text.described("The site, the network or the card.")),
        (
            name: "cause",
            schema: .text.described(
                "`mains`, `communication`, `siteUnreachable`, `serverIsolated`, `environment`, `battery`, `load`, or the alarms' name.")
        ),
        (name: "title", schema: .text), (name: "severity", schema: .oneOf(Severity.self).described("The greatest it has had.")),
        (name: "state", schema: .oneOf(IncidentRecord.State.self)), (name: "openedAt", schema: .time),
        (name: "endedAt", schema: .time.orNull), (name: "changedAt", schema: .time),
        (name: "cards", schema: .integer(from: 0).described("Cards that it has, or had.")),
        (name: "active", schema: .integer(from: 0).described("Cards that have not recovered.")),
        (name: "singles", schema: .integer(from: 0).described("Cards that were told by themselves.")),
        (name: "acknowledgedAt", schema: .time.orNull), (name: "acknowledgedBy", schema: .text.orNull),
    ]
}
