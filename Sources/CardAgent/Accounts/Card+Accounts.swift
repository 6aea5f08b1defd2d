import NetVision

extension Accounts {
    /// The accounts of a card, as its settings have them; what happens to them goes to its journal and its trap receivers.
    convenience init(_ plan: CardPlan, settings: SettingsStore, clock: CardClock, journal: CardJournal, traps: CardTraps) {
        self.init(plan, settings: settings, clock: clock) { event in
            journal.note(event.line)
            if let trap = event.trap { traps.raise(trap) }
        }
    }

    convenience init(
        _ plan: CardPlan, settings: SettingsStore, clock: CardClock, report: @escaping @Sendable (AccountEvent) -> Void = { _ in }
    ) {
        self.init(
            mac: plan.mac, firstPasswordSuffices: plan.firstPasswordSuffices,
            Surroundings(
                settings: { settings.settings.accounts },
                change: { origin, body in
                    do throws(SettingsRefusal) {
                        try settings.change(by: origin) { settings throws(SettingsProblem) in body(&settings.accounts) }
                        return nil
                    } catch {
                        return "\(error)"
                    }
                }, now: { clock.now }, report: report))
    }
}

extension AccountEvent {
    /// What the card's log says.
    var line: CardEvent {
        switch self {
        case .sessionOpened(let user, let origin): .sessionOpened(user, by: origin)
        case .sessionClosed(let user, let end): .sessionClosed(user, reason: end.rawValue)
        case .locked(let user, let origin): .accountLocked(user, by: origin)
        }
    }

    var trap: Int32? {
        switch self {
        case .sessionOpened: UPSTrap.sessionOpened
        case .sessionClosed: nil
        case .locked: UPSTrap.accountLocked
        }
    }
}
