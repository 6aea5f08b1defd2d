import FoundationEssentials

/// Tells everybody who has to know that cards were changed: the poller, and the watchers of lists.
struct CardChanges: Sendable {
    /// Of more cards than these the watchers read the list anew when they look; they are not told one by one.
    static let toldOneByOne = 500

    let listing: CardListing
    let hub: EventHub
    /// What the poller is told.
    let cardsChanged: @Sendable ([Int64]) -> Void
    let now: @Sendable () -> Date

    func tell(_ cards: [Int64]) async {
        guard !cards.isEmpty else { return }
        cardsChanged(cards)
        guard hub.watcherCount > 0, cards.count <= Self.toldOneByOne else { return }
        for card in cards {
            guard let row = try? await listing.card(card) else { continue }
            hub.publish(.card(CardResource(row), at: now()))
        }
    }
}
