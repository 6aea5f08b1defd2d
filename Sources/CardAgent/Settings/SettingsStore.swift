import Logging
import NetVision
import Synchronization

/// A card's settings, in memory and in its `settings.conf`.
final class SettingsStore: Sendable {
    private struct State {
        var settings: CardSettings
        var revision = 0
    }

    private let mac: HardwareAddress
    private let vault: SecretVault
    private let path: String?
    private let logger: Logger
    private let state: Mutex<State>

    /// Reads the file; where there is none, or a line is no setting, the card's own defaults count.
    init(_ plan: CardPlan, logger: Logger) throws(StateDirectoryError) {
        mac = plan.mac
        vault = try plan.directory.map { directory throws(StateDirectoryError) in try SecretVault(directory: directory) } ?? SecretVault()
        path = plan.directory.map { "\($0)/settings.conf" }
        self.logger = logger
        var settings = CardSettings(factory: plan)
        var isKept = true
        if let path {
            let text = try StateFile.read(path) ?? ""
            for line in SettingsDocument.apply(text, to: &settings, vault: vault) {
                logger.warning("Line of the settings ignored", metadata: ["line": "\(line.number)", "reason": "\(line.reason)"])
            }
            // A new card's MAC address is made up once.
            isKept = SettingsDocument.mac(in: text) == mac
        }
        let found = settings
        if let reason = settings.preload(plan) { throw StateDirectoryError(path: path ?? "settings", reason: reason) }
        if let path, !isKept || settings != found {
            try StateFile.write(SettingsDocument.text(settings, mac: mac, vault: vault), to: path)
        }
        state = Mutex(State(settings: settings))
    }

    var settings: CardSettings { state.withLock { $0.settings } }

    /// Counts the changes.
    var revision: Int { state.withLock { $0.revision } }

    /// Makes a change, and returns when it will survive a power cut. False, and nothing has changed, if it can't be written.
    ///
    /// Writes a file of some kilobytes, on whatever thread it is called: changes are rare, and are answered when they are safe.
    func change(_ change: (inout CardSettings) -> Void) -> Bool {
        state.withLock { state in
            var settings = state.settings
            change(&settings)
            guard settings != state.settings else { return true }
            if let path {
                do throws(StateDirectoryError) {
                    try StateFile.write(SettingsDocument.text(settings, mac: mac, vault: vault), to: path)
                } catch {
                    logger.error("Settings not saved", metadata: ["error": "\(error)"])
                    return false
                }
            }
            state.settings = settings
            state.revision += 1
            return true
        }
    }
}
