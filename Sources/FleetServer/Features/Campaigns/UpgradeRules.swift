import NetVision
import PowerDevice

/// When a card must not be upgraded. Pure: the dry-run and the preflight ask the same question.
enum UpgradeRules {
    /// Why the card can't be upgraded with the image now, in words; nil when it can.
    static func obstacle(card: Card, status: CardStatus, image: FirmwareRecord, isBusy: Bool) -> String? {
        if isBusy { return "Another campaign is at work on this card." }
        if let obstacle = image.fit.obstacle(for: card.identity) { return obstacle }
        return status.status.upgradeObstacle(of: card.kind, alarms: status.alarmCount, load: status.transfer?.load)
    }
}

extension FirmwareRecord {
    /// For which cards the image is.
    var fit: ImageFit { ImageFit(isForCardAgents: format == .cardAgent, version: version, minimumVersion: minimumVersion) }
}
