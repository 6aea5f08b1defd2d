// The image library, and the campaigns that bring its images to the cards.

extension OpenAPIDocument {
    static let firmwareOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listFirmware", method: .get, path: "/api/v1/firmware", tag: .firmware, role: .viewer,
            summary: "List the images, the newest first.", details: "All in one page.", answer: .json(200, "FirmwarePage")),
        OpenAPIOperation(
            id: "addFirmware", method: .post, path: "/api/v1/firmware", tag: .firmware, role: .operator, summary: "Upload an image.",
            details: "The request's body is the image, at most 256 MiB. The same bytes again give the image that is there.",
            parameters: [
                OpenAPIParameter("name", isRequired: true, .text(1...128, pattern: "^[^/]+$"), "The file's name."),
                OpenAPIParameter(
                    "version", .text(pattern: #"^([0-9]{1,6}(\.[0-9]{1,6}){0,3})?$"#),
                    "The version of a vendor's image; CardAgent's images tell theirs."),
            ], body: .bytes, answer: .json(201, "Firmware"),
            problems: [400: "The image is empty.", 422: "Name or version break the rules, or no CardAgent would take this image."]),
        OpenAPIOperation(
            id: "showFirmware", method: .get, path: "/api/v1/firmware/{id}", tag: .firmware, role: .viewer, summary: "Show an image.",
            answer: .json(200, "Firmware")),
        OpenAPIOperation(
            id: "removeFirmware", method: .delete, path: "/api/v1/firmware/{id}", tag: .firmware, role: .operator,
            summary: "Remove an image.", answer: .nothing, problems: [409: "Campaigns refer to the image."]),
    ]

    static let firmwareSchemas: [String: Schema] = [
        "Firmware": .object([
            "id": .integer, "name": .text, "format": .oneOf(FirmwareRecord.Format.self), "product": .text.orNull, "version": .text.orNull,
            "minimumVersion": .text.orNull.described("The oldest version that can take the image."), "hardware": .list(of: .text),
            "size": .integer(from: 1).described("Bytes."), "sha256": .text(pattern: "^[0-9a-f]{64}$"),
            "signature": .oneOf(FirmwareRecord.Signature.self), "keyId": .text.orNull, "uploadedAt": .time, "uploadedBy": .text,
        ]),
        "FirmwarePage": .page(of: "Firmware"),
    ]

    static let campaignOperations: [OpenAPIOperation] =
        [
            OpenAPIOperation(
                id: "listCampaigns", method: .get, path: "/api/v1/campaigns", tag: .campaigns, role: .viewer,
                summary: "List the campaigns, the newest first.", parameters: [.limit, .cursor], answer: .json(200, "CampaignPage")),
            OpenAPIOperation(
                id: "addCampaign", method: .post, path: "/api/v1/campaigns", tag: .campaigns, role: .operator, summary: "Plan a campaign.",
                details: "Nothing happens until it is started.", body: .json("NewCampaign"), answer: .json(201, "Campaign"),
                problems: [422: "There is no such image or card, or the plan breaks the rules."]),
            OpenAPIOperation(
                id: "showCampaign", method: .get, path: "/api/v1/campaigns/{id}", tag: .campaigns, role: .viewer,
                summary: "Show a campaign.", answer: .json(200, "Campaign")),
            OpenAPIOperation(
                id: "listCampaignCards", method: .get, path: "/api/v1/campaigns/{id}/cards", tag: .campaigns, role: .viewer,
                summary: "List a campaign's cards, in its order.", parameters: [.limit, .cursor], answer: .json(200, "CampaignCardPage")),
            OpenAPIOperation(
                id: "rehearseCampaign", method: .post, path: "/api/v1/campaigns/{id}/dry-run", tag: .campaigns, role: .operator,
                summary: "Say for each card whether it would be upgraded now.", details: "Touches no card.", answer: .json(200, "DryRun")),
        ]
        + [
            ("start", "Start a planned campaign."), ("pause", "Begin no further cards; those under way finish."),
            ("resume", "Go on with a paused or halted campaign."), ("cancel", "End a campaign; cards that were not begun are skipped."),
        ].map { verb, summary in
            OpenAPIOperation(
                id: "\(verb)Campaign", method: .post, path: "/api/v1/campaigns/{id}/\(verb)", tag: .campaigns, role: .operator,
                summary: summary, answer: .json(200, "Campaign"), problems: [409: "The campaign's state does not allow it."])
        }

    private static let cardStates = CampaignCard.State.allCases.map(\.rawValue)
    private static let fraction = Schema.number(0...1).orNull.described("The part that is transferred; only during the transfer.")
    private static let seconds = Schema.number(1...86_400)

    static let campaignSchemas: [String: Schema] = [
        "Campaign": .object([
            "id": .integer, "name": .text, "kind": .oneOf(Campaign.Kind.self), "firmware": .component("CampaignFirmware"),
            "state": .oneOf(Campaign.State.self), "haltReason": .text.orNull, "total": .integer(from: 1),
            "counts": .object(cardStates.map { ($0, .integer(from: 0)) }).described("Cards by state."), "canary": .integer(from: 0),
            "waves": .list(of: .text), "concurrency": .integer(from: 1), "deadlines": .component("CampaignDeadlines"),
            "halt": .component("CampaignHalt").orNull, "createdAt": .time, "startedAt": .time.orNull, "finishedAt": .time.orNull,
            "createdBy": .text,
        ]),
        "CampaignFirmware": .object(["id": .integer, "name": .text, "version": .text.orNull]),
        "CampaignDeadlines": .object(["transfer": seconds, "restart": seconds, "verify": seconds]).described("Seconds a step may take."),
        "CampaignHalt": .object([
            "failures": .anyOf(.integer(from: 1), .text(pattern: #"^[0-9]+(\.[0-9]+)?%$"#))
                .described("So many failed cards, as a number or as percent of all, halt the campaign.")
        ]),
        "CampaignPage": .page(of: "Campaign"),
        "CampaignCard": .object([
            "card": .integer, "name": .text.orNull, "address": .ipv4.orNull, "wave": .integer(from: 0),
            "state": .oneOf(CampaignCard.State.self), "error": .text.orNull.described("Why the card failed or was skipped."),
            "transfers": .integer(from: 0).described("Transfers that were begun."), "progress": fraction, "fromVersion": .text.orNull,
            "toVersion": .text.orNull, "updatedAt": .time,
        ]),
        "CampaignCardPage": .page(of: "CampaignCard"),
        "NewCampaign": .object([
            "name": .text(1...128), "kind": .oneOf(Campaign.Kind.self), "firmware": .integer.described("The image's id."),
            "targets": .object(["cards": .list(of: .integer, 1...20_000)]),
            "canary": .integer(from: 0).optional.described("Cards that go first, alone."),
            "waves": .list(of: .text(pattern: #"^([0-9]+(\.[0-9]+)?%|[0-9]+)$"#), 0...100).optional
                .described("Sizes of the waves after that, as percent of all cards or as numbers, above 0; the last wave takes the rest."),
            "concurrency": .integer(1...500).optional.by(default: 8).described("Cards at a time."),
            "deadlines": .component("NewCampaignDeadlines").optional, "halt": .component("CampaignHalt").optional,
        ]),
        "NewCampaignDeadlines": .object([
            "transfer": seconds.optional.by(default: 600), "restart": seconds.optional.by(default: 300),
            "verify": seconds.optional.by(default: 120),
        ]),
        "DryRun": .object(["cards": .list(of: .component("DryRunVerdict"))]),
        "DryRunVerdict": .object([
            "card": .integer, "name": .text, "verdict": .words(["ready", "skip"]), "reason": .text.orNull.described("Why it is skipped."),
        ]),
    ]
}
