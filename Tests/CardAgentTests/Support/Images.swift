import NIOCore
import NetVision

/// Firmware images for tests, of a payload that takes some blocks.
enum Images {
    static func image(
        _ version: String = "8.41", product: String = "CardAgent", hardware: [String] = [], minimum: String? = nil
    ) throws -> FirmwareImage {
        guard let version = FirmwareVersion(version) else { throw FirmwareFormatError.malformed }
        return try FirmwareImage(
            packing: .init(
                product: product, version: version, minimumVersion: minimum.flatMap { FirmwareVersion($0) }, hardware: hardware,
                payload: ByteBuffer(bytes: (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })))
    }

    /// The image with the last byte of its payload changed.
    static func damaged(_ image: FirmwareImage) -> ByteBuffer {
        var bytes = image.encoded
        let last = bytes.writerIndex - 1
        bytes.setInteger((bytes.getInteger(at: last, as: UInt8.self) ?? 0) ^ 1, at: last)
        return bytes
    }
}
