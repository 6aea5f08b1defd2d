import FoundationEssentials

/// Tells everybody who has to know that cards were changed: the poller, and the watchers of lists.
struct CardChanges: Sendable {
    /// Of more cards than these the watchers are told once, to read the list anew.
    static let toldOneByOne = 500

    let listing: CardListing
    let hub: EventHub
    /// What the poller is told.
    let cardsChanged: @Sendable ([Int64]) -> Void
    let now: @Sendable () -> Date

    func tell(_ cards: [Int64]) async {
        guard !cards.isEmpty else { return }
        cardsChanged(cards)
        guard hub.isWatched else { return }
        guard cards.count <= Self.toldOneByOne else { return hub.publish(.cards(changed: cards.count, at: now())) }
        for card in cards {
            guard let row = try? await listing.card(card), row.card.retiredAt == nil else {
                hub.publish(.retired(card, at: now()))
                continue
            }
            hub.publish(.card(CardResource(row), at: now()))
        }
    }
}
