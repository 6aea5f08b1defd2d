import CProcess
import Glibc
import Logging
import NetVision

/// `CardAgent run` where a slot holds firmware: starts what the slots say as a process of its own, and watches over it.
///
/// It blocks the thread that it runs on, which must be its process's only one that does anything. `Supervision` decides; this obeys.
struct Supervisor {
    private let slots: FirmwareSlots
    private let trustedKeys: [FirmwarePublicKey]
    /// What the programs are started with.
    private let arguments: [String]
    private let logger: Logger
    private let startedAt = ContinuousClock.now
    private var supervision: Supervision
    /// The card has been running before.
    private var isRestart: Bool
    private var program: SupervisedProgram?
    /// False once the program has closed its end.
    private var isListening = false
    private var status: Int32?

    init(
        slots: FirmwareSlots, trustedKeys: [FirmwarePublicKey], arguments: [String], timing: Supervision.Timing, isRestart: Bool,
        logger: Logger
    ) {
        self.slots = slots
        self.trustedKeys = trustedKeys
        self.arguments = arguments
        self.logger = logger
        self.isRestart = isRestart
        supervision = Supervision(timing: timing, isRestart: isRestart)
    }

    /// Returns the exit status with which this process is to end.
    mutating func run() -> Int32 {
        let signals = process_signals()
        guard signals >= 0 else {
            logger.critical("No supervision", metadata: ["error": "\(String(cString: strerror(-signals)))"])
            return 1
        }
        while true {
            wait(for: signals)
            listen()
            for signal in Self.read(signals) { handle(.signal(signal)) }
            if let ending = program?.ending() { ended(ending) }
            if let deadline = supervision.deadline, deadline <= now { handle(.timeout) }
            if let status { return status }
        }
    }

    private var now: Duration { startedAt.duration(to: .now) }

    private mutating func handle(_ event: Supervision.Event) {
        for action in supervision.handle(event, at: now) { perform(action) }
    }

    private mutating func perform(_ action: Supervision.Action) {
        switch action {
        case .choose(let excluded): choose(excluding: excluded)
        case .confirm: confirm()
        case .pass(let signal): program?.send(signal.number)
        case .kill: program?.send(SIGKILL)
        case .leave(let status): self.status = status
        }
    }

    // MARK: - Programs

    private mutating func choose(excluding excluded: Set<FirmwareSlots.Slot>) {
        do {
            let boot = try slots.boot(trustedKeys: trustedKeys, excluding: excluded)
            start(boot)
        } catch {
            logger.error("Firmware slots unreadable, starting the built-in firmware", metadata: ["error": "\(error)"])
            start(nil)
        }
        // The image was in memory, some tens of megabytes.
        process_trim()
    }

    private mutating func start(_ boot: FirmwareSlots.Boot?) {
        let version = boot?.image?.header.version ?? .factory
        let release = Supervision.Release(version: version.description, slot: boot?.slot, isOnTrial: boot?.isOnTrial ?? false)
        let fallback = supervision.fallback ?? boot?.fallback
        do {
            let path = try boot.flatMap(path) ?? OwnProgram.path
            program = try SupervisedProgram(path, arguments: arguments) { health in
                FirmwareHandover(
                    version: version, slot: release.slot, isOnTrial: release.isOnTrial, isRestart: isRestart, fallback: fallback,
                    supervisor: getpid(),
                    health: health
                ).variables
            }
            isListening = true
            isRestart = true
            logger.info(
                "Firmware started", metadata: ["firmware.version": "\(version)", "firmware.slot": "\(release.slot?.rawValue ?? "-")"])
            handle(.started(release))
        } catch {
            logger.error("Firmware not started", metadata: ["firmware.version": "\(version)", "reason": "\(error)"])
            handle(.notStarted(release, reason: "\(error)"))
        }
    }

    private func path(of boot: FirmwareSlots.Boot) throws -> String? {
        guard let image = boot.image, let slot = boot.slot else { return nil }
        return try slots.program(of: image, in: slot)
    }

    private mutating func ended(_ ending: ProgramEnding) {
        listen()
        if let program { close(program.health) }
        program = nil
        if ending != .exited(0), ending != .exited(Supervision.restartStatus) {
            logger.error("The card's program ended", metadata: ["reason": "it \(ending)"])
        }
        handle(.ended(ending))
    }

    private func confirm() {
        do {
            try slots.confirm()
        } catch {
            logger.error("Firmware not confirmed", metadata: ["error": "\(error)"])
        }
    }

    // MARK: - Waiting

    /// Until a signal or a word of health has come, or a deadline is reached.
    private func wait(for signals: CInt) {
        var descriptors = [
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isListening ? program?.health ?? -1 : -1, events: Int16(POLLIN), revents: 0),
        ]
        poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    }

    /// Rounded up, so that the deadline is over then; -1: without end.
    private var milliseconds: CInt {
        guard let deadline = supervision.deadline else { return -1 }
        let left = max(.zero, deadline - now).components
        return CInt(clamping: left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1)
    }

    private mutating func listen() {
        while isListening, let health = program?.health, Self.isReadable(health), let heard = program?.readHealth() {
            if heard.isAtEnd { isListening = false }
            if heard.isHealthy { handle(.healthy) }
        }
    }

    private static func isReadable(_ descriptor: CInt) -> Bool {
        var asked = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&asked, 1, 0) > 0
    }

    /// The signals that have come, but for those of which the process table tells.
    private static func read(_ signals: CInt) -> [SupervisedSignal] {
        var octets = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(signals, &octets, octets.count)
        return octets.prefix(max(0, count)).compactMap { SupervisedSignal(number: Int32($0)) }
    }
}
