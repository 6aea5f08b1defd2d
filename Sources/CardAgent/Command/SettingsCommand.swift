import ArgumentParser
import NetVision
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `CardAgent settings`: the settings document, without a card.
struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "The settings of a card: prints, checks and lists them.",
        subcommands: [SettingsExportCommand.self, SettingsCheckCommand.self, SettingsListCommand.self])
}

/// `CardAgent settings export`: what a card would send.
struct SettingsExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Prints the settings document of a state directory; its secrets stay sealed.")

    @Option(help: ArgumentHelp("The card's state directory.", valueName: "dir"))
    var state: String

    func run() async throws {
        try await CommandExit.explaining("CardAgent settings export") {
            let secrets = try SecretVault.existing(in: state).secrets
            let contents = try SettingsFileStore(directory: state).contents(into: CardSettings(), secrets: secrets)
            guard let contents, let mac = contents.reading.mac else {
                throw StateDirectoryError(path: "\(state)/settings.conf", reason: "holds no card's settings")
            }
            print(SettingsDocument.text(contents.reading.values, mac: mac, secrets: secrets, kept: contents.reading.kept), terminator: "")
        }
    }
}

/// `CardAgent settings check`: what a card would say to a document.
struct SettingsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a settings document; tells each bad line, with its number and what is wrong.",
        discussion: "Sealed secrets are looked into with --state only. Exit codes: 0 nothing is wrong; 1 something is.")

    @Argument(help: ArgumentHelp("The document.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The state directory of the card that has sealed the secrets.", valueName: "dir"))
    var state: String?

    func run() async throws {
        try await CommandExit.explaining("CardAgent settings check") {
            let vault = try state.map { directory throws(StateDirectoryError) in try SecretVault.existing(in: directory) }
            guard let octets = try StateFile.octets(file) else { throw StateDirectoryError(path: file, errno: ENOENT) }
            let reading = Self.reading(of: octets, vault)
            reading.notes.forEach { print("note: \($0)") }
            reading.bad.forEach { print("line \($0.number): \($0.reason)") }
            let isDamaged = SettingsFile.condition(of: octets) == .damaged
            if isDamaged { print("The checksum at the end is wrong: take that line out of a document that was edited.") }
            guard reading.bad.isEmpty, !isDamaged else { throw ExitCode(1) }
        }
    }

    /// As the card of the document would read it, or any card where it names none. Without its key sealed secrets are taken unseen, and what
    /// they would have to fit is not looked at.
    private static func reading(of octets: [UInt8], _ vault: SecretVault?) -> SettingsDocument.Reading {
        let hasUnseen = Mutex(false)
        let unseen = SettingsDocument.Secrets(
            seal: { _, _ in "" },
            open: { _, _ in
                hasUnseen.withLock { $0 = true }
                return Array("unseen".utf8)
            })
        let card = SettingsDocument.mac(in: String(decoding: octets, as: UTF8.self)) ?? .any
        let read = { (origin: SettingsDocument.Origin) in
            SettingsDocument.read(octets, into: SettingsValues(), as: origin, secrets: vault?.secrets ?? unseen)
        }
        let own = read(.own)
        return hasUnseen.withLock { $0 } ? own : read(.upload(to: card))
    }
}

/// `CardAgent settings list`: every setting that there is.
struct SettingsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists every setting, with its values and its default.")

    @Flag(help: "As the page docs/settings.md.")
    var markdown = false

    func run() async throws { print(markdown ? SettingsReference.markdown : SettingsReference.plain, terminator: "") }
}
