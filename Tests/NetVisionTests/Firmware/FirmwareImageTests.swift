import NIOCore
import Testing

@testable import NetVision

struct FirmwareImageTests {
    private let key = FirmwarePrivateKey()

    private func version(_ text: String) throws -> FirmwareVersion { try #require(FirmwareVersion(text)) }

    private func contents(_ payload: String = "payload") throws -> FirmwareImage.Contents {
        FirmwareImage.Contents(
            product: "CardAgent", version: try version("8.41"), minimumVersion: try version("8.00"), hardware: ["NV8", "NV7"],
            payload: ByteBuffer(string: payload))
    }

    private func target(product: String = "CardAgent", hardware: String = "NV8", version: String = "8.40") throws -> FirmwareImage.Target {
        FirmwareImage.Target(
            product: product, hardware: hardware, version: try self.version(version), trustedKeys: [key.publicKey])
    }

    /// The layout of FirmwareHeader's diagram, byte by byte.
    @Test func packsToKnownBytes() throws {
        let image = try FirmwareImage(
            packing: FirmwareImage.Contents(product: "P", version: try version("1.2"), hardware: ["H"], payload: ByteBuffer(string: "abc")))
        let hash: [UInt8] = [
            0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22, 0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96,
            0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD,
        ]
        var expected: [UInt8] = Array("NVFW".utf8) + [1, 0, 0, 126]
        expected += [1] + Array("P".utf8) + [3] + Array("1.2".utf8) + [0] + [1, 1] + Array("H".utf8)
        expected += [0, 0, 0, 3] + hash + [UInt8](repeating: 0, count: 72) + Array("abc".utf8)
        #expect(Array(image.encoded.readableBytesView) == expected)
        #expect(try FirmwareImage(decoding: ByteBuffer(bytes: expected)).header == image.header)
    }

    @Test func aSignedImageIsTaken() throws {
        let image = try FirmwareImage(packing: contents()).signed(with: key)
        let opened = try FirmwareImage(decoding: image.encoded)
        #expect(opened.header == image.header)
        #expect(opened.payload == image.payload)
        try opened.verify(for: target())
    }

    @Test func everyRefusalHasItsReason() throws {
        let unsigned = try FirmwareImage(packing: contents())
        let image = try unsigned.signed(with: key)
        #expect(throws: FirmwareImage.Refusal.notSigned) { try unsigned.verify(for: target()) }
        let other = FirmwarePrivateKey()
        #expect(throws: FirmwareImage.Refusal.untrustedKey(other.publicKey.id)) { try unsigned.signed(with: other).verify(for: target()) }
        #expect(throws: FirmwareImage.Refusal.wrongProduct("CardAgent", card: "jnc")) { try image.verify(for: target(product: "jnc")) }
        #expect(throws: FirmwareImage.Refusal.wrongHardware(["NV8", "NV7"], card: "NV5")) { try image.verify(for: target(hardware: "NV5")) }
        #expect(throws: FirmwareImage.Refusal.upgradeFromTooOld(card: try version("7.40"), minimum: try version("8.00"))) {
            try image.verify(for: target(version: "7.40"))
        }
    }

    @Test func aChangedPayloadHasTheWrongHash() throws {
        var bytes = try FirmwareImage(packing: contents()).signed(with: key).encoded
        bytes.setInteger(UInt8(ascii: "P"), at: bytes.writerIndex - 7)
        let image = try FirmwareImage(decoding: bytes)
        #expect(throws: FirmwareImage.Refusal.wrongHash) { try image.verify(for: target()) }
    }

    /// No byte of a signed image can be changed, and no prefix of it passes: each fails to open or to verify, and none traps.
    @Test func noMutationOrPrefixOfASignedImageVerifies() throws {
        let bytes = Array(try FirmwareImage(packing: contents()).signed(with: key).encoded.readableBytesView)
        let target = try target()
        for index in bytes.indices {
            for mask in [1, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] ^= mask
                #expect(!isAccepted(changed, by: target), "byte \(index) ^ \(mask)")
            }
        }
        for length in bytes.indices { #expect(!isAccepted(Array(bytes.prefix(length)), by: target), "prefix \(length)") }
        #expect(!isAccepted(bytes + [0], by: target))
        #expect(isAccepted(bytes, by: target))
    }

    private func isAccepted(_ bytes: [UInt8], by target: FirmwareImage.Target) -> Bool {
        do {
            try FirmwareImage(decoding: ByteBuffer(bytes: bytes)).verify(for: target)
            return true
        } catch {
            return false
        }
    }

    @Test func tellsVendorImagesFromOurs() throws {
        #expect(FirmwareImage.isPresent(in: try FirmwareImage(packing: contents()).encoded))
        #expect(!FirmwareImage.isPresent(in: ByteBuffer(string: "PK\u{3}\u{4}")))
        #expect(!FirmwareImage.isPresent(in: ByteBuffer()))
    }

    @Test func refusesTextsThatDoNotFit() throws {
        var long = try contents()
        long.product = String(repeating: "x", count: 65)
        #expect(throws: FirmwareFormatError.malformed) { try FirmwareImage(packing: long) }
    }
}
