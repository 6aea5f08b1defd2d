import Glibc
import Logging
import NetVision

/// How `CardAgent run` becomes a supervisor: at its start where a slot holds firmware, and by starting itself again after the first one was
/// installed. The second way leaves nothing of the card behind but its process identifier.
enum SupervisorStart {
    /// Set for a supervisor that a running card has made way for.
    private static let restartName = "NVFLEET_FIRMWARE_RESTART"
    /// Seconds that a program has to become healthy, for machines on which 60 are too few.
    private static let patienceName = "NVFLEET_FIRMWARE_PATIENCE"

    static func firmware(in state: String) -> String { "\(state)/firmware" }

    /// Whether the card is a supervisor's to start.
    static func isNeeded(in state: String) throws -> Bool {
        do {
            return try FirmwareSlots(directory: firmware(in: state)).holdFirmware
        } catch {
            throw CommandFailure("can't read the firmware slots: \(error)")
        }
    }

    /// Supervises until the end of all; returns the exit status. Blocks.
    ///
    /// The state directory's own lock is for the programs that it starts; this one keeps two supervisors from the same slots.
    static func run(in state: String, trustedKeys: [FirmwarePublicKey], logger: Logger) async throws -> Int32 {
        let lock = try await StateLock.held(firmware(in: state), patience: .seconds(3))
        defer { lock.release() }
        let isRestart = getenv(restartName) != nil
        unsetenv(restartName)
        var timing = Supervision.Timing()
        if let seconds = getenv(patienceName).flatMap({ Int(String(cString: $0)) }), (1...3600).contains(seconds) {
            timing.health = .seconds(seconds)
        }
        var supervisor = Supervisor(
            slots: FirmwareSlots(directory: firmware(in: state)), trustedKeys: trustedKeys,
            arguments: Array(CommandLine.arguments.dropFirst()),
            timing: timing, isRestart: isRestart, logger: logger)
        return supervisor.run()
    }

    /// Does not return unless it fails.
    static func becomeSupervisor() -> StateDirectoryError { OwnProgram.startAgain(adding: ["\(restartName)=1"]) }
}
