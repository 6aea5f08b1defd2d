import Logging
import NetVision

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `settings.conf` of a state directory, and beside it `settings.conf.good`: the same once more, for the case that the first is damaged.
struct SettingsFileStore: Sendable {
    let path: String
    private var copyPath: String { path + ".good" }

    init(directory: String) { path = "\(directory)/settings.conf" }

    struct Contents {
        let reading: SettingsDocument.Reading
        let condition: SettingsFile.Condition
    }

    /// What the files hold, and they stay as they are; nil without a file.
    ///
    /// - Parameter settings: what counts where the file says nothing.
    func contents(into settings: CardSettings, secrets: SettingsDocument.Secrets) throws(StateDirectoryError) -> Contents? {
        guard let (octets, condition) = try octets() else { return nil }
        return Contents(
            reading: SettingsDocument.read(octets, into: settings.values, as: .own, secrets: secrets), condition: condition)
    }

    /// What the files hold for a card that starts: it tells of bad lines, and puts a damaged file aside.
    func read(
        into settings: CardSettings, secrets: SettingsDocument.Secrets, logger: Logger
    ) throws(StateDirectoryError) -> Contents? {
        guard let contents = try contents(into: settings, secrets: secrets) else { return nil }
        if contents.condition == .damaged { keepDamaged() }
        for line in contents.reading.bad {
            logger.warning("Line of the settings ignored", metadata: ["line": "\(line.number)", "reason": "\(line.reason)"])
        }
        return contents
    }

    /// A damaged file is kept for whoever wants to look at it. It stays where it is, too, until it is written anew: a card without a file
    /// would be a new one.
    private func keepDamaged() {
        unlink(path + ".damaged")
        _ = link(path, path + ".damaged")
    }

    /// The MAC address that was kept; of damaged files without a copy that which can still be read.
    func mac() throws(StateDirectoryError) -> HardwareAddress? {
        guard let counting = try octets()?.octets else { return nil }
        let octets = counting.isEmpty ? try StateFile.octets(path) ?? [] : counting
        return SettingsDocument.mac(in: String(decoding: octets, as: UTF8.self))
    }

    /// Whether there is a copy that would do. After a power cut it may be anything, and the next start writes it again.
    func hasCopy() throws(StateDirectoryError) -> Bool {
        try StateFile.octets(copyPath).map { SettingsFile.condition(of: $0) == .intact } ?? false
    }

    /// What counts of both files: the first, or the copy if the first is damaged, or nothing if both are.
    private func octets() throws(StateDirectoryError) -> (octets: [UInt8], condition: SettingsFile.Condition)? {
        guard let octets = try StateFile.octets(path) else { return nil }
        let condition = SettingsFile.condition(of: octets)
        guard condition == .damaged else { return (octets, condition) }
        guard let copy = try StateFile.octets(copyPath), SettingsFile.condition(of: copy) == .intact else { return ([], .damaged) }
        return (copy, .damaged)
    }

    /// - Parameter document: as others would get it.
    func write(_ document: String, logger: Logger) throws(StateDirectoryError) {
        let text = SettingsFile.sealed(document)
        try StateFile.write(text, to: path)
        do throws(StateDirectoryError) {
            // Its time comes when the file that is safe now is damaged.
            try StateFile.write(text, to: copyPath, isDurable: false)
        } catch {
            // The settings are safe; only their copy is old.
            logger.warning("Copy of the settings not saved", metadata: ["error": "\(error)"])
        }
    }
}
