import Crypto
import FoundationEssentials
package import NIOCore

/// A CardAgent firmware image (`.bin`): header and payload.
///
/// Opening one checks its form only. Whether a card may run it is for `verify` to say.
package struct FirmwareImage: Sendable {
    package let header: FirmwareHeader
    package let payload: ByteBuffer

    /// Largest image, in bytes.
    package static let maximumLength = FirmwareHeader.maximumImageLength

    /// What is packed.
    package struct Contents: Sendable {
        package var product: String
        package var version: FirmwareVersion
        package var minimumVersion: FirmwareVersion?
        package var hardware: [String]
        package var payload: ByteBuffer

        package init(
            product: String, version: FirmwareVersion, minimumVersion: FirmwareVersion? = nil, hardware: [String] = [], payload: ByteBuffer
        ) {
            self.product = product
            self.version = version
            self.minimumVersion = minimumVersion
            self.hardware = hardware
            self.payload = payload
        }
    }

    /// Packs an unsigned image. Throws where a text is empty or longer than 64 bytes, or the whole is above 256 MiB.
    package init(packing contents: Contents) throws(FirmwareFormatError) {
        let texts = [contents.product] + contents.hardware
        guard texts.allSatisfy({ (1...FirmwareHeader.maximumTextLength).contains($0.utf8.count) }),
            contents.hardware.count <= FirmwareHeader.maximumHardwareCount
        else { throw .malformed }
        header = FirmwareHeader(
            product: contents.product, version: contents.version, minimumVersion: contents.minimumVersion, hardware: contents.hardware,
            payloadLength: contents.payload.readableBytes, payloadHash: Self.hash(contents.payload), signature: nil)
        payload = contents.payload
        guard header.encoded().readableBytes + payload.readableBytes <= Self.maximumLength else { throw .tooLarge }
    }

    /// Opens the bytes of an image.
    package init(decoding bytes: ByteBuffer) throws(FirmwareFormatError) {
        guard bytes.readableBytes <= Self.maximumLength else { throw .tooLarge }
        var bytes = bytes
        header = try FirmwareHeader.decode(from: &bytes)
        guard bytes.readableBytes >= header.payloadLength else { throw .truncated }
        guard bytes.readableBytes == header.payloadLength else { throw .malformed }
        payload = bytes
    }

    private init(header: FirmwareHeader, payload: ByteBuffer) {
        self.header = header
        self.payload = payload
    }

    /// True when the bytes claim to be a CardAgent image. Everything else is a vendor's, which is stored and sent as it is.
    package static func isPresent(in bytes: ByteBuffer) -> Bool {
        bytes.getBytes(at: bytes.readerIndex, length: FirmwareHeader.magic.count) == FirmwareHeader.magic
    }

    package var encoded: ByteBuffer {
        var bytes = header.encoded()
        bytes.writeImmutableBuffer(payload)
        return bytes
    }

    /// The same image, signed; an earlier signature is replaced.
    package func signed(with key: FirmwarePrivateKey) throws -> FirmwareImage {
        let message = Data(header.signedBytes(isSigned: true).readableBytesView)
        let signature = FirmwareHeader.Signature(keyID: key.publicKey.id, bytes: Array(try key.key.signature(for: message)))
        let header = FirmwareHeader(
            product: header.product, version: header.version, minimumVersion: header.minimumVersion, hardware: header.hardware,
            payloadLength: header.payloadLength, payloadHash: header.payloadHash, signature: signature)
        return FirmwareImage(header: header, payload: payload)
    }

    static func hash(_ bytes: ByteBuffer) -> [UInt8] {
        var hasher = SHA256()
        bytes.withUnsafeReadableBytes { hasher.update(bufferPointer: $0) }
        return Array(hasher.finalize())
    }
}

/// A firmware file of the card's vendor: bytes that only the card understands.
package struct VendorImage: Sendable {
    package let bytes: ByteBuffer

    package init(_ bytes: ByteBuffer) {
        self.bytes = bytes
    }

    /// SHA-256 of the file, 32 bytes.
    package var hash: [UInt8] { FirmwareImage.hash(bytes) }
}
