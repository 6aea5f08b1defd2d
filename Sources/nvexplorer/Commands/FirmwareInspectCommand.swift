import ArgumentParser
import NIOCore
import NetVision

/// `nvexplorer firmware inspect`
struct FirmwareInspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Say what is in an image, and whether it is whole.",
        discussion: "With --trust-key the exit code is 0 only if the image is signed with one of the keys.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The image.")
    var file: String

    @Option(help: ArgumentHelp("A public key to trust (repeatable).", valueName: "key.pub"))
    var trustKey: [String] = []

    func run() async throws {
        var keys: [FirmwarePublicKey] = []
        for path in trustKey {
            guard let key = FirmwarePublicKey(text: try await LocalFile.readText(path)) else {
                throw CommandFailure(.failed, "\(path) is no public key; keygen writes it to KEY.pub.")
            }
            keys.append(key)
        }
        let description = FirmwareDescription(try await LocalFile.read(file, limit: FirmwareImage.maximumLength), trusting: keys)
        try options.output.show(description) { description.lines }
        if let problem = description.problem { throw CommandFailure(.failed, "\(file): \(problem)") }
        if !trustKey.isEmpty, description.signature != .trusted {
            throw CommandFailure(.failed, "\(file) is not signed with a key that you trust.")
        }
    }
}

/// What an image says about itself, with the names of the API.
struct FirmwareDescription: Encodable, Sendable {
    enum Format: String, Encodable, Sendable { case cardAgent = "CardAgent", vendor }
    enum Signature: String, Encodable, Sendable { case none, signed, trusted, invalid }

    let format: Format
    @Nullable private(set) var product: String? = nil
    @Nullable private(set) var version: String? = nil
    @Nullable private(set) var minimumVersion: String? = nil
    private(set) var hardware: [String] = []
    /// Bytes, and SHA-256, of the whole file.
    let size: Int
    let sha256: String
    @Nullable private(set) var payloadSize: Int? = nil
    @Nullable private(set) var payloadSha256: String? = nil
    private(set) var signature = Signature.none
    @Nullable private(set) var keyId: String? = nil
    /// What is wrong with it, in words.
    @Nullable private(set) var problem: String? = nil

    init(_ bytes: ByteBuffer, trusting keys: [FirmwarePublicKey]) {
        size = bytes.readableBytes
        sha256 = Self.hex(VendorImage(bytes).hash)
        guard FirmwareImage.isPresent(in: bytes) else {
            format = .vendor
            return
        }
        format = .cardAgent
        do throws(FirmwareFormatError) {
            describe(try FirmwareImage(decoding: bytes), keys)
        } catch {
            problem = "the image can't be used: \(error)"
        }
    }

    private mutating func describe(_ image: FirmwareImage, _ keys: [FirmwarePublicKey]) {
        product = image.header.product
        version = image.header.version.description
        minimumVersion = image.header.minimumVersion?.description
        hardware = image.header.hardware
        payloadSize = image.header.payloadLength
        payloadSha256 = Self.hex(image.header.payloadHash)
        keyId = image.header.signature?.keyID.description
        do throws(FirmwareImage.Refusal) {
            try image.verifySignature(trustedKeys: keys)
            signature = .trusted
        } catch {
            switch error {
            case .notSigned: signature = .none
            case .untrustedKey: signature = .signed
            case .format, .wrongHash, .wrongSignature, .wrongProduct, .wrongHardware, .upgradeFromTooOld:
                signature = keyId == nil ? .none : .invalid
                problem = error.description
            }
        }
    }

    var lines: [String] {
        guard format == .cardAgent else {
            return ["A vendor's file, stored and sent as it is: \(size) bytes", "SHA-256    \(sha256)"]
        }
        let signed = keyId.map { " (key \($0))" } ?? ""
        let rows: [(String, String?)] = [
            ("Product", product), ("Version", version), ("Upgrades", minimumVersion.map { "from \($0) or later" } ?? "from any version"),
            ("Hardware", hardware.isEmpty ? "any" : hardware.joined(separator: ", ")), ("Size", "\(size) bytes"), ("SHA-256", sha256),
            ("Payload", payloadSize.map { "\($0) bytes" }), ("Signature", Self.words(signature) + signed),
        ]
        return rows.compactMap { name, value in value.map { Table.fit(name, 9) + "  " + $0 } }
    }

    private static func words(_ signature: Signature) -> String {
        switch signature {
        case .none: "none"
        case .signed: "present, but its key was not given by --trust-key: not checked"
        case .trusted: "right"
        case .invalid: "wrong"
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
