import Alarming
import PowerDevice

// What is wrong in the fleet, and what operators do about it.

extension OpenAPIDocument {
    private static let over = "The alarm is over."

    private static let alarmFilters: [OpenAPIParameter] = [
        OpenAPIParameter("state", .oneOf(AlarmFilter.State.self).by(default: "open"), "`open`: raised or acknowledged."),
        OpenAPIParameter("severity", .list(of: .oneOf(Severity.self)), "Any of these."),
        OpenAPIParameter("source", .list(of: .oneOf(AlarmReport.Source.self)), "Who raised it: any of these."),
        OpenAPIParameter("shelved", .oneOf(AlarmFilter.Shelved.self).by(default: "any"), "Whether it is shelved."),
        OpenAPIParameter("card", .integer, "The card's number."), OpenAPIParameter("site", .text, "The card's site."),
        OpenAPIParameter("tag", .text, "A tag of the card."), OpenAPIParameter("name", .text, "The alarm's name."),
        OpenAPIParameter("q", .text, "Text in name, title, detail or the card's name, whatever the case."),
        OpenAPIParameter("from", .time, "Raised at or after it."), OpenAPIParameter("to", .time, "Raised before it."),
    ]

    static let alarmOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listAllAlarms", method: .get, path: "/api/v1/alarms", tag: .alarms, role: .viewer,
            summary: "List the alarms of all cards, the newest first.",
            details: "Filters narrow the list together; a filter with several values takes any of them.",
            parameters: alarmFilters + [.limit, .cursor], answer: .json(200, "AlarmPage"),
            problems: [422: "There is no such state, severity or source, a time is none, or the cursor is not one of ours."]),
        OpenAPIOperation(
            id: "summarizeAlarms", method: .get, path: "/api/v1/alarms/summary", tag: .alarms, role: .viewer,
            summary: "Count the open alarms.", answer: .json(200, "AlarmSummary")),
        OpenAPIOperation(
            id: "showAlarm", method: .get, path: "/api/v1/alarms/{id}", tag: .alarms, role: .viewer,
            summary: "Show an alarm with what happened to it.", answer: .json(200, "Alarm")),
        OpenAPIOperation(
            id: "acknowledgeAlarm", method: .post, path: "/api/v1/alarms/{id}/acknowledge", tag: .alarms, role: .operator,
            summary: "Acknowledge an alarm: somebody takes care of it.",
            details: "One that is acknowledged already stays so, by who did it first.", body: .optionalJSON("AlarmComment"),
            answer: .json(200, "Alarm"), problems: [409: over, 422: "The comment is too long."]),
        OpenAPIOperation(
            id: "unacknowledgeAlarm", method: .post, path: "/api/v1/alarms/{id}/unacknowledge", tag: .alarms, role: .operator,
            summary: "Take an acknowledgement back.", answer: .json(200, "Alarm"), problems: [409: over]),
        OpenAPIOperation(
            id: "commentAlarm", method: .post, path: "/api/v1/alarms/{id}/comments", tag: .alarms, role: .operator,
            summary: "Say something of an alarm, also of one that is over.", body: .json("AlarmRemark"), answer: .json(200, "Alarm"),
            problems: [422: "The text is empty or too long."]),
        OpenAPIOperation(
            id: "shelveAlarm", method: .post, path: "/api/v1/alarms/{id}/shelve", tag: .alarms, role: .operator,
            summary: "Shelve an alarm until a time: it stays to be seen, and nobody is told of it.",
            details: "If it comes again before that time, it is shelved too.", body: .json("AlarmShelving"), answer: .json(200, "Alarm"),
            problems: [409: over, 422: "The end is not within the next 30 days, or there is no reason."]),
        OpenAPIOperation(
            id: "unshelveAlarm", method: .post, path: "/api/v1/alarms/{id}/unshelve", tag: .alarms, role: .operator,
            summary: "End an alarm's shelving.", answer: .json(200, "Alarm"), problems: [409: over]),
        OpenAPIOperation(
            id: "clearAlarm", method: .post, path: "/api/v1/alarms/{id}/clear", tag: .alarms, role: .operator,
            summary: "End an alarm whose end was never heard.",
            details: "Only of those that a trap or a syslog message has raised: what polls and rules see, they end themselves.",
            body: .optionalJSON("AlarmComment"), answer: .json(200, "Alarm"),
            problems: [409: "The alarm is over, or was raised otherwise.", 422: "The comment is too long."]),
        OpenAPIOperation(
            id: "acknowledgeAlarms", method: .post, path: "/api/v1/alarms/acknowledge", tag: .alarms, role: .operator,
            summary: "Acknowledge many alarms.", body: .json("AlarmSelection"), answer: .json(200, "AcknowledgedAlarms"),
            problems: [422: "There are no or more than 500 alarms, or the comment is too long."]),
        OpenAPIOperation(
            id: "listCardEvents", method: .get, path: "/api/v1/cards/{id}/events", tag: .cards, role: .viewer,
            summary: "What happened to a card's alarms, and what it has sent, the newest first.", parameters: [.limit, .cursor],
            answer: .json(200, "CardEventPage")),
    ]

    static let alarmSchemas: [String: Schema] = [
        "Alarm": .object([
            "id": .integer, "card": .integer.orNull.described("Null: the server's own alarm."), "cardName": .text.orNull,
            "cardStatus": .oneOf(OperatingStatus.self).orNull, "site": .text.orNull,
            "name": .text.described("The alarm's MIB object, or its name on the server."), "title": .text,
            "severity": .oneOf(Severity.self), "source": .oneOf(AlarmReport.Source.self).described("Who raised it."),
            "detail": .text.orNull, "state": .oneOf(AlarmState.self), "since": .time, "clearedAt": .time.orNull,
            "acknowledgedAt": .time.orNull, "acknowledgedBy": .text.orNull,
            "flapping": .boolean.described("It comes and goes: it counts as raised until it has been quiet for 10 minutes."),
            "occurrences": .integer(from: 1).described("How often it was raised while it flapped; else 1."),
            "shelvedUntil": .time.orNull, "shelvedBy": .text.orNull, "shelvedReason": .text.orNull,
            "incident": .integer.orNull.described("The incident that it belongs to."), "changedAt": .time,
            "events": .list(of: .component("AlarmHappening")).mayBeAbsent.described("What happened to it; only of a single alarm."),
        ]),
        "AlarmPage": .page(of: "Alarm"),
        "AlarmHappening": .object([
            "id": .integer, "at": .time, "kind": .oneOf(AlarmEvent.Kind.self), "severity": .oneOf(Severity.self),
            "source": .oneOf(AlarmReport.Source.self).orNull, "user": .text.orNull.described("Null: the server."), "text": .text.orNull,
        ]),
        "CardHappening": .object([
            "at": .time, "kind": .words(AlarmEvent.Kind.allCases.map(\.rawValue) + [CardEventResource.message]),
            "alarm": .integer.orNull, "name": .text.orNull, "title": .text.orNull, "severity": .text,
            "source": .text.orNull.described("Who said it; of a message its protocol."), "user": .text.orNull, "text": .text.orNull,
        ]),
        "CardEventPage": .page(of: "CardHappening"),
        "AlarmSummary": .object([
            "raised": .integer(from: 0), "acknowledged": .integer(from: 0), "shelved": .integer(from: 0),
            "bySeverity": .map(of: .integer(from: 0)).described("Open ones that are not shelved."),
            "unacknowledgedCritical": .integer(from: 0),
        ]).described("Open alarms. What is shelved is counted as that only."),
        "AlarmComment": .object(["comment": .text.optional.described("At most 2000 characters.")]),
        "AlarmRemark": .object(["text": .text(1...AlarmRoutes.maximumText)]),
        "AlarmShelving": .object([
            "until": .time.optional.described("Within the next 30 days. Counts before `minutes`."),
            "minutes": .integer(1...43_200).optional, "reason": .text(1...AlarmRoutes.maximumText),
        ]),
        "AlarmSelection": .object([
            "ids": .list(of: .integer, 1...AlarmRoutes.maximumBulk), "comment": .text.optional.described("At most 2000 characters."),
        ]),
        "AcknowledgedAlarms": .object([
            "acknowledged": .integer(from: 0), "skipped": .list(of: .object(["id": .integer, "reason": .text])),
        ]),
        "AlarmEvent": .object([
            "card": .integer.orNull.described("Null: the server's own alarm."), "at": .time, "id": .integer,
            "event": .oneOf(AlarmEvent.Kind.self).described("What happened."), "name": .text, "title": .text,
            "severity": .oneOf(Severity.self), "active": .boolean.described("False: the alarm is over."), "state": .oneOf(AlarmState.self),
            "source": .oneOf(AlarmReport.Source.self),
        ]),
    ]
}
