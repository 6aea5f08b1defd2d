import PowerDevice

/// Why an upgrade was not begun: nothing was done to the card.
package struct UpgradeObstacle: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension CardUpgrade {
    package enum Step: String, Sendable, Codable { case preflight, unlock, transfer, restart, verify }

    /// Seconds that each step may take.
    package struct Deadlines: Sendable, Equatable {
        package var transfer: Double
        package var restart: Double
        package var verify: Double

        package init(transfer: Double = 600, restart: Double = 300, verify: Double = 120) {
            self.transfer = transfer
            self.restart = restart
            self.verify = verify
        }
    }

    /// The image is sent again once when a transfer breaks.
    private static let transfers = 2

    /// All steps in one go, for whoever has no server that stores them. Returns the card as it is afterwards.
    ///
    /// - Parameters:
    ///   - regardlessOfPower: also touch a card whose device is in trouble.
    ///   - report: told each step as it begins, and during the transfer the part that is through (0 … 1), on an event loop.
    ///
    /// Throws `UpgradeObstacle` before anything was done, else `UpgradeFailure`.
    package func run(
        _ image: UpgradeImage, deadlines: Deadlines = Deadlines(), regardlessOfPower: Bool = false,
        report: @escaping @Sendable (Step, _ progress: Double?) -> Void
    ) async throws -> CardInspection {
        report(.preflight, nil)
        let before = try await preflight(image, regardlessOfPower: regardlessOfPower)
        try await unlockAndTransfer(image, seconds: deadlines.transfer, report)
        report(.restart, nil)
        try await awaitRestart(before: before, fromVersion: before.version, expected: image.version, seconds: deadlines.restart)
        report(.verify, nil)
        return try await verify(expected: image.version, before: before, seconds: deadlines.verify)
    }

    private func preflight(_ image: UpgradeImage, regardlessOfPower: Bool) async throws -> CardInspection {
        let inspection = try await inspect()
        var identity = card.identity
        identity.firmware = inspection.version ?? identity.firmware
        if let reason = image.obstacle(for: identity) { throw UpgradeObstacle(reason) }
        if !regardlessOfPower, let reason = inspection.state.upgradeObstacle { throw UpgradeObstacle(reason) }
        return inspection
    }

    private func unlockAndTransfer(
        _ image: UpgradeImage, seconds: Double, _ report: @escaping @Sendable (Step, Double?) -> Void
    ) async throws {
        for attempt in 1...Self.transfers {
            report(.unlock, nil)
            try await unlock()
            report(.transfer, 0)
            do {
                return try await transfer(image: image.bytes, name: image.name, seconds: seconds) { report(.transfer, $0) }
            } catch UpgradeFailure.transferStalled where attempt < Self.transfers {
                continue
            }
        }
    }
}
