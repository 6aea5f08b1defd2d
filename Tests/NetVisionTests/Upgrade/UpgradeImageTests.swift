import NIOCore
import Testing

@testable import NetVision

@Suite struct UpgradeImageTests {
    private func image(_ version: String, minimum: String? = nil) throws -> UpgradeImage {
        let contents = FirmwareImage.Contents(
            product: "CardAgent", version: try #require(FirmwareVersion(version)), minimumVersion: minimum.flatMap(FirmwareVersion.init),
            payload: ByteBuffer(string: "payload"))
        return try UpgradeImage(name: "a.bin", bytes: FirmwareImage(packing: contents).encoded)
    }

    private func card(_ generation: CardGeneration, _ firmware: String? = "8.40") -> CardIdentity {
        CardIdentity(generation: generation, firmware: firmware)
    }

    @Test func fitsAnOlderCardAgent() throws {
        let image = try image("8.41", minimum: "8.40")
        #expect(image.version == "8.41")
        #expect(image.obstacle(for: card(.cardAgent)) == nil)
        #expect(image.obstacle(for: card(.cardAgent, nil)) == nil)
    }

    @Test func isNotForACardThatRunsIt() throws {
        #expect(try image("8.40").obstacle(for: card(.cardAgent)) == "The card runs 8.40 already.")
    }

    @Test func isNotForACardThatIsTooOld() throws {
        let obstacle = try image("9.0", minimum: "8.41").obstacle(for: card(.cardAgent))
        #expect(obstacle == "The image upgrades from 8.41 or later; the card runs 8.40.")
    }

    @Test func eachKindOfImageIsForItsKindOfCard() throws {
        let vendor = try UpgradeImage(name: "nv8.bin", bytes: ByteBuffer(string: "whatever the vendor packs"))
        #expect(vendor.version == nil)
        #expect(vendor.obstacle(for: card(.netVision8)) == nil)
        #expect(vendor.obstacle(for: card(.cardAgent)) != nil)
        #expect(try image("8.41").obstacle(for: card(.netVision8)) != nil)
        #expect(vendor.obstacle(for: card(.rfc1628)) != nil)
    }

    @Test func damagedImageIsRefused() throws {
        let whole = try image("8.41").bytes
        let cut = try #require(whole.getSlice(at: 0, length: whole.readableBytes - 1))
        #expect(throws: FirmwareFormatError.truncated) { try UpgradeImage(name: "a.bin", bytes: cut) }
    }
}
