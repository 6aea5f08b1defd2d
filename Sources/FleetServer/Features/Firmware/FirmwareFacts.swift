import HTTPTypes
import NIOCore
import NetVision

/// What the library notes of an image.
struct FirmwareFacts: Sendable {
    let format: FirmwareRecord.Format
    var product: String?
    var version: String?
    var minimumVersion: String?
    var hardware: [String] = []
    var signature = FirmwareRecord.Signature.none
    var keyID: String?

    /// Reads what an image of our own format says of itself; of a vendor's file nothing but `givenVersion` is known.
    ///
    /// Throws a problem for an image of our format that no card would take.
    init(image bytes: ByteBuffer, givenVersion: String?, trustedKeys: [FirmwarePublicKey]) throws {
        guard FirmwareImage.isPresent(in: bytes) else {
            format = .vendor
            version = try Self.checked(givenVersion)
            return
        }
        let image: FirmwareImage
        do {
            image = try FirmwareImage(decoding: bytes)
        } catch {
            throw Problem(.unprocessableContent, "This is no usable CardAgent image: \(error).")
        }
        format = .cardAgent
        product = image.header.product
        version = image.header.version.description
        minimumVersion = image.header.minimumVersion?.description
        hardware = image.header.hardware
        keyID = image.header.signature?.keyID.description
        signature = try Self.signature(of: image, trustedKeys)
    }

    private static func signature(of image: FirmwareImage, _ trustedKeys: [FirmwarePublicKey]) throws -> FirmwareRecord.Signature {
        do {
            try image.verifySignature(trustedKeys: trustedKeys)
            return .trusted
        } catch {
            switch error {
            case .notSigned: return .none
            case .untrustedKey: return .signed
            case .wrongSignature: return .invalid
            default: throw Problem(.unprocessableContent, "This is no usable CardAgent image: \(error).")
            }
        }
    }

    private static func checked(_ version: String?) throws -> String? {
        guard let version, !version.isEmpty else { return nil }
        guard FirmwareVersion(version) != nil else {
            throw Problem.invalid("version", "A version is numbers with points between them, such as 8.01.")
        }
        return version
    }
}
