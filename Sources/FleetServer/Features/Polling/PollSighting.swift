import NetVision

/// What the poller noticed about where cards are, for those who look for cards that have moved.
enum PollSighting: Sendable, Equatable {
    /// The card has not answered as many polls in a row, three or more.
    case silent(card: Int64, address: String, polls: Int)
    /// At the card's address another card answers, or something that is no card. None of its answers was recorded for the card.
    case stranger(card: Int64, address: String, identity: CardIdentity?)
    /// The card answered, after a silence or after a stranger.
    case returned(card: Int64, address: String)
}
