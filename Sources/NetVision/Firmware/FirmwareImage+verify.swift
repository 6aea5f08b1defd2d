import Crypto
import FoundationEssentials
import NIOCore

extension FirmwareImage {
    /// The card that an image is to run on.
    package struct Target: Sendable {
        package var product: String
        package var hardware: String
        /// What runs on it now.
        package var version: FirmwareVersion
        package var trustedKeys: [FirmwarePublicKey]

        package init(product: String, hardware: String, version: FirmwareVersion, trustedKeys: [FirmwarePublicKey]) {
            self.product = product
            self.hardware = hardware
            self.version = version
            self.trustedKeys = trustedKeys
        }
    }

    /// Why a card does not take an image. `description` is a sentence for an operator.
    package enum Refusal: Error, Equatable, Sendable, CustomStringConvertible {
        case format(FirmwareFormatError)
        case wrongHash
        case notSigned
        case untrustedKey(FirmwareKeyID)
        case wrongSignature
        case wrongProduct(String, card: String)
        case wrongHardware([String], card: String)
        /// The card's firmware is older than the image can be installed over.
        case upgradeFromTooOld(card: FirmwareVersion, minimum: FirmwareVersion)

        package var description: String {
            switch self {
            case .format(let error): "the image is refused: \(error)"
            case .wrongHash: "the image is damaged: its payload does not match its checksum"
            case .notSigned: "the image is not signed"
            case .untrustedKey(let id): "the image is signed with key \(id), which this card does not trust"
            case .wrongSignature: "the image's signature is wrong: it was changed after signing"
            case .wrongProduct(let product, let card): "the image is for \(product), and this card is a \(card)"
            case .wrongHardware(let list, let card): "the image is for hardware \(list.joined(separator: ", ")), and this card is \(card)"
            case .upgradeFromTooOld(let card, let minimum):
                "the image needs version \(minimum) or newer to start from, and this card has \(card)"
            }
        }
    }

    /// Throws the first reason for which the card must not run this image.
    package func verify(for target: Target) throws(Refusal) {
        try verifySignature(trustedKeys: target.trustedKeys)
        guard header.product == target.product else { throw .wrongProduct(header.product, card: target.product) }
        guard header.hardware.isEmpty || header.hardware.contains(target.hardware) else {
            throw .wrongHardware(header.hardware, card: target.hardware)
        }
        if let minimum = header.minimumVersion, target.version < minimum {
            throw .upgradeFromTooOld(card: target.version, minimum: minimum)
        }
    }

    /// Throws where the payload is damaged, or the image is not signed with a trusted key.
    package func verifySignature(trustedKeys: [FirmwarePublicKey]) throws(Refusal) {
        guard Self.hash(payload) == header.payloadHash else { throw .wrongHash }
        guard let signature = header.signature else { throw .notSigned }
        guard let key = trustedKeys.first(where: { $0.id == signature.keyID }) else { throw .untrustedKey(signature.keyID) }
        let message = Data(header.signedBytes(isSigned: true).readableBytesView)
        guard key.key.isValidSignature(Data(signature.bytes), for: message) else { throw .wrongSignature }
    }
}
