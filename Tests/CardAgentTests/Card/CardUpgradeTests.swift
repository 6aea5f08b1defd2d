import NIOCore
import NetVision
import SNMP
import TFTP
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct CardUpgradeTests {
    private let key = FirmwarePrivateKey()
    private static let agent: OID = "1.3.6.1.4.1.4555.1.1.7.1.1.5.0"

    @Test func aSignedImageIsInstalledAndTheCardComesBackWithIt() async throws {
        let image = try Images.image("8.41").signed(with: key).encoded
        try await withFarm(trustedKeys: [key.publicKey]) { farm async throws in
            #expect(try await farm.value(Self.agent)?.text == "Net Vision 8 v8.40")
            try await farm.unlock()
            #expect(try await eventually { try await farm.value(SystemObjects.uptime)?.number ?? 0 > 100 })
            try await push(image, to: farm)
            #expect(try await eventually { try await farm.isSilent() })
            #expect(try await eventually { try await farm.value(Self.agent)?.text == "Net Vision 8 v8.41" })
            let uptime = try #require(try await farm.value(SystemObjects.uptime)?.number)
            #expect(uptime < 100)
            #expect(farm.card.firmware.transfers == 1)
        }
    }

    @Test func aLockedCardTakesNothing() async throws {
        let image = try Images.image().signed(with: key).encoded
        try await withFarm(trustedKeys: [key.publicKey]) { farm async throws in
            let refusal = try await refusal(of: image, by: farm)
            #expect(refusal?.contains("locked") == true)
            #expect(farm.card.firmware.transfers == 0)
        }
    }

    /// What is wrong with an image, and a word of the reason that its sender is told.
    struct BadImage: Sendable, CustomStringConvertible {
        let description: String
        let word: String
        let make: @Sendable (FirmwarePrivateKey) throws -> ByteBuffer
    }

    static let badImages: [BadImage] = [
        BadImage(description: "not signed", word: "not signed") { _ in try Images.image().encoded },
        BadImage(description: "signed by a stranger", word: "does not trust") { _ in
            try Images.image().signed(with: FirmwarePrivateKey()).encoded
        },
        BadImage(description: "damaged", word: "checksum") { Images.damaged(try Images.image().signed(with: $0)) },
        BadImage(description: "for another product", word: "is for Toaster") {
            try Images.image(product: "Toaster").signed(with: $0).encoded
        },
        BadImage(description: "for other hardware", word: "hardware") { try Images.image(hardware: ["NV6"]).signed(with: $0).encoded },
        BadImage(description: "for newer cards", word: "needs version") {
            try Images.image("9.1", minimum: "9.0").signed(with: $0).encoded
        },
        BadImage(description: "cut off", word: "cut off") { key in
            var bytes = try Images.image().signed(with: key).encoded
            return bytes.readSlice(length: 5000) ?? bytes
        },
        BadImage(description: "no image at all", word: "not a CardAgent firmware image") { _ in ByteBuffer(string: "hello") },
        BadImage(description: "empty", word: "not a CardAgent firmware image") { _ in ByteBuffer() },
    ]

    @Test(arguments: badImages) func aBadImageIsRefusedAndTheOldVersionStays(_ bad: BadImage) async throws {
        let image = try bad.make(key)
        try await withFarm(trustedKeys: [key.publicKey]) { farm async throws in
            try await farm.unlock()
            let refusal = try await refusal(of: image, by: farm)
            #expect(refusal?.contains(bad.word) == true, "\(refusal ?? "accepted")")
            // What is no whole image does not count as one received.
            let isWhole = (try? FirmwareImage(decoding: image)) != nil
            #expect(farm.card.firmware.transfers == (isWhole ? 1 : 0))
            #expect(try await farm.value(Self.agent)?.text == "Net Vision 8 v8.40")
        }
    }

    @Test func onlyFirmwareFilesMayBeWritten() async throws {
        let image = try Images.image().signed(with: key).encoded
        try await withFarm(trustedKeys: [key.publicKey]) { farm async throws in
            try await farm.unlock()
            #expect(try await refusal(of: image, by: farm, name: "settings.txt")?.contains("*.bin") == true)
        }
    }

    @Test func nothingIsTakenWhileNetworkUpgradeIsDisabled() async throws {
        let image = try Images.image().signed(with: key).encoded
        try await withFarm(trustedKeys: [key.publicKey]) { farm async throws in
            try await farm.unlock()
            let status: OID = "1.3.6.1.4.1.4555.1.1.7.1.9.14.0"
            try await farm.manager.set([VariableBinding(status, .integer(2))], on: farm.target(community: "private"))
            #expect(try await refusal(of: image, by: farm)?.contains("Network Upgrade") == true)
        }
    }

    @Test func aTransferThatBreaksOffChangesNothing() async throws {
        let image = try Images.image().signed(with: key).encoded
        try await withFarm(trustedKeys: [key.publicKey]) { farm async throws in
            try await farm.unlock()
            farm.card.faults.set(.tftpStall(percent: 50))
            await #expect(throws: (any Error).self) { try await push(image, to: farm, patience: .milliseconds(600)) }
            #expect(farm.card.firmware.transfers == 0)
            #expect(try await farm.value(Self.agent)?.text == "Net Vision 8 v8.40")
        }
    }

    @Test func theFaultsOfAnUpgradeCanBeHad() async throws {
        let image = try Images.image().signed(with: key).encoded
        try await withFarm(trustedKeys: [key.publicKey]) { farm async throws in
            try await farm.unlock()
            farm.card.faults.set(.rejectImage)
            #expect(try await refusal(of: image, by: farm)?.contains("refused") == true)
            farm.card.faults.clear(.rejectImage)
            farm.card.faults.set(.oldVersion)
            // The card takes one transfer at a time, and the refused one may not be quite over.
            #expect(try await eventually { try await refusal(of: image, by: farm) == nil })
            #expect(try await eventually { try await farm.isSilent() })
            #expect(try await eventually { try await farm.value(Self.agent)?.text == "Net Vision 8 v8.40" })
        }
    }

    private func push(
        _ image: ByteBuffer, to farm: TestFarm, name: String = "card.bin", patience: Duration = .seconds(5)
    ) async throws {
        let address = try SocketAddress(ipAddress: farm.card.address, port: CardPort.tftp.number(farm.offset))
        try await TFTPClient().put(
            image, to: TFTPRemoteFile(name, at: address),
            timing: TransferTiming(timeout: .milliseconds(100), patience: TimeAmount(patience)))
    }

    /// The words of the refusal; nil if the image was taken.
    private func refusal(of image: ByteBuffer, by farm: TestFarm, name: String = "card.bin") async throws -> String? {
        do {
            try await push(image, to: farm, name: name)
            return nil
        } catch TFTPError.refused(_, let message) {
            return message
        }
    }
}
