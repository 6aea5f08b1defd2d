import FoundationEssentials

/// An upgrade as a campaign of the server: made, started, and followed to its end.
struct CampaignUpgrade: Sendable {
    let command: UpgradeCommand
    let api: FleetAPI

    private static let largestImage = 256 << 20

    func run() async throws -> UpgradeReport {
        let targets = try await targets()
        guard !targets.isEmpty else { throw CommandFailure(.failed, "No card is like that. See nvexplorer list.") }
        let image = try await image()
        try command.confirm(targets.count, image.name)
        let new = NewCampaign(
            name: "\(image.name) to \(CardTable.count(targets.count))", firmware: image.id,
            targets: .init(cards: try targets.map(FleetAPI.number)), canary: command.canary,
            waves: command.wave.isEmpty ? nil : command.wave,
            concurrency: command.concurrency, deadlines: command.deadlines.campaign, halt: command.haltFailures.map { .init(failures: $0) })
        let campaign: Created = try await api.post("campaigns", new)
        try await api.order("campaigns/\(campaign.id)/start")
        command.options.output.say(
            "Campaign \(campaign.id) brings \(image.name) to \(CardTable.count(targets.count)); it goes on if you leave.")
        return try await follow(campaign.id)
    }

    private func targets() async throws -> [CardRecord] {
        let criteria = command.criteria.criteria
        guard command.cards.isEmpty else {
            let named: Batch<CardRecord> = try await api.cards(command.cards)
            // All or none: a campaign is for the cards that were meant.
            try named.complain()
            return named.items.filter(criteria.matches)
        }
        return try await api.list("cards", criteria.query)
    }

    /// A number is an image's id, a file is uploaded (the server knows what it has already), anything else is a name in the library.
    private func image() async throws -> FirmwareRecord {
        let text = command.firmware
        if let id = Int(text), let image: FirmwareRecord = try await api.readIfThere("firmware/\(id)") { return image }
        if LocalFile.exists(text) {
            let bytes = try await LocalFile.read(text, limit: Self.largestImage)
            return try await api.upload("firmware", [("name", LocalFile.name(of: text))], bytes)
        }
        let library: [FirmwareRecord] = try await api.list("firmware")
        guard let image = library.filter({ $0.name == text }).max(by: { $0.id < $1.id }) else {
            throw CommandFailure(.failed, "\"\(text)\" is neither a file nor an image of the library. See nvexplorer firmware list.")
        }
        return image
    }

    /// The server may be away for a while: the campaign survives that, and so does who follows it.
    private static let patience = Duration.seconds(60)

    private func follow(_ id: Int) async throws -> UpgradeReport {
        var display = ProgressDisplay(command.options.output)
        var lastAnswer = ContinuousClock.now
        while true {
            do {
                // The campaign before its cards: once it is over, what the cards say is final.
                let campaign: CampaignRecord = try await api.read("campaigns/\(id)")
                let rows: [UpgradeRow] = try await api.list("campaigns/\(id)/cards")
                lastAnswer = .now
                try display.show(rows)
                if campaign.isOver { return UpgradeReport(campaign: campaign, cards: rows) }
            } catch let failure as CommandFailure where failure.code == .unreachable && .now - lastAnswer < Self.patience {
                // Asked again below.
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}
