import Hummingbird

/// `/cards/{id}/health`: how well a card can be polled.
struct PollRoutes: Sendable {
    let listing: CardListing
    let poller: PollService

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("cards/:id/health") { _, context -> PollHealthResource in
            let id = try context.key("id", of: "card")
            guard let row = try await listing.card(id) else { throw Problem.notFound("card \(id)") }
            return poller.health(of: row.card)
        }
    }
}

extension PollService {
    func health(of card: Card) -> PollHealthResource { PollHealthResource(health(card.id) ?? PollHealth(), of: card) }
}

extension PollHealthResource {
    init(_ health: PollHealth, of card: Card) {
        self.init(
            latencyMs: health.latency, lossPercent: health.lossPercent, consecutiveFailures: health.consecutiveFailures,
            lastAnswerAt: health.lastAnswerAt, lastError: health.lastError, lastErrorAt: health.lastErrorAt,
            nextPollAt: health.nextPollAt, backOffSeconds: health.backOffSeconds, isPolledByThisServer: health.isPolledByThisServer,
            polling: Polling(
                statusSeconds: Int(health.timing.statusSeconds), fullSeconds: Int(health.timing.fullSeconds), from: "\(health.origin)"),
            protocol: card.protocol.rawValue, profile: card.profile)
    }
}
