/// What the reset button of a card does, by how long it is pressed (manual ch. 10).
enum CardReset: String, CaseIterable, Sendable {
    /// The card starts again; nothing is lost.
    case restart
    /// The admin has the first password, and there are no other users; sessions and unlocks end. The card goes on.
    case accounts
    /// All settings are those that the card was started with; then it starts again. The logs stay.
    case factory
}
