import NIOCore

/// The two firmware slots of a card, A and B, in one directory.
///
/// ```
///            install            boot              confirm
///  active A ────────▶ pending B ────▶ trying B ───────────▶ active B
///      ▲                  │               │
///      └──── not good ────┘               └── booted again without confirm ──▶ active A
/// ```
///
/// The manifest is replaced in one step, after the slot it names is whole on disk: a power cut at any point leaves a card that boots what it
/// booted before. A slot is checked (hash and signature) each time it boots. Without any good slot the card runs what it was built with.
///
/// All functions block on the disk: call them off the cooperative pool, and one at a time.
package struct FirmwareSlots: Sendable {
    package enum Slot: String, Sendable {
        case a
        case b

        var other: Slot { self == .a ? .b : .a }
    }

    /// What runs after a boot.
    package struct Boot: Sendable {
        /// Nil where the card runs what it was built with.
        package let image: FirmwareImage?
        /// Where the image is; nil with it.
        package let slot: Slot?
        /// True until `confirm`: the next boot falls back.
        package let isOnTrial: Bool
        /// Why it is not the newer one, in a sentence for the event log.
        package let fallback: String?
    }

    package enum InstallError: Error, Equatable, Sendable, CustomStringConvertible {
        case refused(FirmwareImage.Refusal)
        /// The running firmware is on trial: there is no slot to spare.
        case onTrial

        package var description: String {
            switch self {
            case .refused(let refusal): refusal.description
            case .onTrial: "the running firmware is not confirmed yet"
            }
        }
    }

    let directory: String

    /// `directory` must exist.
    package init(directory: String) {
        self.directory = directory
    }

    /// Checks an image and writes it to the slot that does not run; the next `boot` tries it.
    package func install(_ image: FirmwareImage, for target: FirmwareImage.Target) throws {
        do throws(FirmwareImage.Refusal) { try image.verify(for: target) } catch { throw InstallError.refused(error) }
        var manifest = try readManifest() ?? SlotManifest()
        guard !manifest.isTrying else { throw InstallError.onTrial }
        let slot = manifest.active?.other ?? .a
        try DurableFile.replace(path(slot), image.encoded)
        manifest.candidate = slot
        try write(manifest)
    }

    /// Whether a boot would look for an image at all: one has been installed, to be tried or known to be good.
    package var holdFirmware: Bool {
        get throws { try readManifest().map { $0.active != nil || $0.candidate != nil } ?? false }
    }

    /// Chooses what runs, and notes it. `trustedKeys` are the card's at this moment.
    ///
    /// - Parameter excluded: slots whose program, though it is whole, has turned out not to run on this machine.
    package func boot(trustedKeys: [FirmwarePublicKey], excluding excluded: Set<Slot> = []) throws -> Boot {
        var manifest = try readManifest() ?? SlotManifest()
        var fallback: String?
        if let candidate = manifest.candidate {
            if manifest.isTrying {
                fallback = "the new firmware did not come up healthy"
                manifest.candidate = nil
                manifest.isTrying = false
            } else {
                switch load(candidate, trustedKeys: trustedKeys) {
                case .success(let image):
                    manifest.isTrying = true
                    try write(manifest)
                    return Boot(image: image, slot: candidate, isOnTrial: true, fallback: nil)
                case .failure(let refusal):
                    fallback = refusal.description
                    manifest.candidate = nil
                }
            }
            try write(manifest)
        }
        return bootActive(manifest, fallback: fallback, trustedKeys: trustedKeys, excluding: excluded)
    }

    /// The firmware that was tried is healthy: it is what boots from now on.
    package func confirm() throws {
        guard var manifest = try readManifest(), manifest.isTrying else { return }
        manifest.active = manifest.candidate
        manifest.candidate = nil
        manifest.isTrying = false
        try write(manifest)
    }

    private func bootActive(
        _ manifest: SlotManifest, fallback: String?, trustedKeys: [FirmwarePublicKey], excluding excluded: Set<Slot>
    ) -> Boot {
        var reasons = fallback.map { [$0] } ?? []
        let slots = manifest.active.map { [$0, $0.other] } ?? []
        for slot in slots where !excluded.contains(slot) {
            switch load(slot, trustedKeys: trustedKeys) {
            case .success(let image):
                return Boot(image: image, slot: slot, isOnTrial: false, fallback: Self.sentence(of: reasons))
            case .failure(let refusal):
                reasons.append("slot \(slot.rawValue.uppercased()): \(refusal)")
            }
        }
        return Boot(image: nil, slot: nil, isOnTrial: false, fallback: Self.sentence(of: reasons))
    }

    private static func sentence(of reasons: [String]) -> String? { reasons.isEmpty ? nil : reasons.joined(separator: "; ") }

    private func load(_ slot: Slot, trustedKeys: [FirmwarePublicKey]) -> Result<FirmwareImage, FirmwareImage.Refusal> {
        guard let bytes = try? DurableFile.read(path(slot), limit: FirmwareImage.maximumLength + 1) else {
            return .failure(.format(.truncated))
        }
        do throws(FirmwareFormatError) {
            let image = try FirmwareImage(decoding: bytes)
            return Result { () throws(FirmwareImage.Refusal) in
                try image.verifySignature(trustedKeys: trustedKeys)
                return image
            }
        } catch {
            return .failure(.format(error))
        }
    }

    private func path(_ slot: Slot) -> String { "\(directory)/slot-\(slot.rawValue).bin" }
    private var manifestPath: String { "\(directory)/manifest" }

    private func readManifest() throws -> SlotManifest? {
        try DurableFile.read(manifestPath, limit: SlotManifest.maximumLength).flatMap { SlotManifest(text: String(buffer: $0)) }
    }

    private func write(_ manifest: SlotManifest) throws {
        try DurableFile.replace(manifestPath, ByteBuffer(string: manifest.text))
    }
}

/// What the slots' manifest file says:
///
/// ```
/// nvfleet-firmware-slots 1
/// active a                   or - before the first confirmed installation
/// candidate b                or -
/// trying 0                   1 once the candidate was booted
/// ```
struct SlotManifest: Equatable, Sendable {
    /// The slot that is known to be good.
    var active: FirmwareSlots.Slot?
    /// The slot to be tried.
    var candidate: FirmwareSlots.Slot?
    /// The candidate has been booted and is not confirmed.
    var isTrying = false

    static let maximumLength = 4096
    private static let title = "nvfleet-firmware-slots 1"

    init(active: FirmwareSlots.Slot? = nil, candidate: FirmwareSlots.Slot? = nil, isTrying: Bool = false) {
        self.active = active
        self.candidate = candidate
        self.isTrying = isTrying
    }

    var text: String {
        "\(Self.title)\nactive \(active?.rawValue ?? "-")\ncandidate \(candidate?.rawValue ?? "-")\ntrying \(isTrying ? 1 : 0)\n"
    }

    /// Nil for anything else than what `text` writes.
    init?(text: String) {
        let slots: [FirmwareSlots.Slot?] = [nil, .a, .b]
        let all = slots.flatMap { active in slots.flatMap { candidate in [false, true].map { (active, candidate, $0) } } }
        let match = all.lazy.map { SlotManifest(active: $0.0, candidate: $0.1, isTrying: $0.2) }.first { $0.text == text }
        guard let match else { return nil }
        self = match
    }
}
