package import PowerDevice

/// Milliseconds since 1970, by two clocks.
package struct Moment: Sendable, Equatable {
    /// By a clock that nobody sets: what is waited for goes by it.
    package let steady: Int64
    /// By the clock on the wall: what people read.
    package let wall: Int64

    package init(steady: Int64, wall: Int64) {
        self.steady = steady
        self.wall = wall
    }
}

/// Where cards share a supply and a network.
package struct Place: Hashable, Sendable {
    /// `site/NAME`, `network/A.B.C.0/24`, `card/KEY` or `server`.
    package let key: String
    /// The site's name; nil elsewhere.
    package let site: String?
    /// As people read it.
    package let title: String

    private init(key: String, site: String?, title: String) {
        self.key = key
        self.site = site
        self.title = title
    }

    package static func == (left: Place, right: Place) -> Bool { left.key == right.key }
    package func hash(into hasher: inout Hasher) { hasher.combine(key) }

    package static let server = Place(key: "server", site: nil, title: "This server")

    /// The place of a card: its site, else the /24 network of its address; of a card without an IPv4 address, the card alone.
    package init(card: Int64, name: String, site: String?, address: String) {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        if let site, !site.isEmpty {
            self.init(site: site)
        } else if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) {
            self.init(network: parts.prefix(3).joined(separator: ".") + ".0/24")
        } else {
            self.init(key: "card/\(card)", site: nil, title: name)
        }
    }

    package init(site: String) { self.init(key: "site/\(site)", site: site, title: site) }

    private init(network: String) { self.init(key: "network/\(network)", site: nil, title: "Network \(network)") }

    /// As it was stored; `title` is of a card.
    package init(stored key: String, title: String = "") {
        if key == Self.server.key {
            self = .server
        } else if key.hasPrefix("site/") {
            self.init(site: String(key.dropFirst(5)))
        } else if key.hasPrefix("network/") {
            self.init(network: String(key.dropFirst(8)))
        } else {
            self.init(key: key, site: nil, title: title.isEmpty ? key : title)
        }
    }
}

/// Something has happened to an alarm.
package struct AlarmNews: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case raised, cleared, severity, acknowledged, unacknowledged, commented, shelved, unshelved, flapping, settled
    }

    package let kind: Kind
    package let alarm: Int64
    /// Nil: the server's own alarm.
    package let card: Int64?
    package let cardName: String
    package let name: String
    package let title: String
    package let severity: Severity
    package let place: Place
    /// Milliseconds since 1970 by the wall clock: when it was so.
    package let at: Int64
    /// Who did it, where somebody did.
    package let username: String?
    /// Whether the alarm is on the shelf.
    package let isShelved: Bool

    package init(
        _ kind: Kind, alarm: Int64, card: Int64?, cardName: String, name: String, title: String, severity: Severity, place: Place,
        at: Int64, username: String? = nil, isShelved: Bool = false
    ) {
        self.kind = kind
        self.alarm = alarm
        self.card = card
        self.cardName = cardName
        self.name = name
        self.title = title
        self.severity = severity
        self.place = place
        self.at = at
        self.username = username
        self.isShelved = isShelved
    }

    package var family: AlarmFamily { AlarmFamily(alarm: name, isOfServer: card == nil) }
}

/// How many cards the inventory has, in all and at each place.
package struct Roster: Sendable, Equatable {
    package var cards: [String: Int]
    package var total: Int { cards.values.reduce(0, +) }

    /// - Parameter cards: by the key of their place.
    package init(_ cards: [String: Int] = [:]) { self.cards = cards }
}

/// Times in milliseconds and shares by which incidents are told.
package struct IncidentPolicy: Sendable, Equatable {
    /// From an incident's first alarm to its first message, so that the message counts all.
    package var settle: Int64 = 3_000
    /// The same of cards that don't answer: what all of a site do has one cause.
    package var silenceSettle: Int64 = 15_000
    /// So long after the last card joined, others of a family that shares no cause are another incident.
    package var window: Int64 = 120_000
    /// Between two messages of one incident, if no severity rises.
    package var pause: Int64 = 60_000
    /// The same once `messages` were sent.
    package var longPause: Int64 = 600_000
    /// Messages of an incident's size after which it is told seldom.
    package var messages = 3
    /// All clear for so long: over.
    package var clearHold: Int64 = 15_000
    /// So long after the last of the others recovered, who has not is told of.
    package var recovery: Int64 = 60_000
    /// A message that comes so long after its event says so.
    package var late: Int64 = 300_000
    /// Cards of a mains failure that fall silent at once, up to which each is told by itself.
    package var silencesByThemselves = 5
    /// Cards of one incident that are told by themselves; of more, only up to a quarter of all.
    package var singles = 25

    package init() {}
}
