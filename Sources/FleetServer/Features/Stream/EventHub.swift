import FoundationEssentials
import Synchronization

/// What happens in the fleet, as it goes to everybody who watches.
struct FleetEvent: Sendable {
    /// The kinds of events on `/stream`.
    enum Kind: String, Sendable, CaseIterable {
        case card, cards, readings, alarm, incident, trap, campaign, discovery, candidate, storage, notification
    }

    let kind: Kind
    /// The event's JSON document.
    let data: String
    /// Of readings: the card, and the document without the values, for who does not look at them.
    private(set) var brief: (card: Int64, data: String)?
    /// Counts up over the server's run; the hub gives it.
    fileprivate(set) var number = 0

    init(kind: Kind, data: String, brief: (card: Int64, data: String)? = nil) {
        self.kind = kind
        self.data = data
        self.brief = brief
    }

    /// The document for who wants the values of these cards only; nil: of all.
    func data(withValuesOf cards: Set<Int64>?) -> String {
        guard let brief, let cards, !cards.contains(brief.card) else { return data }
        return brief.data
    }
}

/// Hands every event to every watcher. A watcher that does not keep up is cut off; it reconnects and reads the lists anew.
final class EventHub: Sendable {
    /// Events that may wait for one watcher.
    static let backlog = 4096
    static let maximumWatchers = 500

    private struct Watchers: Sendable {
        var continuations: [Int: AsyncStream<FleetEvent>.Continuation] = [:]
        var nextKey = 0
        var lastEvent = 0
    }

    private let watchers = Mutex(Watchers())

    func publish(_ event: FleetEvent) {
        let late = watchers.withLock { watchers in
            var event = event
            watchers.lastEvent += 1
            event.number = watchers.lastEvent
            return watchers.continuations.filter { _, continuation in
                if case .dropped = continuation.yield(event) { return true }
                return false
            }
        }
        for continuation in late.values { continuation.finish() }
    }

    /// The events from now on, until the watcher goes or falls behind. Nil when too many watch already.
    func watch() -> AsyncStream<FleetEvent>? {
        let (stream, continuation) = AsyncStream.makeStream(of: FleetEvent.self, bufferingPolicy: .bufferingOldest(Self.backlog))
        let key = watchers.withLock { watchers -> Int? in
            guard watchers.continuations.count < Self.maximumWatchers else { return nil }
            watchers.nextKey += 1
            watchers.continuations[watchers.nextKey] = continuation
            return watchers.nextKey
        }
        guard let key else { return nil }
        continuation.onTermination = { [weak self] _ in
            self?.watchers.withLock { $0.continuations[key] = nil }
        }
        return stream
    }

    var watcherCount: Int { watchers.withLock { $0.continuations.count } }
    /// Whether there is anybody for whom an event is worth encoding.
    var isWatched: Bool { watchers.withLock { !$0.continuations.isEmpty } }

    /// Ends all watchers' streams: the server stops.
    func finish() {
        let all = watchers.withLock { watchers in
            defer { watchers.continuations = [:] }
            return watchers.continuations
        }
        for continuation in all.values { continuation.finish() }
    }
}
