import NetVision
import PowerDevice

extension OpenAPIDocument {
    static let profileOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listProfiles", method: .get, path: "/api/v1/profiles", tag: .cards, role: .viewer,
            summary: "List the profiles that cards are read by.",
            details: "The built-in ones, then those of files; and what is wrong with files that can't be used.",
            answer: .json(200, "ProfileList")),
        OpenAPIOperation(
            id: "showProfile", method: .get, path: "/api/v1/profiles/{name}", tag: .cards, role: .viewer,
            summary: "Show a profile with all its points.",
            details: "With `Accept: application/yaml` as the file that an owner's profile may begin with.", answer: .anyJSON),
        OpenAPIOperation(
            id: "reloadProfiles", method: .post, path: "/api/v1/profiles/reload", tag: .cards, role: .operator,
            summary: "Read the files of profiles again.",
            details: "Polling goes on meanwhile; cards of a profile that has changed are read by its new version from their next poll on.",
            answer: .json(200, "ProfileList")),
    ]

    static let profileSchemas: [String: Schema] = [
        "ProfileList": .object(["items": .list(of: .component("Profile")), "problems": .list(of: .component("ProfileProblem"))]),
        "Profile": .object([
            "name": .text(1...64), "title": .text, "origin": .words(["builtIn", "file"]), "file": .text.orNull,
            "extends": .text.orNull.described("The profile that it adds to and corrects."), "generation": .oneOf(CardGeneration.self),
            "kind": .oneOf(DeviceKind.self), "protocols": .list(of: .words(["snmp", "modbus"])),
            "isChosenByItself": .boolean.described("Whether cards are read by it without being set to it."),
            "statusPoints": .integer(from: 0).described("Points that are asked with the status."), "points": .integer(from: 0),
        ]),
        "ProfileProblem": .object([
            "file": .text, "line": .integer(from: 1).orNull, "key": .text.described("`points[2].scale`; empty: the whole file."),
            "reason": .text.described("What is wrong, and what is allowed."),
        ]),
    ]
}
