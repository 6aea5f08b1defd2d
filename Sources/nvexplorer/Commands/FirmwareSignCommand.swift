import ArgumentParser
import NetVision

/// `nvexplorer firmware sign`
struct FirmwareSignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign an image, in place.", discussion: "An earlier signature is replaced.")

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("The secret key, made by keygen.", valueName: "key"))
    var key: String

    @Argument(help: "The image, made by pack.")
    var file: String

    func run() async throws {
        guard let key = FirmwarePrivateKey(text: try await LocalFile.readText(key)) else {
            throw CommandFailure(.failed, "\(key) is no signing key. Make one with nvexplorer firmware keygen --out KEY.")
        }
        let bytes = try await LocalFile.read(file, limit: FirmwareImage.maximumLength)
        let image: FirmwareImage
        do throws(FirmwareFormatError) {
            image = try FirmwareImage(decoding: bytes)
        } catch {
            throw CommandFailure(.failed, "\(file) can't be signed: \(error).")
        }
        let signed = try image.signed(with: key)
        do throws(FirmwareImage.Refusal) {
            try signed.verifySignature(trustedKeys: [key.publicKey])
        } catch {
            throw CommandFailure(.failed, "\(file) is not signed: \(error).")
        }
        try await LocalFile.write(signed.encoded, to: file)
        try options.output.show(FirmwareDescription(signed.encoded, trusting: [key.publicKey])) {
            ["\(file) is signed with key \(key.publicKey.id)."]
        }
    }
}
