import NetVision
import PowerDevice

/// When a card must not be upgraded. Pure: the dry-run and the preflight ask the same question.
enum UpgradeRules {
    /// Why the card can't be upgraded with the image now, in words; nil when it can.
    static func obstacle(card: Card, status: CardStatus, image: FirmwareRecord, isBusy: Bool) -> String? {
        if isBusy { return "Another campaign is at work on this card." }
        if let obstacle = mismatch(card: card, image: image) { return obstacle }
        guard let obstacle = status.status.upgradeObstacle else { return nil }
        return status.alarmCount > 1 && (status.status == .warning || status.status == .critical)
            ? "The UPS has \(status.alarmCount) alarms." : obstacle
    }

    /// Why the image is not for this card.
    static func mismatch(card: Card, image: FirmwareRecord) -> String? {
        switch image.format {
        case .cardAgent where card.generation != .cardAgent:
            return "The image is for CardAgent; this is a card of generation \(card.generation.rawValue)."
        case .vendor where card.generation == .cardAgent:
            return "The image is a vendor's file; CardAgent takes only signed images of its own."
        case .vendor where card.generation == .rfc1628:
            return "The device is not a NET VISION card."
        case .cardAgent, .vendor: break
        }
        if let version = image.version, version == card.firmware { return "The card runs \(version) already." }
        if let minimum = image.minimumVersion.flatMap(FirmwareVersion.init), let current = card.firmware.flatMap(FirmwareVersion.init),
            current < minimum
        {
            return "The image upgrades from \(minimum) or later; the card runs \(current)."
        }
        return nil
    }
}
