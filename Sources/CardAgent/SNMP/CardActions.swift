import NetVision

/// What a card can be told to do by SNMP beside its settings and its device.
struct CardActions: Sendable {
    /// Restarts the card.
    let restart: @Sendable (ChangeOrigin) -> Void
    /// Makes all settings what they were at first, and restarts the card.
    let resetToDefault: @Sendable (ChangeOrigin) -> Void
    /// Empties a log.
    let clear: @Sendable (LogKind, ChangeOrigin) -> Void
    let clock: CardClock
}

extension CardActions {
    init(_ card: Card) {
        self.init(
            restart: { [unowned card] origin in card.reset(.restart, by: origin) },
            resetToDefault: { [unowned card] origin in card.reset(.factory, by: origin) },
            clear: { [logs = card.logs] log, origin in logs.clear(log, by: origin) }, clock: card.clock)
    }
}
