/// Judges from what a card answers after a transfer whether it has restarted. Pure: what was heard goes in, a verdict comes out.
///
/// ```
///  waiting ──expected version──────────────────────────▶ restarted
///     │ ──smaller uptime, or (no uptime) after silence──▶ restarted, or wrongVersion at once where that is final
///     └ ──deadline──▶ neverRestarted (still answering) / agentSilent / neverCameBack
/// ```
/// Silence alone proves nothing: datagrams get lost.
struct RestartWatch: Sendable {
    enum Verdict: Sendable, Equatable {
        case wait
        case restarted
        case failed(UpgradeFailure)
    }

    private let fromVersion: String?
    private let expected: String?
    /// The card boots once and then runs what it runs: another version than the expected one is final.
    private let bootsOnce: Bool
    /// An uptime below this, in seconds, counts as a restart where nothing is known from before.
    private let recent: Double
    private let knowsBefore: Bool
    private var uptime: Double?
    private var version: String?
    private var wasSilent = false
    private var isSilent = true

    init(before: CardInspection?, fromVersion: String?, expected: String?, bootsOnce: Bool, recent: Double) {
        self.fromVersion = fromVersion ?? before?.version
        self.expected = expected
        self.bootsOnce = bootsOnce
        self.recent = recent
        knowsBefore = before != nil
        uptime = before?.uptime
    }

    /// The card answered with this version and uptime (seconds).
    mutating func answered(version: String?, uptime: Double?) -> Verdict {
        let hasRestarted = isRestart(uptime)
        self.uptime = uptime ?? self.uptime
        self.version = version ?? self.version
        isSilent = false
        let isExpected = expected.map { FirmwareVersion.areSame(version, $0) }
        if isExpected == true, !FirmwareVersion.areSame(fromVersion, expected) { return .restarted }
        guard hasRestarted else { return .wait }
        if isExpected == false, bootsOnce, knowsBefore, let expected, let version {
            return .failed(.wrongVersion(expected: expected, found: version))
        }
        return .restarted
    }

    /// The card did not answer.
    mutating func heardNothing() {
        wasSilent = true
        isSilent = true
    }

    /// What has gone wrong when the time is over. `isOnLAN`: the card answers the LAN protocol.
    func failure(isOnLAN: Bool) -> UpgradeFailure {
        if isSilent { return isOnLAN ? .agentSilent : .neverCameBack }
        return .neverRestarted(version: version ?? fromVersion ?? "the old version")
    }

    private func isRestart(_ new: Double?) -> Bool {
        guard let new else { return wasSilent }
        guard let uptime else { return knowsBefore ? wasSilent : new < recent }
        return new < uptime
    }
}

extension FirmwareVersion {
    /// Whether two version texts mean the same; false where one is missing.
    package static func areSame(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return false }
        guard let first = FirmwareVersion(left), let second = FirmwareVersion(right) else { return left == right }
        return first == second
    }
}
