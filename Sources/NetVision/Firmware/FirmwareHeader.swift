import NIOCore

/// What stands before the payload of a CardAgent firmware image.
///
/// ```
///  0        4        5        6        8                 numbers big-endian
/// +--------+--------+--------+--------+
/// | "NVFW" | format | flags  | header |                   format 1; flags: bit 0 = signed; header: bytes before the payload
/// +--------+--------+--------+--------+
/// | length(1) product  | length(1) version | length(1) minimum version |
/// +--------------------+-------------------+---------------------------+
/// | count(1) | length(1) hardware | …                                  |
/// +----------+---------------------------------------------------------+
/// | payload length (4) | payload SHA-256 (32)                          |
/// +--------------------+-----------------------------------------------+
/// | signer key id (8)  | Ed25519 signature over all bytes above (64)   |     zeros where flags say that it is not signed
/// +--------------------+-----------------------------------------------+
/// | payload …
/// ```
///
/// Text is UTF-8 of 1 … 64 bytes (the minimum version may be empty). The payload ends the image: nothing may follow.
package struct FirmwareHeader: Equatable, Sendable {
    package let product: String
    package let version: FirmwareVersion
    /// The oldest version that may be upgraded from; nil where any may.
    package let minimumVersion: FirmwareVersion?
    /// The hardware it is for; empty for any.
    package let hardware: [String]
    /// In bytes.
    package let payloadLength: Int
    /// SHA-256 of the payload, 32 bytes.
    package let payloadHash: [UInt8]
    /// Nil where the image is not signed.
    package let signature: Signature?

    package struct Signature: Equatable, Sendable {
        package let keyID: FirmwareKeyID
        /// Ed25519, 64 bytes.
        package let bytes: [UInt8]
    }

    static let magic: [UInt8] = Array("NVFW".utf8)
    static let format: UInt8 = 1
    static let maximumImageLength = 256 << 20
    static let maximumTextLength = 64
    static let maximumHardwareCount = 32
    static let hashLength = 32
    static let signatureLength = 64
    private static let signedFlag: UInt8 = 1
    /// The bytes before the texts: magic, format, flags, header length.
    private static let fixedLength = 8
    private static let signatureBlockLength = FirmwareKeyID.length + signatureLength

    /// The bytes that the signature covers.
    func signedBytes(isSigned: Bool) -> ByteBuffer {
        var body = ByteBuffer()
        body.writeShortText(product)
        body.writeShortText(version.description)
        body.writeShortText(minimumVersion?.description ?? "")
        body.writeInteger(UInt8(truncatingIfNeeded: hardware.count))
        for name in hardware { body.writeShortText(name) }
        body.writeInteger(UInt32(truncatingIfNeeded: payloadLength))
        body.writeBytes(payloadHash)
        var bytes = ByteBuffer(bytes: Self.magic)
        bytes.writeMultipleIntegers(Self.format, isSigned ? Self.signedFlag : 0)
        bytes.writeInteger(UInt16(truncatingIfNeeded: Self.fixedLength + body.readableBytes + Self.signatureBlockLength))
        bytes.writeBuffer(&body)
        return bytes
    }

    func encoded() -> ByteBuffer {
        var bytes = signedBytes(isSigned: signature != nil)
        if let signature {
            bytes.writeBytes(signature.keyID.bytes)
            bytes.writeBytes(signature.bytes)
        } else {
            bytes.writeRepeatingByte(0, count: Self.signatureBlockLength)
        }
        return bytes
    }

    /// Reads the header and leaves `buffer` at the payload.
    static func decode(from buffer: inout ByteBuffer) throws(FirmwareFormatError) -> FirmwareHeader {
        let start = buffer.readerIndex
        guard buffer.readBytes(length: magic.count) == magic else { throw .notFirmware }
        guard let (format, flags, length) = buffer.readMultipleIntegers(as: (UInt8, UInt8, UInt16).self) else { throw .truncated }
        guard format == Self.format, flags & ~signedFlag == 0 else { throw .unknownFormat }
        let header = try decodeBody(from: &buffer, isSigned: flags & signedFlag != 0)
        guard buffer.readerIndex - start == Int(length) else { throw .malformed }
        return header
    }

    private static func decodeBody(from buffer: inout ByteBuffer, isSigned: Bool) throws(FirmwareFormatError) -> FirmwareHeader {
        let product = try buffer.readShortText()
        guard let version = FirmwareVersion(try buffer.readShortText()), !product.isEmpty else { throw .malformed }
        let minimum = try buffer.readShortText()
        let minimumVersion = FirmwareVersion(minimum)
        guard minimum.isEmpty || minimumVersion != nil else { throw .malformed }
        let hardware = try buffer.readHardware()
        guard let length = buffer.readInteger(as: UInt32.self), let hash = buffer.readBytes(length: hashLength),
            let keyID = buffer.readBytes(length: FirmwareKeyID.length), let signature = buffer.readBytes(length: signatureLength)
        else { throw .truncated }
        guard length <= UInt32(maximumImageLength) else { throw .malformed }
        return FirmwareHeader(
            product: product, version: version, minimumVersion: minimumVersion, hardware: hardware, payloadLength: Int(length),
            payloadHash: hash, signature: isSigned ? Signature(keyID: FirmwareKeyID(bytes: keyID), bytes: signature) : nil)
    }
}

/// Bytes that are no firmware image.
package enum FirmwareFormatError: String, Error, Sendable, CustomStringConvertible {
    case notFirmware = "it is not a CardAgent firmware image"
    case unknownFormat = "its format is newer than this program"
    case truncated = "it is cut off"
    case malformed = "its header is damaged"
    case tooLarge = "it is larger than 256 MiB"

    package var description: String { rawValue }
}

extension ByteBuffer {
    fileprivate mutating func writeShortText(_ text: String) {
        let bytes = text.utf8.prefix(FirmwareHeader.maximumTextLength)
        writeInteger(UInt8(truncatingIfNeeded: bytes.count))
        writeBytes(bytes)
    }

    fileprivate mutating func readShortText() throws(FirmwareFormatError) -> String {
        guard let length = readInteger(as: UInt8.self) else { throw .truncated }
        guard length <= FirmwareHeader.maximumTextLength else { throw .malformed }
        guard let bytes = readBytes(length: Int(length)) else { throw .truncated }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
        return text
    }

    fileprivate mutating func readHardware() throws(FirmwareFormatError) -> [String] {
        guard let count = readInteger(as: UInt8.self) else { throw .truncated }
        guard count <= FirmwareHeader.maximumHardwareCount else { throw .malformed }
        var names: [String] = []
        for _ in 0..<count { names.append(try readShortText()) }
        return names
    }
}
