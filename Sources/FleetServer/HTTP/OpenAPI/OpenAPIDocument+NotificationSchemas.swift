import Alarming
import PowerDevice

extension OpenAPIDocument {
    static let notificationSchemas: [String: Schema] = channelSchemas.merging(routeSchemas) { first, _ in first }.merging(
        deliverySchemas
    ) { first, _ in first }

    private static let channelName = Schema.text(1...128)

    private static let channelSettings = Schema(["type": "object"]).described(
        "By the kind: see the tables of docs/notifications.md, such as `host`, `port`, `from`, `to` of mail and `template` of webhook.")
    private static let channelSecrets = Schema(["type": "object"])

    private static let channelSchemas: [String: Schema] = [
        "Channel": .object([
            "id": .integer, "name": .text, "kind": .oneOf(ChannelKind.self), "isEnabled": .boolean, "settings": channelSettings,
            "secrets": .list(of: .text).described("The names of the secrets that are set. Their values are never shown."),
            "createdAt": .time,
        ]),
        "ChannelPage": .page(of: "Channel"),
        "NewChannel": .object([
            "name": channelName, "kind": .oneOf(ChannelKind.self), "isEnabled": .boolean.by(default: true).optional,
            "settings": channelSettings,
            "secrets": channelSecrets.optional.described("`password`, `url`, `signingKey`, `authorization`, `community` or `user`."),
        ]),
        "ChannelChange": .object([
            "name": channelName.optional, "kind": .oneOf(ChannelKind.self).optional.described("It can't change."),
            "isEnabled": .boolean.optional, "settings": channelSettings.optional.described("Replaces all settings."),
            "secrets": channelSecrets.optional,
        ]),
        "ChannelTest": .object([
            "delivered": .boolean, "answer": .text.described("What the far end has said, or why it was not reached."),
            "milliseconds": .integer(from: 0),
        ]),
    ]

    private static let hours = Schema.object([
        "days": .list(of: .oneOf(WeeklyHours.Weekday.self)).described("Where the hours begin; empty: all days.").optional,
        "from": .text.described("HH:MM."), "to": .text.described("HH:MM; not later than `from`: on the day after."),
        "zone": .text.by(default: "UTC").optional.described("A name such as Europe/Zurich."),
    ])

    private static let match = Schema.object([
        "sites": .list(of: .text).optional, "tags": .list(of: .text).optional, "cards": .list(of: .integer).optional,
        "kinds": .list(of: .oneOf(Tell.Kind.self)).optional, "causes": .list(of: .text).optional, "alarms": .list(of: .text).optional,
        "severity": .oneOf(Severity.self).optional.described("At least so grave."), "hours": .list(of: hours).optional,
    ]).described("All that is given must fit; an empty list fits everything.")

    private static let quietHours = Schema.object([
        "hours": hours, "below": .oneOf(Severity.self).by(default: "critical").optional.described("What is less grave waits."),
    ])

    private static let step = Schema.object(["minutes": .integer(1...10_080), "channels": .list(of: .integer)])

    private static let routeFields: [(name: String, schema: Schema)] = [
        ("position", .integer(0...1_000_000).optional), ("isEnabled", .boolean.optional), ("match", match.optional),
        ("channels", .list(of: .integer).optional), ("continue", .boolean.optional), ("quietHours", quietHours.optional),
        ("digestMinutes", .integer(1...1440).optional), ("escalation", .list(of: step).optional), ("tellEnd", .boolean.optional),
        ("tellAcknowledged", .boolean.optional),
    ]

    private static let windowFields: [(name: String, schema: Schema)] = [
        ("sites", .list(of: .text).optional), ("tags", .list(of: .text).optional), ("cards", .list(of: .integer).optional),
        ("from", .time.optional), ("until", .time.optional), ("weekly", hours.optional),
    ]

    private static let routeSchemas: [String: Schema] = [
        "NotificationRoute": .object([
            "id": .integer, "name": .text, "position": .integer, "isEnabled": .boolean, "match": match, "channels": .list(of: .integer),
            "continue": .boolean.described("Whether the routes after it are looked at, too, where it matches."),
            "quietHours": quietHours.orNull,
            "digestMinutes": .integer(1...1440).orNull.described("What is not critical is collected for so long."),
            "escalation": .list(of: step).described("Who is told while nobody acknowledges it."), "tellEnd": .boolean,
            "tellAcknowledged": .boolean,
        ]),
        "NotificationRoutePage": .page(of: "NotificationRoute"),
        "NewNotificationRoute": .object([("name", channelName)] + routeFields),
        "NotificationRouteChange": .object([("name", channelName.optional)] + routeFields),
        "Window": .object([
            "id": .integer, "name": .text, "sites": .list(of: .text), "tags": .list(of: .text), "cards": .list(of: .integer),
            "from": .time.orNull, "until": .time.orNull, "weekly": hours.orNull,
            "isOpen": .boolean.described("Whether it holds messages back at the moment."),
        ]),
        "WindowPage": .page(of: "Window"), "NewWindow": .object([("name", channelName)] + windowFields),
        "WindowChange": .object([("name", channelName.optional)] + windowFields),
    ]

    private static let deliverySchemas: [String: Schema] = [
        "Notification": .object([
            "id": .integer, "messageId": .text.described("The same on every attempt."),
            "channel": .integer.orNull, "channelName": .text.orNull, "route": .integer.orNull,
            "kind": .text.described("opened, changed, ended, single, singleEnded, acknowledged or digest."),
            "severity": .oneOf(Severity.self), "incident": .integer.orNull, "alarm": .integer.orNull, "state": .oneOf(DeliveryState.self),
            "reason": .text.orNull.described(
                "Why it waits or was left out: quietHours, digest, escalation, retry, noRoute, maintenance: NAME …"),
            "createdAt": .time, "dueAt": .time, "attempts": .integer(from: 0), "attemptedAt": .time.orNull, "endedAt": .time.orNull,
            "answer": .text.orNull.described("What the far end said last."), "title": .text, "text": .text,
        ]),
        "NotificationPage": .page(of: "Notification"),
        "PreviewOrder": .object([
            "tell": Schema.object([
                "kind": .oneOf(Tell.Kind.self).optional, "severity": .oneOf(Severity.self).optional, "site": .text.optional,
                "cause": .text.optional, "alarm": .text.optional.described("An alarm's name."), "cards": .list(of: .integer).optional,
                "at": .time.optional.described("When it would be; without it, now."),
            ]).optional, "incident": .integer.optional, "alarm": .integer.optional,
        ]),
        "Preview": .object([
            "routes": .list(of: .text).described("The routes that match."),
            "messages": .list(
                of: .object([
                    "channel": .integer, "channelName": .text.orNull, "route": .integer.orNull, "at": .time,
                    "reason": .text.orNull, "step": .integer(from: 0).described("Of an escalation, from 1."),
                ])), "suppressed": .text.orNull.described("Why nobody is told."),
        ]),
        "NotificationEvent": .object([
            "card": .integer.orNull, "at": .time, "notification": .integer, "messageId": .text, "channel": .integer,
            "incident": .integer.orNull, "alarm": .integer.orNull, "state": .oneOf(DeliveryState.self), "attempts": .integer(from: 0),
        ]).described("A message was sent, or an attempt has failed."),
    ]
}
