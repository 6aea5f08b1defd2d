import FoundationEssentials
import NIOCore
import NetVision
import Synchronization

/// Takes a campaign through its waves.
struct CampaignExecution: Sendable {
    let campaigns: CampaignStore
    let cards: CardStore
    let library: FirmwareLibrary
    let hub: EventHub
    let progress: TransferProgress
    /// The actions on a card, with its secrets.
    let actions: @Sendable (Card, CardCredentials, _ imageName: String) -> UpgradeActions
    /// Told when a card has ended: the poller looks at it at once.
    let cardEnded: @Sendable (Int64) -> Void
    let now: @Sendable () -> Date

    /// Runs until all cards have ended, the campaign halts, or somebody pauses or cancels it.
    ///
    /// Cards that are in the middle of their steps are brought to their end in any case: of a campaign that was stopped only those.
    func run(_ campaign: Campaign) async throws {
        guard let image = try await library.record(campaign.firmwareID) else {
            return try await halt(campaign, "The firmware image is not in the library any more.")
        }
        let bytes: ByteBuffer
        do {
            bytes = try await library.image(image)
        } catch {
            return try await halt(campaign, "\(error)")
        }
        let members = try await campaigns.cards(of: campaign.id)
        for wave in Set(members.map(\.wave)).sorted() {
            // Cards under way go first: nobody else may touch them until they have ended.
            let open = members.filter { $0.wave == wave && !$0.state.isFinal }.sorted { $0.state != .queued && $1.state == .queued }
            guard try await runWave(open, of: campaign, image, bytes) else { return }
            if wave == 0, campaign.plan.canary > 0, try await failures(of: campaign) > 0 {
                return try await halt(campaign, "A canary card failed.")
            }
        }
        _ = try await campaigns.change(campaign.id, from: [.running], to: .done, now: now())
        publishState(try await campaigns.campaign(campaign.id) ?? campaign)
    }

    /// Runs the cards of a wave, so many at a time. False when the campaign does not go on after it.
    private func runWave(_ members: [CampaignCard], of campaign: Campaign, _ image: FirmwareRecord, _ bytes: ByteBuffer) async throws
        -> Bool
    {
        var waiting = members.makeIterator()
        var goesOn = true
        try await withThrowingTaskGroup(of: CampaignCard.self) { group in
            func startNext() async throws {
                guard goesOn, let member = waiting.next() else { return }
                // Somebody may have paused or cancelled it meanwhile, here or at another server.
                let isRunning = try await campaigns.campaign(campaign.id)?.state == .running
                guard isRunning || member.state != .queued else {
                    goesOn = false
                    return
                }
                group.addTask { try await self.runCard(member, of: campaign, image, bytes) }
            }
            for _ in 0..<campaign.plan.concurrency { try await startNext() }
            while let ended = try await group.next() {
                if ended.state.isFailure, try await haltsByRule(campaign) { goesOn = false }
                try await startNext()
            }
        }
        return goesOn
    }

    private func runCard(_ member: CampaignCard, of campaign: Campaign, _ image: FirmwareRecord, _ bytes: ByteBuffer) async throws
        -> CampaignCard
    {
        guard let card = try await cards.card(member.card) else {
            var gone = member
            gone.state = .skipped
            gone.error = "The card is no longer in the inventory."
            try await campaigns.advance(gone)
            return gone
        }
        let busy = try await campaigns.busyCards(besides: campaign.id)
        let credentials = try await cards.credentials(card.id)
        var run = CardRun(
            member: member, card: card, image: image, bytes: bytes, deadlines: campaign.plan.deadlines,
            isBusyElsewhere: busy.contains(card.id), actions: actions(card, credentials, image.name), store: campaigns.advance,
            report: { report($0, progress: $1, campaign: campaign) }, now: now)
        let ended = try await run.run()
        cardEnded(card.id)
        return ended
    }

    private func failures(of campaign: Campaign) async throws -> Int {
        try await campaigns.counts(of: campaign.id).reduce(0) { $0 + ($1.key.isFailure ? $1.value : 0) }
    }

    private func haltsByRule(_ campaign: Campaign) async throws -> Bool {
        let counts = try await campaigns.counts(of: campaign.id)
        let failures = counts.reduce(0) { $0 + ($1.key.isFailure ? $1.value : 0) }
        guard campaign.plan.halts(failures: failures, cards: counts.values.reduce(0, +)) else { return false }
        try await halt(campaign, "\(failures) \(failures == 1 ? "card" : "cards") failed: the halt rule stopped the campaign.")
        return true
    }

    private func halt(_ campaign: Campaign, _ reason: String) async throws {
        if let halted = try await campaigns.change(campaign.id, from: [.running], to: .halted, reason: reason, now: now()) {
            publishState(halted)
        }
    }

    private func report(_ member: CampaignCard, progress part: Double?, campaign: Campaign) {
        guard progress.note(part, campaign: member.campaign, card: member.card) else { return }
        hub.publish(.campaign(member, progress: part, state: .running, at: now()))
    }

    private func publishState(_ campaign: Campaign) { hub.publish(.campaign(campaign, at: now())) }
}

/// How far each transfer is. Kept in memory: after a restart there are no transfers under way.
final class TransferProgress: Sendable {
    private struct Key: Hashable { let campaign: Int64, card: Int64 }
    private let parts = Mutex<[Key: Double]>([:])

    func value(campaign: Int64, card: Int64) -> Double? { parts.withLock { $0[Key(campaign: campaign, card: card)] } }

    /// Notes the part; nil ends the transfer. False when the step since the last note is too small to tell anybody.
    func note(_ part: Double?, campaign: Int64, card: Int64) -> Bool {
        parts.withLock { parts in
            let key = Key(campaign: campaign, card: card)
            guard let part else {
                parts[key] = nil
                return true
            }
            if let before = parts[key], part < 1, part - before < 0.02, part >= before { return false }
            parts[key] = part
            return true
        }
    }
}
