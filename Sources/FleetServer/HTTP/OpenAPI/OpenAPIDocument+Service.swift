import PowerDevice

// The event stream, and what the server says of itself.

extension OpenAPIDocument {
    static let streamOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "followStream", method: .get, path: "/api/v1/stream", tag: .stream, role: .viewer,
            summary: "Follow what happens, as server-sent events.",
            details: """
                Events have a kind (`event:`), a number (`id:`) and a JSON document (`data:`); `x-events` has each kind's schema. A \
                comment every 15 seconds keeps the connection alive. Events of the time before the connection do not come: read the \
                lists after connecting, and again after each reconnection.
                """,
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
        case .readings: "ReadingsEvent"
        case .alarm: "AlarmEvent"
        case .trap: "TrapEvent"
        case .campaign: "CampaignEvent"
        case .discovery: "DiscoveryEvent"
        }
    }

    static let streamSchemas: [String: Schema] = [
        "CardEvent": .object([
            "card": .integer, "at": .time, "status": .oneOf(OperatingStatus.self), "problem": .text.orNull, "lastSeen": .time.orNull,
            "alarmCount": .integer(from: 0), "summary": .map(of: .number), "item": .component("Card"),
        ]),
        "ReadingsEvent": .object(["card": .integer, "at": .time, "values": .map(of: .number)]),
        "AlarmEvent": .object([
            "card": .integer, "at": .time, "name": .text, "title": .text, "severity": .oneOf(Severity.self),
            "active": .boolean.described("False: the alarm is over."),
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
            summary: "The server's own figures, in the Prometheus text format.", answer: .plainText),
    ]

    static let serviceSchemas: [String: Schema] = [
        "Health": .object([
            "status": .words(["alive", "ready"]),
            "traps": .oneOf(TrapService.State.self).mayBeAbsent.described("Whether traps are heard; only of `/health/ready`."),
        ]),
        "Problem": .object([
            "type": .text, "title": .text, "status": .integer(400...599), "detail": .text.described("What is wrong, and what to do."),
            "errors": .list(of: .component("FieldError")).mayBeAbsent,
        ]).described("An error (RFC 9457)."),
        "FieldError": .object(["field": .text.described("The request's field, such as `targets.cards`."), "detail": .text]),
    ]
}
