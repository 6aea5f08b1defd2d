import Synchronization

/// Whether the card can be reached, as its event log tells it: each change once.
final class NetworkLink: Sendable {
    private let journal: CardJournal
    private let isUp = Mutex(false)

    init(journal: CardJournal) { self.journal = journal }

    func change(isUp new: Bool) {
        let isNews = isUp.withLock { isUp in
            defer { isUp = new }
            return isUp != new
        }
        if isNews { journal.note(new ? .networkLinkUp : .networkLinkDown) }
    }
}
