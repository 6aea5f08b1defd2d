import NIOCore
import NetVision
import SNMP

/// What was received so far, by the labels of the metric.
struct TrapTally: Sendable, Equatable {
    /// All values are of closed sets.
    struct Label: Hashable, Sendable {
        let version: SNMPAccess.Version
        let isInform: Bool
        /// Whether it came from a card of the inventory.
        let isFromCard: Bool

        static let all = SNMPAccess.Version.allCases.flatMap { version in
            [false, true].flatMap { isInform in
                [true, false].map { Label(version: version, isInform: isInform, isFromCard: $0) }
            }
        }
    }

    private(set) var received: [Label: UInt64] = [:]
    /// Events that were not told to the watchers, because there were too many.
    var suppressedEvents: UInt64 = 0

    mutating func count(_ label: Label) { received[label, default: 0] += 1 }
}

/// Works out what notifications mean for the fleet: which cards are to be looked at, what the watchers are told, what the log says. Pure.
struct TrapIntake: Sendable {
    /// Events a second for all watchers, and so many at once after a pause: a storm must not cost them their connection.
    static let eventsPerSecond = 200.0
    static let eventBurst = 1000.0
    /// Seconds between two lines of the log about strangers.
    static let strangerInterval = 60.0

    /// A notification, and where it came from.
    struct Arrival: Sendable {
        let source: String
        let version: SNMPAccess.Version
        let isInform: Bool
        let notification: SNMPNotification
        /// The sender's, of version 3.
        var engine: EngineID?
        /// Whether a key vouches for it.
        var isAuthentic = false
    }

    /// A notification of a card.
    struct Event: Sendable, Equatable {
        let card: Int64
        let version: SNMPAccess.Version
        let isInform: Bool
        let notification: SNMPNotification
    }

    /// A trap that we know, of a card.
    struct Heard: Sendable, Equatable {
        let card: Int64
        let trap: CardTrap
    }

    struct Strangers: Sendable, Equatable {
        var count: UInt64
        var lastAddress: String
    }

    /// What a stranger has sent.
    struct Unknown: Sendable, Equatable {
        var count: UInt64 = 0
        var engine: EngineID?
        /// The first of it in words.
        var words = ""
    }

    struct News: Sendable, Equatable {
        /// Each once, however many notifications it has sent.
        var cards: [Int64] = []
        var events: [Event] = []
        /// What cards' traps mean, every one.
        var traps: [Heard] = []
        /// Senders that are not in the inventory, if it is time to say so.
        var strangers: Strangers?
        /// By their addresses.
        var unknown: [String: Unknown] = [:]
        /// Their addresses, each once.
        var strangerAddresses: Set<String> { Set(unknown.keys) }
    }

    private(set) var tally = TrapTally()
    private var allowance = TrapIntake.eventBurst
    private var allowanceAt = 0.0
    private var strangers: Strangers?
    private var strangersToldAt = -Double.infinity
    private var senders = TrapSenders()

    /// - Parameters:
    ///   - now: seconds of a monotonic clock.
    ///   - find: the card at the address that a datagram came from, or at the one that the notification itself names.
    ///   - marked: the card of a mark that is no address.
    mutating func receive(
        _ batch: [Arrival], now: Double, find: (_ source: String, _ agent: String?) -> Card?, marked: (CardMark) -> Card? = { _ in nil }
    ) -> News {
        allowance = min(Self.eventBurst, allowance + max(0, now - allowanceAt) * Self.eventsPerSecond)
        allowanceAt = now
        var news = News()
        var seen: Set<Int64> = []
        for arrival in batch {
            let here = find(arrival.source, arrival.notification.agentAddress.map { "\($0)" })
            if arrival.isAuthentic, let here { senders.learn(arrival.engine, of: here.id) }
            let card = here ?? senders.card(of: arrival, find: marked)
            tally.count(.init(version: arrival.version, isInform: arrival.isInform, isFromCard: card != nil))
            guard let card else {
                strangers = Strangers(count: (strangers?.count ?? 0) + 1, lastAddress: arrival.source)
                news.note(arrival)
                continue
            }
            if seen.insert(card.id).inserted { news.cards.append(card.id) }
            if let trap = CardTrap(arrival.notification) { news.traps.append(Heard(card: card.id, trap: trap)) }
            add(
                Event(card: card.id, version: arrival.version, isInform: arrival.isInform, notification: arrival.notification), to: &news)
        }
        if strangers != nil, now - strangersToldAt >= Self.strangerInterval {
            news.strangers = strangers.take()
            strangersToldAt = now
        }
        return news
    }

    private mutating func add(_ event: Event, to news: inout News) {
        guard allowance >= 1 else { return tally.suppressedEvents += 1 }
        allowance -= 1
        news.events.append(event)
    }
}

extension TrapIntake.News {
    /// Words are made once for all that an address has sent.
    fileprivate mutating func note(_ arrival: TrapIntake.Arrival) {
        if unknown[arrival.source] == nil { unknown[arrival.source] = .init(words: arrival.words) }
        unknown[arrival.source]?.count += 1
        if let engine = arrival.engine { unknown[arrival.source]?.engine = engine }
    }
}

extension TrapIntake.Arrival {
    init(_ received: ReceivedNotification) {
        self.init(
            source: received.source.ipAddress ?? "", version: .init(received.version), isInform: received.isInform,
            notification: received.notification, engine: received.engine, isAuthentic: received.isAuthentic)
    }
}

extension SNMPAccess.Version {
    init(_ version: SNMPVersion) {
        self =
            switch version {
            case .v1: .v1
            case .v2c: .v2c
            case .v3: .v3
            }
    }
}
