import Alarming
import NetVision
import PowerDevice
import Telemetry

// The rules that raise alarms.

extension OpenAPIDocument {
    private static let types = ["application/yaml", "application/json"]
    private static let wrong = "What is wrong, with line, column and key."
    private static let unreadable = "The text is neither YAML nor JSON, or a field is missing."

    static let alarmRuleOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listAlarmRules", method: .get, path: "/api/v1/rules", tag: .rules, role: .viewer,
            summary: "List the rules that raise alarms, by name.", parameters: [.limit, .cursor], answer: .json(200, "AlarmRulePage")),
        OpenAPIOperation(
            id: "addAlarmRule", method: .post, path: "/api/v1/rules", tag: .rules, role: .operator, summary: "Add a rule.",
            details: "With one condition. The body may also be YAML.", body: .json("NewAlarmRule"), answer: .json(201, "AlarmRule"),
            problems: [409: "The name is taken.", 422: wrong]),
        OpenAPIOperation(
            id: "showAlarmRule", method: .get, path: "/api/v1/rules/{id}", tag: .rules, role: .viewer, summary: "Show a rule.",
            answer: .json(200, "AlarmRule")),
        OpenAPIOperation(
            id: "changeAlarmRule", method: .patch, path: "/api/v1/rules/{id}", tag: .rules, role: .operator, summary: "Change a rule.",
            details: "What is left out stays; a new condition takes the place of the old one.", body: .json("AlarmRuleChange"),
            answer: .json(200, "AlarmRule"), problems: [409: "The name is taken.", 422: wrong]),
        OpenAPIOperation(
            id: "removeAlarmRule", method: .delete, path: "/api/v1/rules/{id}", tag: .rules, role: .operator, summary: "Remove a rule.",
            details: "Its alarms are over.", answer: .nothing),
        OpenAPIOperation(
            id: "exportAlarmRules", method: .get, path: "/api/v1/rules/export", tag: .rules, role: .viewer,
            summary: "The rules as a file that can be imported.", answer: .text(contentType: "application/yaml", members: [:])),
        OpenAPIOperation(
            id: "importAlarmRules", method: .post, path: "/api/v1/rules/import", tag: .rules, role: .operator,
            summary: "Take over rules of a file, by their names.", details: "All or, if anything is wrong, none.",
            parameters: [
                OpenAPIParameter("dryRun", .boolean.by(default: false), "Only tell what would be done."),
                OpenAPIParameter("replace", .boolean.by(default: false), "Remove rules that are not in the file."),
            ], body: .text(types), answer: .json(200, "AlarmRuleImport"), problems: [400: unreadable, 422: wrong]),
        OpenAPIOperation(
            id: "checkAlarmRules", method: .post, path: "/api/v1/rules/check", tag: .rules, role: .viewer,
            summary: "Tell what is wrong with a file of rules.", body: .text(types), answer: .json(200, "AlarmRuleCheck"),
            problems: [422: "It is no text in UTF-8."]),
        OpenAPIOperation(
            id: "rehearseAlarmRule", method: .post, path: "/api/v1/rules/dry-run", tag: .rules, role: .operator,
            summary: "Hold a rule against the history.",
            details:
                "The body is one rule. It takes 20 s at most; `notes` tell what was left out. `from` and `to` may also stand in the body.",
            parameters: [
                OpenAPIParameter("from", .time, "Without it: 30 days before `to`."), OpenAPIParameter("to", .time, "Without it: now."),
            ], body: .text(types), answer: .json(200, "AlarmRuleRehearsal"), problems: [400: unreadable, 422: wrong]),
    ]

    static let alarmRuleSchemas: [String: Schema] = [
        "AlarmRulePage": .page(of: "AlarmRule"),
        "AlarmRule": .object(
            [("id", .integer), ("name", name), ("enabled", .boolean), ("severity", .oneOf(Severity.self)), ("title", .text.orNull)]
                + [("scope", scope { $0 })] + conditions { $0.mayBeAbsent } + [
                    ("alarm", .text.described("What its alarms are called.")), ("alarmTitle", .text),
                    ("activeAlarms", .integer(from: 0).described("Cards that have the alarm.")),
                    ("notes", .list(of: .text).described("What keeps it from being judged.")), ("changedAt", .time), ("changedBy", .text),
                ]),
        "NewAlarmRule": .object([("name", name)] + changeable + conditions { $0.optional }),
        "AlarmRuleChange": .object([("name", name.optional)] + changeable + conditions { $0.optional }),
        "AlarmRuleImport": .object([
            "items": .list(of: .object(["name": .text, "action": .oneOf(AlarmRuleStore.Change.Action.self)])), "added": .integer(from: 0),
            "changed": .integer(from: 0), "unchanged": .integer(from: 0), "removed": .integer(from: 0), "isRehearsal": .boolean,
            "notes": .list(of: .text),
        ]),
        "AlarmRuleCheck": .object([
            "isValid": .boolean, "rules": .integer(from: 0).described("Rules that are right."),
            "problems": .list(
                of: .object([
                    "line": .integer(from: 1).orNull, "column": .integer(from: 1).orNull,
                    "key": .text.described("`rules[2].threshold.for`; empty: the whole text."), "reason": .text,
                ])), "notes": .list(of: .text),
        ]),
        "AlarmRuleRehearsal": .object([
            "fired": .integer(from: 0),
            "cards": .list(
                of: .object([
                    "card": .integer, "name": .text, "fired": .integer(from: 0),
                    "longestSeconds": .integer(from: 0).described("Of the longest alarm; 0 where it is not known."), "firstAt": .time,
                    "times": .list(of: .time, 0...RuleEpisodes.kept).described("The first begins."),
                ])
            ).described("Cards on which it would have fired, the busiest first."),
            "text": .text.described("`would have fired 3 times in the last 30 days on 2 cards`"), "notes": .list(of: .text), "from": .time,
            "to": .time, "judgedCards": .integer(from: 0),
            "resolution": .oneOf(Resolution.self).orNull.described("The coarsest data that was judged; null if the history was not asked."),
        ]),
    ]

    private static let name = Schema.text(pattern: "^[A-Za-z0-9._-]{1,64}$")
    private static let duration = Schema.text(pattern: "^[0-9]{1,9}[smhd]$").described("`90s`, `5m`, `2h`, `30d`; up to ten years.")

    private static let changeable: [(name: String, schema: Schema)] = [
        ("enabled", .boolean.optional), ("severity", Schema.oneOf(Severity.self).optional), ("title", .text(1...200).optional),
        ("scope", scope { $0.optional }.optional),
    ]

    private static func scope(_ member: (Schema) -> Schema) -> Schema {
        .object([
            ("sites", member(.list(of: .text))), ("tags", member(.list(of: .text))),
            ("cards", member(.list(of: .text)).described("Names, serial numbers, MAC addresses or numbers of cards.")),
            ("models", member(.list(of: .text)).described("Begins of models' names.")),
            ("generations", member(.list(of: .oneOf(CardGeneration.self)))), ("kinds", member(.list(of: .oneOf(DeviceKind.self)))),
        ])
    }

    private static func conditions(_ condition: (Schema) -> Schema) -> [(name: String, schema: Schema)] {
        let threshold = Schema.object([
            "variable": .someText, "above": .number.optional, "below": .number.optional,
            "clear": .number.optional.described("The value at which the alarm is over; by default the limit."), "for": duration.optional,
        ])
        let minimum = Schema.anyOf(.text, .map(of: .text)).described("A version; or one for each generation.")
        return [
            ("threshold", condition(threshold)),
            ("noData", condition(.object(["variable": .someText.optional, "for": duration]))),
            ("firmware", condition(.object(["allowed": .list(of: .text).optional, "minimum": minimum.optional]))),
            ("clockSkew", condition(.object(["seconds": .number]))),
            ("batteryTest", condition(.object(["failed": .boolean.optional, "olderThan": duration.optional]))),
            ("expiry", condition(.object(["of": .oneOf(RuleCondition.Expiring.self), "within": duration]))),
            ("status", condition(.object(["is": .list(of: .oneOf(OperatingStatus.self)), "for": duration.optional]))),
        ]
    }
}
