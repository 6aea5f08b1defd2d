import Synchronization

/// Where the client's thread notes what becomes of an agent's requests, and others read it.
package final class RequestJournal: Sendable {
    private let noted = Mutex(RequestTally())

    package init() {}

    package var tally: RequestTally { noted.withLock { $0 } }

    package func answered(after seconds: Double, attempts: Int) {
        noted.withLock { $0.answered(after: seconds, attempts: attempts) }
    }

    package func unanswered(attempts: Int) { noted.withLock { $0.unanswered(attempts: attempts) } }
}
