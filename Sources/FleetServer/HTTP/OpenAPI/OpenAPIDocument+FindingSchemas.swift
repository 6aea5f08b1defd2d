import NetVision
import PowerDevice
import SNMP

extension OpenAPIDocument {
    private static let name = Schema.text(1...128)
    private static let position = Schema.integer(0...1_000_000)
    private static let tags = Schema.list(of: .text(1...64, pattern: #"^[^"\\]+$"#), 0...50)
    private static let methods = Schema.list(of: .oneOf(DiscoveryMethod.self))
    private static let searchMethods = Schema.list(of: .words(DiscoveryMethod.active.map(\.rawValue)), 1...64)
    private static let ranges = Schema.list(of: .text, 0...256)
    private static let generations = Schema.list(of: .oneOf(CardGeneration.self))

    static let findingSchemas: [String: Schema] = candidateSchemas.merging(ruleSchemas) { first, _ in first }
        .merging(scheduleSchemas) { first, _ in first }.merging(credentialSchemas) { first, _ in first }

    private static let candidateSchemas: [String: Schema] = [
        "Candidate": .object([
            "id": .integer, "address": .ipv4, "mac": .text.orNull, "serial": .text.orNull, "model": .text.orNull,
            "generation": .oneOf(CardGeneration.self), "kind": .oneOf(DeviceKind.self), "firmware": .text.orNull, "name": .text.orNull,
            "methods": methods.described("Who has found it."),
            "evidence": .list(of: .text).described("What was seen, in words, where it was found without SNMP."),
            "state": .oneOf(Candidate.State.self), "card": .integer.orNull.described("The card that it has become."), "firstSeen": .time,
            "lastSeen": .time, "place": .component("CardPlace").orNull.described("The card whose place it could take."),
            "warnings": .list(of: .text),
        ]),
        "CandidatePage": .page(of: "Candidate"),
        "Acceptance": .object([
            "name": name.optional, "site": .text(0...128).optional, "tags": tags.optional,
            "inherit": .integer.optional.described("The card whose place it takes."),
        ]),
        "Inheritance": .object(["from": .integer.described("The card whose place it takes.")]),
    ]

    private static let ruleFields: [(name: String, schema: Schema)] = [
        ("ranges", ranges.optional), ("generations", generations.optional),
        ("model", .text.optional.described("The beginning of the model's name.")), ("methods", methods.optional),
        ("site", name.optional.described("Of cards that are accepted.")), ("tags", tags.optional),
    ]

    private static let ruleSchemas: [String: Schema] = [
        "DiscoveryRule": .object([
            "id": .integer, "position": position, "name": .text, "ranges": .list(of: .text), "generations": generations,
            "model": .text.orNull, "methods": methods, "action": .oneOf(DiscoveryRule.Action.self), "site": .text.orNull,
            "tags": .list(of: .text),
        ]),
        "DiscoveryRulePage": .page(of: "DiscoveryRule"),
        "NewDiscoveryRule": .object(
            [("name", name), ("position", position.optional), ("action", .oneOf(DiscoveryRule.Action.self))] + ruleFields
        ).described("What is empty or left out matches everything."),
        "DiscoveryRuleChange": .object(
            [("name", name.optional), ("position", position.optional), ("action", .oneOf(DiscoveryRule.Action.self).optional)]
                + ruleFields),
    ]

    private static let scheduleFields: [(name: String, schema: Schema)] = [
        ("methods", searchMethods.optional.described("Without it: the usual ones.")), ("ranges", ranges.optional),
        ("interfaces", .list(of: .text).optional), ("accept", .boolean.optional.by(default: false)),
        ("isEnabled", .boolean.optional.by(default: true)),
    ]

    private static let scheduleSchemas: [String: Schema] = [
        "DiscoverySchedule": .object([
            "id": .integer, "name": .text, "methods": methods.orNull, "ranges": .list(of: .text), "interfaces": .list(of: .text),
            "accept": .boolean, "minutes": .integer(DiscoverySchedule.minutes).described("From begin to begin."), "isEnabled": .boolean,
            "nextAt": .time.orNull, "lastDiscovery": .integer.orNull,
        ]),
        "DiscoverySchedulePage": .page(of: "DiscoverySchedule"),
        "NewDiscoverySchedule": .object([("name", name), ("minutes", .integer(DiscoverySchedule.minutes))] + scheduleFields),
        "DiscoveryScheduleChange": .object(
            [("name", name.optional), ("minutes", .integer(DiscoverySchedule.minutes).optional)] + scheduleFields),
    ]

    private static let credentialFields: [(name: String, schema: Schema)] = [
        ("position", position.optional), ("ranges", ranges.optional.described("Where they may be tried; without it everywhere.")),
        ("group", .integer.optional.described("The group whose cards they open.")), ("snmp", .component("CardSNMP").optional),
        ("username", .text.optional), ("password", .text.optional.described("Never shown again.")),
    ]

    private static let credentialSchemas: [String: Schema] = [
        "CredentialSet": .object([
            "id": .integer, "name": .text, "position": position, "ranges": .list(of: .text), "group": .integer.orNull,
            "version": .oneOf(SNMPAccess.Version.self), "user": .text.orNull.described("The SNMPv3 user."),
            "authProtocol": .oneOf(AuthenticationProtocol.self).orNull, "privProtocol": .oneOf(PrivacyProtocol.self).orNull,
            "context": .text.orNull, "hasPassword": .boolean,
        ]),
        "CredentialSetPage": .page(of: "CredentialSet"),
        "NewCredentialSet": .object([("name", name)] + credentialFields),
        "CredentialSetChange": .object([("name", name.optional)] + credentialFields),
    ]
}
