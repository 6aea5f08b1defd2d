import Glibc
import NIOCore

extension FirmwareSlots {
    /// The payload of a slot's image as a program that can be started: `CardAgent-a` beside the slots, for its owner alone. `image` is verified.
    ///
    /// It is written where it isn't there already, octet for octet: a full disk does not stop a firmware that has been started before.
    package func program(of image: FirmwareImage, in slot: Slot) throws -> String {
        let path = "\(directory)/\(image.header.product)-\(slot.rawValue)"
        if !isWhole(path, image) { try DurableFile.replace(path, image.payload, mode: Self.programMode) }
        guard chmod(path, Self.programMode) == 0 else { throw DurableFile.Failure(call: "chmod", path: path, code: errno) }
        return path
    }

    private static var programMode: mode_t { 0o700 }

    private func isWhole(_ path: String, _ image: FirmwareImage) -> Bool {
        guard let bytes = try? DurableFile.read(path, limit: image.header.payloadLength + 1),
            bytes.readableBytes == image.header.payloadLength
        else { return false }
        return FirmwareImage.hash(bytes) == image.header.payloadHash
    }
}
