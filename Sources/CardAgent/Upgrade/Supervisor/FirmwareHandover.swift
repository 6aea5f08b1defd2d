import Glibc
import NetVision

/// What a supervisor tells the program that it starts, in two variables of its environment:
///
/// ```
/// NVFLEET_FIRMWARE           supervisor=4711 health=5 version=8.41 slot=a trial=1 restart=0
/// NVFLEET_FIRMWARE_FALLBACK  why it is not a newer one; empty where nothing has gone wrong
/// ```
///
/// `supervisor` is the process that must be the parent, `health` a descriptor to which "healthy\n" is written once all services answer; `slot` is "-"
/// for the program that the supervisor itself is; `restart` is 1 where the card has been running before. What else is said there is for programs to come. Programs of other versions read and write
/// this: it is never changed, only added to.
struct FirmwareHandover: Sendable {
    let version: FirmwareVersion
    /// Nil: the supervisor's own program.
    let slot: FirmwareSlots.Slot?
    let isOnTrial: Bool
    /// The card has been running before, under this supervisor or as it.
    let isRestart: Bool
    /// Why it is not a newer one.
    let fallback: String?
    let supervisor: pid_t
    /// Where health is told.
    let health: CInt

    static let name = "NVFLEET_FIRMWARE"
    static let fallbackName = "NVFLEET_FIRMWARE_FALLBACK"
    static let healthy = "healthy\n"

    /// What this process has been told; nil if no supervisor has started it. Takes the health descriptor over.
    static func received() -> FirmwareHandover? {
        guard let text = getenv(name),
            let handover = FirmwareHandover(String(cString: text), fallback: getenv(fallbackName).map { String(cString: $0) }),
            handover.supervisor == getppid(), fcntl(handover.health, F_SETFD, FD_CLOEXEC) == 0
        else { return nil }
        return handover
    }

    init(
        version: FirmwareVersion, slot: FirmwareSlots.Slot?, isOnTrial: Bool, isRestart: Bool, fallback: String?, supervisor: pid_t,
        health: CInt
    ) {
        self.version = version
        self.slot = slot
        self.isOnTrial = isOnTrial
        self.isRestart = isRestart
        self.fallback = fallback
        self.supervisor = supervisor
        self.health = health
    }

    /// Nil where the text is none of a supervisor's.
    init?(_ text: String, fallback: String?) {
        var fields: [Substring: Substring] = [:]
        for field in text.split(separator: " ") {
            let parts = field.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { fields[parts[0]] = parts[1] }
        }
        guard let version = fields["version"].flatMap({ FirmwareVersion(String($0)) }),
            let supervisor = fields["supervisor"].flatMap({ pid_t($0) }), supervisor > 0,
            let health = fields["health"].flatMap({ CInt($0) }), health > STDERR_FILENO
        else { return nil }
        self.init(
            version: version, slot: fields["slot"].flatMap { FirmwareSlots.Slot(rawValue: String($0)) }, isOnTrial: fields["trial"] == "1",
            isRestart: fields["restart"] == "1",
            fallback: fallback.flatMap { $0.isEmpty ? nil : $0 }, supervisor: supervisor, health: health)
    }

    /// As `NAME=value`.
    var variables: [String] {
        let words = [
            "supervisor=\(supervisor)", "health=\(health)", "version=\(version)", "slot=\(slot?.rawValue ?? "-")",
            "trial=\(isOnTrial ? 1 : 0)", "restart=\(isRestart ? 1 : 0)",
        ]
        let fallback = (fallback ?? "").replacing("\n", with: " ").replacing("\0", with: " ")
        return ["\(Self.name)=\(words.joined(separator: " "))", "\(Self.fallbackName)=\(fallback)"]
    }

    /// Tells the supervisor that all services answer.
    func reportHealthy() {
        _ = Self.healthy.withCString { write(health, $0, strlen($0)) }
    }
}
