import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice

/// What a campaign can do to one card. The real ones are made from a `CardUpgrade`; tests script their own.
struct UpgradeActions: Sendable {
    /// Reads the card now: its version and the state of its UPS.
    var inspect: @Sendable () async throws -> CardInspection
    var unlock: @Sendable () async throws -> Void
    /// Pushes the image; reports the part that is through, 0 to 1.
    var transfer: @Sendable (_ image: ByteBuffer, _ progress: @Sendable @escaping (Double) -> Void) async throws -> Void
    /// Waits until the card has restarted and answers, for so many seconds at most. `before` is nil after a crash of this server.
    var awaitRestart:
        @Sendable (_ before: CardInspection?, _ fromVersion: String?, _ expected: String?, _ seconds: Double) async throws -> Void
    /// Checks that the card runs the expected version and works as `before`, trying for so many seconds at most.
    var verify: @Sendable (_ expected: String?, _ before: CardInspection?, _ seconds: Double) async throws -> CardInspection
}
