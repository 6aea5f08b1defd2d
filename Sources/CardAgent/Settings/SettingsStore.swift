import Logging
import NetVision
import Synchronization

/// A card's settings, in memory and in its `settings.conf`.
///
/// Changes come one after the other. A change is checked as a whole, is on the disk before it counts, and is told to whoever wants to know.
final class SettingsStore: Sendable {
    /// Why a change can't be: the settings that the card has now, and those that it is to have. Nil where it can.
    typealias Admission = @Sendable (_ old: CardSettings, _ new: CardSettings) -> String?

    private struct State {
        var settings: CardSettings
        var revision = 0
        /// Lines of a newer version's document, carried on.
        var kept: [SettingsDocument.KeptLine] = []
        var admit: Admission?
        var onNews: (@Sendable (SettingsNews) -> Void)?
        /// What nobody was there to hear yet.
        var news: [SettingsNews] = []
    }

    let mac: HardwareAddress
    private let plan: CardPlan
    private let secrets: SettingsDocument.Secrets
    private let file: SettingsFileStore?
    private let logger: Logger
    /// Held while a change is made: a change within a change would wait for itself.
    private let writing = Mutex<Void>(())
    private let state: Mutex<State>

    /// Reads the file; where there is none, or a line is no setting, the card's own defaults count.
    init(_ plan: CardPlan, logger: Logger) throws(StateDirectoryError) {
        mac = plan.mac
        self.plan = plan
        let vault =
            try plan.directory.map { directory throws(StateDirectoryError) in try SecretVault(directory: directory) } ?? SecretVault()
        let secrets = vault.secrets
        let file = plan.directory.map(SettingsFileStore.init(directory:))
        self.secrets = secrets
        self.file = file
        self.logger = logger
        var settings = CardSettings(factory: plan)
        let contents = try file?.read(into: settings, secrets: secrets, logger: logger)
        if let contents { settings.values = contents.reading.values }
        let kept = contents?.reading.kept ?? []
        let hasCopy = try file?.hasCopy() ?? false
        // A new card's MAC address is made up once, and a file of the card's own has a copy.
        let isKept =
            switch contents?.condition {
            case .intact: contents?.reading.mac == mac && hasCopy
            case .handWritten: contents?.reading.mac == mac
            case .damaged, nil: false
            }
        let found = settings
        if let reason = settings.preload(plan) { throw StateDirectoryError(path: file?.path ?? "settings", reason: reason) }
        if let file, !isKept || settings != found {
            try file.write(SettingsDocument.text(settings.values, mac: mac, secrets: secrets, kept: kept), logger: logger)
        }
        state = Mutex(State(settings: settings, kept: kept, news: contents?.condition == .damaged ? [.checksumError] : []))
    }

    var settings: CardSettings { state.withLock { $0.settings } }

    /// Counts the changes.
    var revision: Int { state.withLock { $0.revision } }

    /// Asked before a change counts: a port that can't be had, say. Reads settings as it likes, and changes none.
    var admit: Admission? {
        get { state.withLock { $0.admit } }
        set { state.withLock { $0.admit = newValue } }
    }

    /// Hears what becomes of the settings, from now on and since the start.
    func listen(_ onNews: @escaping @Sendable (SettingsNews) -> Void) {
        let missed = state.withLock { state in
            state.onNews = onNews
            defer { state.news = [] }
            return state.news
        }
        for news in missed { onNews(news) }
    }
}

// MARK: - Changes

extension SettingsStore {
    /// Makes a change, and returns when it will survive a power cut. If it throws, nothing has changed.
    ///
    /// Writes a file of some kilobytes, on whatever thread it is called: changes are rare, and are answered when they are safe.
    func change(
        by origin: ChangeOrigin, _ body: (inout CardSettings) throws(SettingsProblem) -> Void
    ) throws(SettingsRefusal) {
        let changed = try writing.withLock { _ throws(SettingsRefusal) in
            let old = settings
            var new = old
            do throws(SettingsProblem) { try body(&new) } catch { throw .invalid(error) }
            return try keep(new, insteadOf: old)
        }
        if !changed.isEmpty { tell(.changed(changed, origin)) }
    }

    enum ResetKind: String, Sendable, CaseIterable {
        /// The administrator has the first password again, and there are no other users.
        case accounts
        /// Everything is as when the card was first started; logs stay.
        case factory
    }

    func reset(_ kind: ResetKind, by origin: ChangeOrigin) throws(SettingsRefusal) {
        try writing.withLock { _ throws(SettingsRefusal) in
            let old = settings
            var new = old
            switch kind {
            case .accounts: new.resetAccounts()
            case .factory:
                new = CardSettings(factory: plan)
                _ = new.preload(plan)
            }
            _ = try keep(new, insteadOf: old, asking: kind == .accounts)
        }
        tell(.reset(kind, origin))
    }

    /// Keeps new settings, in memory and on the disk; returns which have changed.
    private func keep(
        _ settings: CardSettings, insteadOf old: CardSettings, asking: Bool = true
    ) throws(SettingsRefusal) -> [Setting] {
        let asked = settings.values.changedKeys(from: old.values)
        guard !asked.isEmpty else { return [] }
        var new = settings
        if asking {
            if let problem = new.values.problems(among: asked).first { throw .invalid(problem) }
            new.makeKeys()
            if let violation = SettingsRules.violations(of: new.values, since: old.values).first { throw .invalid(violation.problem) }
            if let reason = admit?(old, new) { throw .notAdmitted(reason) }
        }
        let changed = new.values.changedKeys(from: old.values)
        // A password that was set to what it is.
        guard !changed.isEmpty else { return [] }
        if let file {
            do throws(StateDirectoryError) {
                let kept = state.withLock { $0.kept }
                try file.write(SettingsDocument.text(new.values, mac: mac, secrets: secrets, kept: kept), logger: logger)
            } catch {
                logger.error("Settings not saved", metadata: ["error": "\(error)"])
                throw .notSaved("\(error)")
            }
        }
        let kept = new
        state.withLock { state in
            state.settings = kept
            state.revision += 1
        }
        return changed.map(\.setting)
    }

    private func tell(_ news: SettingsNews) {
        let onNews = state.withLock { state in
            if state.onNews == nil { state.news.append(news) }
            return state.onNews
        }
        onNews?(news)
    }
}

// MARK: - The document

extension SettingsStore {
    /// The document for others: without a checksum, with sealed secrets.
    func document() -> String { SettingsDocument.text(settings.values, mac: mac, secrets: secrets) }

    /// Takes in a document: its valid lines are one change, and each of the others is told.
    ///
    /// Throws where the change can't be kept; then no line counts.
    func upload(document: some Collection<UInt8>, by origin: ChangeOrigin) throws(SettingsRefusal) -> SettingsDocument.Reading {
        let (reading, changed) = try writing.withLock { _ throws(SettingsRefusal) in
            let old = settings
            let reading = SettingsDocument.read(document, into: old.values, as: .upload(to: mac), secrets: secrets)
            return (reading, try keep(CardSettings(reading.values), insteadOf: old))
        }
        tell(.uploaded(changed, errors: reading.bad.count, origin))
        return reading
    }
}

/// Why settings have not been changed.
enum SettingsRefusal: Error, Equatable, CustomStringConvertible {
    case invalid(SettingsProblem)
    /// The card can't do with it what it would have to.
    case notAdmitted(String)
    /// The disk is full, or broken.
    case notSaved(String)

    var description: String {
        switch self {
        case .invalid(let problem): "\(problem)"
        case .notAdmitted(let reason): reason
        case .notSaved(let reason): "could not be saved: \(reason)"
        }
    }
}
