import Logging
import NIOCore
import NIOPosix
import NetVision
import Synchronization
import UPSSimulation

/// The firmware of a card: what runs, and how another is taken.
final class CardFirmware: Sendable {
    private struct State {
        var version: FirmwareVersion
        var transfers = 0
        /// Why it is not a newer one, and whether it is the newer one: told once it has come up.
        var fallback: String?
        var isOnTrial = false
    }

    private let plan: CardPlan
    private let directory: String
    private let faults: CardFaults
    private let journal: CardJournal
    private let logger: Logger
    private let state: Mutex<State>

    /// - Parameter directory: where the slots are; made when the first image is installed.
    init(_ plan: CardPlan, directory: String, faults: CardFaults, journal: CardJournal, logger: Logger) {
        self.plan = plan
        self.directory = directory
        self.faults = faults
        self.journal = journal
        self.logger = logger
        state = Mutex(State(version: .factory))
    }

    /// The version that runs.
    var version: FirmwareVersion { state.withLock { $0.version } }

    /// Images received completely since the program was started.
    var transfers: Int { state.withLock { $0.transfers } }

    /// Whether the card, when it restarts, ends and is started again by others.
    var isStartedByOthers: Bool {
        get async {
            switch plan.firmwareHost {
            case .simulation: false
            case .builtIn: (try? await onDisk { try $0.holdFirmware }) ?? false
            case .supervisor: true
            }
        }
    }

    /// Begins with the version that is to run.
    func boot() async {
        switch plan.firmwareHost {
        case .simulation: await bootFromSlots()
        case .builtIn: break
        case .supervisor(let handover):
            state.withLock {
                $0.version = handover.version
                $0.fallback = handover.fallback
                $0.isOnTrial = handover.isOnTrial
            }
        }
    }

    /// Boots from the slots; without a good one, what the card was built with.
    private func bootFromSlots() async {
        do {
            let boot = try await onDisk { [plan, faults] slots in
                let first = try slots.boot(trustedKeys: plan.trustedKeys)
                // The fault is a new firmware that does not come up: the next boot falls back by itself.
                guard first.isOnTrial, faults.isSet(.oldVersion) else { return first }
                return try slots.boot(trustedKeys: plan.trustedKeys)
            }
            state.withLock {
                $0.version = boot.image?.header.version ?? .factory
                $0.fallback = boot.fallback
                $0.isOnTrial = boot.isOnTrial
            }
        } catch {
            logger.error("Firmware slots unreadable, running the built-in firmware", metadata: ["error": "\(error)"])
            state.withLock { $0.version = .factory }
        }
    }

    /// What runs has come up healthy: the next boot takes it again.
    func confirm() async {
        do {
            switch plan.firmwareHost {
            case .simulation: try await onDisk { try $0.confirm() }
            case .builtIn: break
            case .supervisor(let handover): handover.reportHealthy()
            }
        } catch {
            logger.error("Firmware not confirmed", metadata: ["error": "\(error)"])
        }
        noteBoot()
    }

    /// The card's log tells what came of a new firmware.
    private func noteBoot() {
        let (version, fallback, isOnTrial) = state.withLock { state in
            defer { (state.fallback, state.isOnTrial) = (nil, false) }
            return (state.version, state.fallback, state.isOnTrial)
        }
        if let fallback { journal.note(.firmwareFallback(fallback)) }
        if isOnTrial { journal.note(.firmwareUpgrade) }
        logger.debug("Firmware is up", metadata: ["firmware.version": "\(version)"])
    }

    /// Checks a received file and installs it; returns why not, in words for its sender, or nil.
    func install(_ file: ByteBuffer) async -> String? {
        // Whatever the card thinks of the image: it counts as received when all of it has come.
        if (try? FirmwareImage(decoding: file)) != nil { state.withLock { $0.transfers += 1 } }
        guard !faults.isSet(.rejectImage) else { return refused("the image is refused by the card") }
        let target = FirmwareImage.Target(
            product: CardPlan.product, hardware: CardPlan.hardware, version: version, trustedKeys: plan.trustedKeys)
        do {
            let version = try await onDisk { [directory] slots in
                let image = try FirmwareImage(decoding: file)
                try image.verify(for: target)
                try StateFile.makeDirectory(directory)
                try slots.install(image, for: target)
                return image.header.version
            }
            logger.notice("Firmware installed", metadata: ["firmware.version": "\(version)"])
            return nil
        } catch let error as FirmwareFormatError {
            return refused("the image is refused: \(error)")
        } catch {
            return refused("\(error)")
        }
    }

    private func refused(_ reason: String) -> String {
        logger.warning("Firmware refused", metadata: ["reason": "\(reason)"])
        return reason
    }

    private func onDisk<Result: Sendable>(_ body: @escaping @Sendable (FirmwareSlots) throws -> Result) async throws -> Result {
        let slots = FirmwareSlots(directory: directory)
        return try await NIOThreadPool.singleton.runIfActive { try body(slots) }
    }
}

extension FirmwareVersion {
    /// What a card leaves the factory with.
    static let factory: FirmwareVersion = {
        guard let version = FirmwareVersion(CardPlan.factoryFirmware) else { preconditionFailure("the factory's version is a version") }
        return version
    }()
}
