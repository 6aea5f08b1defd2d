package import PowerDevice

/// Something that is worth telling, with what routes go by.
package struct Tell: Sendable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case opened, changed, ended, single, singleEnded, acknowledged

        /// Whether it goes to those who were told of the beginning.
        package var isSequel: Bool { self == .ended || self == .singleEnded || self == .acknowledged }
        /// Whether somebody has to do something, so that silence is escalated.
        package var isBeginning: Bool { self == .opened || self == .single }
    }

    package struct Card: Sendable, Equatable {
        package let id: Int64
        package let tags: Set<String>

        package init(id: Int64, tags: Set<String>) {
            self.id = id
            self.tags = tags
        }
    }

    package var kind: Kind
    package var severity: Severity
    package var site: String?
    /// What the incident comes of, as incidents name it.
    package var cause: String?
    package var cards: [Card]
    package var isShelved: Bool
    /// An alarm's name, where it is of a single one.
    package var alarm: String?

    package init(
        kind: Kind, severity: Severity, site: String? = nil, cause: String? = nil, cards: [Card] = [], alarm: String? = nil,
        isShelved: Bool = false
    ) {
        self.kind = kind
        self.severity = severity
        self.site = site
        self.cause = cause
        self.cards = cards
        self.alarm = alarm
        self.isShelved = isShelved
    }
}
