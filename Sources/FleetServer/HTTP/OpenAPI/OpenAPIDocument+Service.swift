import PowerDevice

// The event stream, and what the server says of itself.

extension OpenAPIDocument {
    static let streamOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "followStream", method: .get, path: "/api/v1/stream", tag: .stream, role: .viewer,
            summary: "Follow what happens, as server-sent events.",
            details: """
                Events have a kind (`event:`), a number (`id:`) and a JSON document (`data:`); `x-events` has each kind's schema. A \
                comment every 15 seconds keeps the connection alive; with `beats=true` an event `beat` comes besides. Events of the time before the connection do not come: read the \
                lists after connecting, and again after each reconnection.
                """,
            parameters: [
                OpenAPIParameter("beats", .words(["true", "false"]), "Whether an event `beat` without content comes every 15 seconds."),
                OpenAPIParameter(
                    "values", .text, "`none`, or the numbers of the cards whose readings are wanted with their values; without it, of all."),
            ],
            answer: .text(
                contentType: "text/event-stream",
                members: [
                    "x-events": .object(
                        Dictionary(FleetEvent.Kind.allCases.map { ($0.rawValue, Schema.component(schemaName(of: $0)).json) }) { $1 })
                ]), problems: [503: "Too many watch the stream."])
    ]

    /// The component that describes the data of an event.
    static func schemaName(of kind: FleetEvent.Kind) -> String {
        switch kind {
        case .card: "CardEvent"
        case .cards: "CardsEvent"
        case .readings: "ReadingsEvent"
        case .alarm: "AlarmEvent"
        case .trap: "TrapEvent"
        case .campaign: "CampaignEvent"
        case .discovery: "DiscoveryEvent"
        case .storage: "StorageEvent"
        case .candidate: "CandidateEvent"
        case .incident: "IncidentEvent"
        case .notification: "NotificationEvent"
        }
    }

    static let streamSchemas: [String: Schema] = [
        "CardEvent": .object([
            "card": .integer, "at": .time, "status": .oneOf(OperatingStatus.self), "problem": .text.orNull.mayBeAbsent,
            "lastSeen": .time.orNull.mayBeAbsent,
            "alarmCount": .integer(from: 0).mayBeAbsent, "summary": .map(of: .number).mayBeAbsent,
            "item": .component("Card").mayBeAbsent.described("The whole card; absent where it is retired."),
            "retired": .boolean.mayBeAbsent.described("True: it is out of the inventory."),
        ]),
        "CardsEvent": .object(["card": .integer.orNull, "at": .time, "changed": .integer(from: 0)])
            .described("So many cards have changed that lists are better read again."),
        "ReadingsEvent": .object([
            "card": .integer, "at": .time,
            "values": .map(of: .number).mayBeAbsent.described("Absent of a card whose values were not asked for."),
        ]),
        "TrapEvent": .object([
            "card": .integer, "at": .time, "name": .text.described("The notification's MIB name; its OID where it is none of a UPS."),
            "severity": .oneOf(Severity.self), "oid": .text.described("snmpTrapOID."), "version": .oneOf(SNMPAccess.Version.self),
            "inform": .boolean.described("True: it was acknowledged."),
        ]).described("A card has reported something. It is polled at once; what is the matter comes by the other events."),
        "CampaignEvent": .object([
            "card": .integer.orNull.described("Null: the campaign as a whole changed."), "at": .time, "campaign": .integer,
            "state": .oneOf(CampaignCard.State.self).orNull.described("The card's."), "campaignState": .oneOf(Campaign.State.self),
            "error": .text.orNull, "progress": .number(0...1).orNull, "transfers": .integer(from: 0).mayBeAbsent,
            "fromVersion": .text.mayBeAbsent, "toVersion": .text.mayBeAbsent,
        ]),
        "CandidateEvent": .object([
            "card": .integer.orNull, "at": .time, "candidate": .integer, "item": .component("Candidate"),
        ]),
        "DiscoveryEvent": .object(["card": .integer.orNull, "at": .time, "discovery": .integer, "item": .component("Discovery")]),
    ]

    static let serviceOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "describe", method: .get, path: "/api/v1/openapi.json", tag: .service, role: nil, summary: "This document.",
            answer: .anyJSON),
        OpenAPIOperation(
            id: "isAlive", method: .get, path: "/health/live", tag: .service, role: nil, summary: "Does the server run?",
            answer: .json(200, "Health")),
        OpenAPIOperation(
            id: "isReady", method: .get, path: "/health/ready", tag: .service, role: nil, summary: "Can the server work?",
            answer: .json(200, "Health"), problems: [503: "The database does not answer."]),
        OpenAPIOperation(
            id: "showMetrics", method: .get, path: "/metrics", tag: .service, role: nil,
            summary: "The server's own figures and those of its cards, in the Prometheus text format.",
            details: "Where `metrics.token` is configured, it is wanted as `Authorization: Bearer`. OpenMetrics comes to who asks for it.",
            answer: .plainText, problems: [401: "Not the token of the configuration.", 503: "Too many read it at the moment."]),
        OpenAPIOperation(
            id: "probe", method: .get, path: "/probe", tag: .service, role: nil,
            summary: "Poll a card now, and show what it measures in the Prometheus text format.",
            details: "`nvfleet_probe_success` is 0 where the card does not answer. Guarded as `/metrics` is.",
            parameters: [
                OpenAPIParameter("card", .integer, "The card's number."),
                OpenAPIParameter("target", .text, "Or its address, without a port."),
            ],
            answer: .plainText,
            problems: [
                400: "Neither card nor target is given.", 401: "Not the token of the configuration.",
                404: "The inventory has no such card.", 503: "Too many probes are under way.",
            ]),
    ]

    static let serviceSchemas: [String: Schema] = [
        "Health": .object([
            "status": .words(["alive", "ready"]),
            "traps": .oneOf(TrapService.State.self).mayBeAbsent.described("Whether traps are heard; only of `/health/ready`."),
            "storage": .oneOf(StorageState.Condition.self).mayBeAbsent.described(
                "Whether readings and statuses can be stored; only of `/health/ready`. The server polls and answers in any case."),
        ]),
        "Problem": .object([
            "type": .text, "title": .text, "status": .integer(400...599), "detail": .text.described("What is wrong, and what to do."),
            "errors": .list(of: .component("FieldError")).mayBeAbsent,
        ]).described("An error (RFC 9457)."),
        "FieldError": .object(["field": .text.described("The request's field, such as `targets.cards`."), "detail": .text]),
    ]
}
