import NetVision
import PowerDevice

// What organises the cards, and the inventory as a file.

extension OpenAPIDocument {
    private static let operatorsWord = "The name breaks the rules."
    private static let taken = "The name is taken."

    static let inventoryOperations: [OpenAPIOperation] = siteOperations + tagOperations + groupOperations + fileOperations

    private static let siteOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listSites", method: .get, path: "/api/v1/sites", tag: .organisation, role: .viewer,
            summary: "List the sites, with the status of their cards.", parameters: [.limit, .cursor], answer: .json(200, "SitePage")),
        OpenAPIOperation(
            id: "addSite", method: .post, path: "/api/v1/sites", tag: .organisation, role: .operator, summary: "Add a site.",
            details: "A site is also made when a card is given one that is not there yet.", body: .json("NewSite"),
            answer: .json(201, "Site"), problems: [409: taken, 422: operatorsWord]),
        OpenAPIOperation(
            id: "showSite", method: .get, path: "/api/v1/sites/{id}", tag: .organisation, role: .viewer, summary: "Show a site.",
            answer: .json(200, "Site")),
        OpenAPIOperation(
            id: "changeSite", method: .patch, path: "/api/v1/sites/{id}", tag: .organisation, role: .operator, summary: "Change a site.",
            details: "What is left out stays. Cards follow the site's name.", body: .json("SiteChange"), answer: .json(200, "Site"),
            problems: [409: taken, 422: operatorsWord]),
        OpenAPIOperation(
            id: "removeSite", method: .delete, path: "/api/v1/sites/{id}", tag: .organisation, role: .operator, summary: "Remove a site.",
            details: "Its cards stay, of no site.", answer: .nothing),
    ]

    private static let tagOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listTags", method: .get, path: "/api/v1/tags", tag: .organisation, role: .viewer,
            summary: "List the tags that cards have, in the order of their names.", parameters: [.limit, .cursor],
            answer: .json(200, "TagPage")),
        OpenAPIOperation(
            id: "renameTag", method: .patch, path: "/api/v1/tags/{name}", tag: .organisation, role: .operator,
            summary: "Rename a tag, on all its cards.", body: .json("TagChange"), answer: .json(200, "Tag"), problems: [422: operatorsWord]),
        OpenAPIOperation(
            id: "removeTag", method: .delete, path: "/api/v1/tags/{name}", tag: .organisation, role: .operator,
            summary: "Take a tag away from all its cards.", answer: .nothing),
    ]

    private static let groupOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listGroups", method: .get, path: "/api/v1/groups", tag: .organisation, role: .viewer,
            summary: "List the groups, in their order.", parameters: [.limit, .cursor], answer: .json(200, "GroupPage")),
        OpenAPIOperation(
            id: "addGroup", method: .post, path: "/api/v1/groups", tag: .organisation, role: .operator,
            summary: "Add a group: a saved filter, whose cards may have polling intervals and credentials of their own.",
            body: .json("NewGroup"), answer: .json(201, "Group"),
            problems: [409: taken, 422: "The name, the filter or the intervals break the rules."]),
        OpenAPIOperation(
            id: "showGroup", method: .get, path: "/api/v1/groups/{id}", tag: .organisation, role: .viewer, summary: "Show a group.",
            answer: .json(200, "Group")),
        OpenAPIOperation(
            id: "changeGroup", method: .patch, path: "/api/v1/groups/{id}", tag: .organisation, role: .operator,
            summary: "Change a group.", details: "What is left out stays.", body: .json("GroupChange"), answer: .json(200, "Group"),
            problems: [409: taken, 422: "The name, the filter or the intervals break the rules."]),
        OpenAPIOperation(
            id: "removeGroup", method: .delete, path: "/api/v1/groups/{id}", tag: .organisation, role: .operator,
            summary: "Remove a group; its cards stay.", answer: .nothing),
    ]

    private static let fileOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "importCards", method: .post, path: "/api/v1/cards/import", tag: .cards, role: .operator,
            summary: "Bring listed cards into the inventory.",
            details: """
                Columns, or keys: \(CardFile.Column.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")); tags with semicolons between \
                them. A card is known by MAC, else serial number, else address. What is empty or missing stays as it is; the same file \
                again changes nothing. A wrong line is refused and named, the others count. Secrets need the role admin.
                """,
            parameters: [OpenAPIParameter("dryRun", .boolean.by(default: false), "`true`: say what would happen, and change nothing.")],
            body: .text(["text/csv", "application/yaml"]), answer: .json(200, "ImportOutcome"),
            problems: [
                403: "Secrets need the role admin.", 415: "The body is neither `text/csv` nor `application/yaml`.",
                422: "The file can't be read as a whole; the problem names the line.",
            ]),
        OpenAPIOperation(
            id: "exportCards", method: .get, path: "/api/v1/cards/export", tag: .cards, role: .viewer,
            summary: "The inventory as a file that can be imported.", details: "Without secrets. Filters as in the list of cards.",
            parameters: [OpenAPIParameter("format", .words(["csv", "yaml"]).by(default: "csv"), "The file's format.")] + cardFilters,
            answer: .text(contentType: "text/csv", members: [:]),
            problems: [422: "There is no such format, status, generation, kind, group or range."]),
    ]

    /// The filters of a list of cards.
    static let cardFilters: [OpenAPIParameter] = [
        OpenAPIParameter("q", .text, "Text in name, address, MAC, serial, model, site, location or firmware, whatever the case."),
        OpenAPIParameter("status", .list(of: .oneOf(OperatingStatus.self)), "Statuses."),
        OpenAPIParameter("generation", .list(of: .oneOf(CardGeneration.self)), "Generations of cards."),
        OpenAPIParameter("model", .text, "Exactly this model."), OpenAPIParameter("firmware", .text, "Exactly this version."),
        OpenAPIParameter("site", .text, "Exactly this site."), OpenAPIParameter("tag", .text, "Cards with this tag."),
        OpenAPIParameter("kind", .list(of: .oneOf(DeviceKind.self)), "Kinds of devices."),
        OpenAPIParameter("range", .list(of: .text), "Cards at addresses of these ranges: `10.1.0.0/16`, `10.1.0.10-10.1.0.20`."),
        OpenAPIParameter("group", .integer, "Cards that are in this group."),
    ]

    private static let description = Schema.text(0...1000).optional
    private static let siteGateway = Schema.ipv4.optional.described("The router of its network.")

    private static let filter = Schema.object([
        "q": .text.mayBeAbsent, "site": .text.mayBeAbsent, "tag": .text.mayBeAbsent,
        "status": .list(of: .oneOf(OperatingStatus.self)).mayBeAbsent, "generation": .list(of: .oneOf(CardGeneration.self)).mayBeAbsent,
        "model": .text.mayBeAbsent, "firmware": .text.mayBeAbsent, "kind": .list(of: .oneOf(DeviceKind.self)).mayBeAbsent,
        "range": .list(of: .text, 0...256).mayBeAbsent,
    ]).described("As in the list of cards: all that is given must be true of a card. One value may stand without the list.")

    private static let position = Schema.integer(0...1_000_000)

    static let inventorySchemas: [String: Schema] = [
        "Site": .object([
            "id": .integer, "name": .text, "description": .text.orNull, "gateway": .ipv4.orNull, "cards": .integer(from: 0),
            "statuses": .map(of: .integer).described("Its cards by their status."),
        ]),
        "SitePage": .page(of: "Site"),
        "NewSite": .object(["name": .text(1...128), "description": description, "gateway": siteGateway]),
        "SiteChange": .object(["name": .text(1...128).optional, "description": description, "gateway": siteGateway]),
        "Tag": .object(["name": .text, "cards": .integer(from: 0)]), "TagPage": .page(of: "Tag"),
        "TagChange": .object(["name": .text(1...64, pattern: #"^[^"\\]+$"#)]), "CardFilter": filter,
        "Group": .object([
            "id": .integer, "name": .text, "position": position.described("The first group that has what is wanted decides."),
            "filter": .component("CardFilter"), "polling": .component("PollIntervals").orNull, "cards": .integer(from: 0),
        ]),
        "GroupPage": .page(of: "Group"),
        "NewGroup": .object([
            "name": .text(1...128), "position": position.optional.described("Without it: after the others."),
            "filter": .component("CardFilter"), "polling": .component("PollIntervals").optional,
        ]),
        "GroupChange": .object([
            "name": .text(1...128).optional, "position": position.optional, "filter": .component("CardFilter").optional,
            "polling": .component("PollIntervals").optional,
        ]),
        "ImportOutcome": .object([
            "items": .list(of: .component("ImportedCard")), "added": .integer(from: 0), "updated": .integer(from: 0),
            "unchanged": .integer(from: 0), "refused": .integer(from: 0),
        ]),
        "ImportedCard": .object([
            "line": .integer(from: 1), "address": .text.orNull, "action": .oneOf(CardImport.Action.self), "card": .integer.orNull,
            "error": .text.orNull.described("Why the line is refused."),
        ]),
    ]
}
