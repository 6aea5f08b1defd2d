import Synchronization

/// The one line that says where everything is, printed when everything is there.
final class FarmAnnouncement: Sendable {
    private struct State {
        var isFarmRunning = false
        var control: String?
    }

    private let cards: String
    private let hasControl: Bool
    private let state = Mutex(State())

    init(cards: String, hasControl: Bool) {
        self.cards = cards
        self.hasControl = hasControl
    }

    func cardsAreRunning() { announce { $0.isFarmRunning = true } }

    func controlIsRunning(at place: String) { announce { $0.control = place } }

    private func announce(_ change: (inout State) -> Void) {
        let line = state.withLock { state -> String? in
            change(&state)
            guard state.isFarmRunning, !hasControl || state.control != nil else { return nil }
            return cards + (state.control.map { "; simulation control http://\($0)" } ?? "")
        }
        if let line { CommandExit.announce(line) }
    }
}
