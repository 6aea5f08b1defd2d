package import NIOCore

/// An image as an upgrade sees it: for which cards it is, and which version they will have.
package struct UpgradeImage: Sendable {
    package let name: String
    package let bytes: ByteBuffer
    /// Nil for a vendor's file, which tells nothing about itself.
    package let header: FirmwareHeader?

    /// - Parameter name: the file's name, without folders.
    ///
    /// Throws where the bytes begin like an image of ours and are none.
    package init(name: String, bytes: ByteBuffer) throws(FirmwareFormatError) {
        self.name = name
        self.bytes = bytes
        header = FirmwareImage.isPresent(in: bytes) ? try FirmwareImage(decoding: bytes).header : nil
    }

    package var version: String? { header?.version.description }

    /// Why the image is not for a card, in words; nil if it is.
    package func obstacle(for card: CardIdentity) -> String? {
        ImageFit(isForCardAgents: header != nil, version: version, minimumVersion: header?.minimumVersion?.description)
            .obstacle(for: card)
    }
}
