import Foundation
import NIOCore
import Testing

@testable import NetVision

struct FirmwareSlotsTests {
    private let key = FirmwarePrivateKey()

    private func image(_ version: String) throws -> FirmwareImage {
        try FirmwareImage(
            packing: FirmwareImage.Contents(
                product: "CardAgent", version: try #require(FirmwareVersion(version)), payload: ByteBuffer(string: "v\(version)"))
        ).signed(with: key)
    }

    private func target() throws -> FirmwareImage.Target {
        FirmwareImage.Target(
            product: "CardAgent", hardware: "NV8", version: try #require(FirmwareVersion("8.40")), trustedKeys: [key.publicKey])
    }

    /// Runs `body` with slots in a directory of their own.
    private func withSlots(_ body: (FirmwareSlots, String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(FirmwareSlots(directory: directory), directory)
    }

    private func version(_ boot: FirmwareSlots.Boot) -> String? { boot.image?.header.version.description }
    private var keys: [FirmwarePublicKey] { [key.publicKey] }

    @Test func aNewCardRunsWhatItWasBuiltWith() throws {
        try withSlots { slots, _ in
            let boot = try slots.boot(trustedKeys: keys)
            #expect(boot.image == nil)
            #expect(boot.fallback == nil)
        }
    }

    @Test func anInstalledImageIsTriedThenConfirmed() throws {
        try withSlots { slots, _ in
            try slots.install(image("8.41"), for: target())
            let trial = try slots.boot(trustedKeys: keys)
            #expect(version(trial) == "8.41")
            #expect(trial.isOnTrial)
            try slots.confirm()
            let boot = try slots.boot(trustedKeys: keys)
            #expect(version(boot) == "8.41")
            #expect(!boot.isOnTrial)
        }
    }

    @Test func anUnconfirmedImageFallsBack() throws {
        try withSlots { slots, _ in
            try slots.install(image("8.41"), for: target())
            _ = try slots.boot(trustedKeys: keys)
            try slots.confirm()
            try slots.install(image("8.42"), for: target())
            #expect(version(try slots.boot(trustedKeys: keys)) == "8.42")
            let boot = try slots.boot(trustedKeys: keys)
            #expect(version(boot) == "8.41")
            #expect(boot.fallback == "the new firmware did not come up healthy")
            #expect(version(try slots.boot(trustedKeys: keys)) == "8.41")
        }
    }

    @Test func aDamagedSlotIsNotBooted() throws {
        try withSlots { slots, directory in
            try slots.install(image("8.41"), for: target())
            _ = try slots.boot(trustedKeys: keys)
            try slots.confirm()
            try slots.install(image("8.42"), for: target())
            var bytes = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/slot-b.bin"))
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: URL(fileURLWithPath: "\(directory)/slot-b.bin"))
            let boot = try slots.boot(trustedKeys: keys)
            #expect(version(boot) == "8.41")
            #expect(boot.fallback == FirmwareImage.Refusal.wrongHash.description)
        }
    }

    @Test func aKeyThatIsNoLongerTrustedDoesNotBoot() throws {
        try withSlots { slots, _ in
            try slots.install(image("8.41"), for: target())
            let boot = try slots.boot(trustedKeys: [])
            #expect(boot.image == nil)
            #expect(boot.fallback != nil)
        }
    }

    @Test func aRefusedImageChangesNothing() throws {
        try withSlots { slots, directory in
            var other = try target()
            other.product = "jnc"
            #expect(throws: FirmwareSlots.InstallError.refused(.wrongProduct("CardAgent", card: "jnc"))) {
                try slots.install(image("8.41"), for: other)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test func nothingIsInstalledOverATrial() throws {
        try withSlots { slots, _ in
            try slots.install(image("8.41"), for: target())
            _ = try slots.boot(trustedKeys: keys)
            #expect(throws: FirmwareSlots.InstallError.onTrial) { try slots.install(image("8.42"), for: target()) }
        }
    }

    /// What a power cut can leave behind: any state of the files between two of install's steps.
    @Test func aPowerCutAtAnyStepLeavesABootableCard() throws {
        try withSlots { slots, directory in
            try slots.install(image("8.41"), for: target())
            _ = try slots.boot(trustedKeys: keys)
            try slots.confirm()
            let whole = Data(try image("8.42").encoded.readableBytesView)
            // Cut while the slot's temporary file is written, before and after its renaming, and while the manifest's is.
            for length in [0, 1, whole.count / 2, whole.count] {
                try whole.prefix(length).write(to: URL(fileURLWithPath: "\(directory)/slot-b.bin.new"))
                #expect(version(try slots.boot(trustedKeys: keys)) == "8.41")
            }
            try whole.write(to: URL(fileURLWithPath: "\(directory)/slot-b.bin"))
            #expect(version(try slots.boot(trustedKeys: keys)) == "8.41")
            try Data("nvfleet-firm".utf8).write(to: URL(fileURLWithPath: "\(directory)/manifest.new"))
            #expect(version(try slots.boot(trustedKeys: keys)) == "8.41")
        }
    }

    @Test func slotsHoldFirmwareFromTheFirstInstallationOn() throws {
        try withSlots { slots, _ in
            #expect(try !slots.holdFirmware)
            try slots.install(image("8.41"), for: target())
            #expect(try slots.holdFirmware)
            // The only one does not come up: there is nothing left to boot.
            _ = try slots.boot(trustedKeys: keys)
            #expect(try slots.boot(trustedKeys: keys).slot == nil)
            #expect(try !slots.holdFirmware)
        }
    }

    @Test func aSlotThatDoesNotRunIsLeftOut() throws {
        try withSlots { slots, _ in
            for version in ["8.41", "8.42"] {
                try slots.install(image(version), for: target())
                _ = try slots.boot(trustedKeys: keys)
                try slots.confirm()
            }
            #expect(try slots.boot(trustedKeys: keys).slot == .b)
            let other = try slots.boot(trustedKeys: keys, excluding: [.b])
            #expect(other.slot == .a)
            #expect(version(other) == "8.41")
            #expect(try slots.boot(trustedKeys: keys, excluding: [.a, .b]).image == nil)
        }
    }

    @Test func aProgramIsWrittenForItsOwnerAndOnlyIfItIsNotThere() throws {
        try withSlots { slots, directory in
            let image = try image("8.41")
            let path = try slots.program(of: image, in: .a)
            #expect(path == "\(directory)/CardAgent-a")
            func contents() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
            #expect(try contents() == Data("v8.41".utf8))
            func attribute<Value>(_ key: FileAttributeKey) throws -> Value? {
                try FileManager.default.attributesOfItem(atPath: path)[key] as? Value
            }
            #expect(try attribute(.posixPermissions) == 0o700)
            let number: UInt64? = try attribute(.systemFileNumber)
            _ = try slots.program(of: image, in: .a)
            #expect(try attribute(.systemFileNumber) == number)
            // Somebody has changed it, or a power cut has.
            try Data("v8.4".utf8).write(to: URL(fileURLWithPath: path))
            _ = try slots.program(of: image, in: .a)
            #expect(try contents() == Data("v8.41".utf8))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            _ = try slots.program(of: image, in: .a)
            #expect(try attribute(.posixPermissions) == 0o700)
        }
    }

    @Test func theManifestReadsWhatItWrites() {
        let manifest = SlotManifest(active: .a, candidate: .b, isTrying: true)
        #expect(manifest.text == "nvfleet-firmware-slots 1\nactive a\ncandidate b\ntrying 1\n")
        #expect(SlotManifest(text: manifest.text) == manifest)
        for length in 0..<manifest.text.count { #expect(SlotManifest(text: String(manifest.text.prefix(length))) == nil) }
    }
}
