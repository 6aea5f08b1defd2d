import ArgumentParser
import NIOPosix
import NetVision

/// `nvexplorer firmware keygen`
struct FirmwareKeygenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen", abstract: "Make a signing key.",
        discussion: "KEY is the secret (readable by you only), KEY.pub what cards and servers trust.")

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Where the secret key goes; the public one is beside it, with .pub.", valueName: "key"))
    var out: String

    @Flag(help: "Replace existing keys. Images that are signed with them can't be checked any more.")
    var force = false

    private struct Report: Encodable {
        let key: String
        let publicKey: String
        let keyId: String
    }

    func run() async throws {
        let paths = [out, out + ".pub"]
        if force {
            for path in paths { try LocalFile.remove(path) }
        } else if let path = paths.first(where: LocalFile.exists) {
            throw CommandFailure(.failed, "\(path) exists already. Choose another name, or --force to replace it.")
        }
        let key = FirmwarePrivateKey()
        let problem = try await NIOThreadPool.singleton.runIfActive { [out] () -> String? in
            do {
                try key.write(to: out)
                return nil
            } catch {
                return "\(error)"
            }
        }
        if let problem { throw CommandFailure(.failed, "The key can't be written: \(problem).") }
        let report = Report(key: out, publicKey: out + ".pub", keyId: "\(key.publicKey.id)")
        try options.output.show(report) {
            ["Key \(report.keyId): \(out) signs; keep it secret.", "\(out).pub is for those who check: CardAgent --trust-key \(out).pub"]
        }
    }
}
