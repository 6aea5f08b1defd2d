import FoundationEssentials
import Hummingbird

/// A campaign as the API shows it.
struct CampaignResource: ResponseEncodable, Sendable {
    struct Firmware: Encodable, Sendable {
        let id: Int64
        let name: String
        @Nullable var version: String?
    }

    let id: Int64
    let name: String
    let kind: Campaign.Kind
    let firmware: Firmware
    let state: Campaign.State
    @Nullable var haltReason: String?
    let total: Int
    let counts: [String: Int]
    let canary: Int
    let waves: [String]
    let concurrency: Int
    let deadlines: CampaignPlan.Deadlines
    @Nullable var halt: CampaignPlan.Halt?
    let createdAt: Date
    @Nullable var startedAt: Date?
    @Nullable var finishedAt: Date?
    let createdBy: String

    init(_ campaign: Campaign, firmware: FirmwareRecord?, counts: [CampaignCard.State: Int]) {
        id = campaign.id
        name = campaign.name
        kind = campaign.kind
        self.firmware = Firmware(id: campaign.firmwareID, name: firmware?.name ?? "", version: firmware?.version)
        state = campaign.state
        haltReason = campaign.haltReason
        total = counts.values.reduce(0, +)
        self.counts = Dictionary(uniqueKeysWithValues: CampaignCard.State.allCases.map { ($0.rawValue, counts[$0] ?? 0) })
        canary = campaign.plan.canary
        waves = campaign.plan.waves
        concurrency = campaign.plan.concurrency
        deadlines = campaign.plan.deadlines
        halt = campaign.plan.halt
        createdAt = campaign.createdAt
        startedAt = campaign.startedAt
        finishedAt = campaign.finishedAt
        createdBy = campaign.createdBy
    }
}

/// A card of a campaign as the API shows it.
struct CampaignCardResource: Encodable, Sendable {
    let card: Int64
    @Nullable var name: String?
    @Nullable var address: String?
    let wave: Int
    let state: CampaignCard.State
    @Nullable var error: String?
    let transfers: Int
    /// The part of the image that is transferred, 0 to 1; only during the transfer.
    @Nullable var progress: Double?
    @Nullable var fromVersion: String?
    @Nullable var toVersion: String?
    let updatedAt: Date

    init(_ member: CampaignCard, card: Card?, progress: Double?) {
        self.card = member.card
        name = card?.name
        address = card?.address
        wave = member.wave
        state = member.state
        error = member.error
        transfers = member.transfers
        self.progress = progress
        fromVersion = member.fromVersion
        toVersion = member.toVersion
        updatedAt = member.updatedAt
    }
}

/// What `POST /campaigns` takes.
struct NewCampaign: Decodable, Sendable {
    struct Targets: Decodable, Sendable { let cards: [Int64] }

    struct Deadlines: Decodable, Sendable {
        let transfer: Double?
        let restart: Double?
        let verify: Double?
    }

    let name: String
    let kind: String
    let firmware: Int64
    let targets: Targets
    let canary: Int?
    let waves: [String]?
    let concurrency: Int?
    let deadlines: Deadlines?
    let halt: CampaignPlan.Halt?

    /// The plan, with the defaults for what was left out.
    func plan() throws -> CampaignPlan {
        var plan = CampaignPlan()
        plan.canary = canary ?? 0
        plan.waves = waves ?? []
        plan.concurrency = concurrency ?? plan.concurrency
        plan.deadlines.transfer = deadlines?.transfer ?? plan.deadlines.transfer
        plan.deadlines.restart = deadlines?.restart ?? plan.deadlines.restart
        plan.deadlines.verify = deadlines?.verify ?? plan.deadlines.verify
        plan.halt = halt
        try validate(plan)
        return plan
    }

    private func validate(_ plan: CampaignPlan) throws {
        guard kind == Campaign.Kind.firmware.rawValue else {
            throw Problem.invalid("kind", "There are campaigns of the kind firmware.")
        }
        guard (1...128).contains(name.count) else { throw Problem.invalid("name", "A campaign's name has 1 to 128 characters.") }
        guard !targets.cards.isEmpty, targets.cards.count <= 20_000 else {
            throw Problem.invalid("targets.cards", "Choose 1 to 20000 cards.")
        }
        guard plan.canary >= 0, plan.canary <= targets.cards.count else {
            throw Problem.invalid("canary", "canary is the number of cards that go first: 0 to the number of cards.")
        }
        guard plan.waves.count <= 100, plan.waves.allSatisfy({ CampaignPlan.size(ofWave: $0, cards: targets.cards.count) != nil }) else {
            throw Problem.invalid("waves", "Waves are sizes such as \"25%\" or \"10\".")
        }
        guard (1...500).contains(plan.concurrency) else { throw Problem.invalid("concurrency", "concurrency is 1 to 500 cards at a time.") }
        let deadlines = [plan.deadlines.transfer, plan.deadlines.restart, plan.deadlines.verify]
        guard deadlines.allSatisfy({ (1...86_400).contains($0) }) else {
            throw Problem.invalid("deadlines", "Deadlines are 1 to 86400 seconds.")
        }
        let haltsAtOnce =
            switch plan.halt?.failures {
            case .count(let count): count < 1
            case .percent(let percent): !(0.01...100).contains(percent)
            case nil: false
            }
        if haltsAtOnce { throw Problem.invalid("halt.failures", "halt.failures is a number of cards above 0, or a text like \"2%\".") }
    }
}
