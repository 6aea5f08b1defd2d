import NetVision

/// What starts the firmware of a card.
enum FirmwareHost: Sendable {
    /// Nothing does: the slots say which version the card shows, and all of them are this program. So it is in a farm.
    case simulation
    /// This program runs by itself, as what the card was built with. Once an image has been installed it makes way for a supervisor.
    case builtIn
    /// A supervisor has started this program, and goes by what it says.
    case supervisor(FirmwareHandover)

    /// Whether the card was running before, and this program begins where another has ended.
    var isWarmStart: Bool {
        if case .supervisor(let handover) = self { handover.isRestart } else { false }
    }
}

/// A card ends, and whoever runs it is to start it again: it may be another program then.
struct CardStartsAgain: Error {}
