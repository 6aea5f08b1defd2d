/// Whether a firmware image is for a card.
package struct ImageFit: Sendable, Equatable {
    /// An image of our own format; else a vendor's file, for real cards.
    package let isForCardAgents: Bool
    /// The version that the card will have; nil where the image does not tell.
    package let version: String?
    /// The oldest version that may be upgraded from; nil where any may.
    package let minimumVersion: String?

    package init(isForCardAgents: Bool, version: String?, minimumVersion: String?) {
        self.isForCardAgents = isForCardAgents
        self.version = version
        self.minimumVersion = minimumVersion
    }

    /// Why the image is not for a card, in words; nil if it is.
    package func obstacle(for card: CardIdentity) -> String? {
        guard card.generation != .unknown else { return "It is not known yet which card this is: it has not answered." }
        guard card.generation.isNetVision else { return "The device is not a NET VISION card." }
        let isCardAgent = card.generation == .cardAgent
        guard isForCardAgents == isCardAgent else {
            return isCardAgent
                ? "The image is a vendor's file; CardAgent takes only signed images of its own."
                : "The image is for CardAgent; this is a card of generation \(card.generation.rawValue)."
        }
        if let version, FirmwareVersion.areSame(card.firmware, version) { return "The card runs \(version) already." }
        if let current = card.firmware.flatMap(FirmwareVersion.init), let minimum = minimumVersion.flatMap(FirmwareVersion.init),
            current < minimum
        {
            return "The image upgrades from \(minimum) or later; the card runs \(current)."
        }
        return nil
    }
}
