import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice

/// Takes one card of a campaign through its steps, from wherever it is to an end.
///
/// ```
/// queued → preflight → unlock → transfer → restart → verify → done
///              ↓          ↓        ↓ ↺ once     ↓        ↓
///           skipped    failed    failed     failed / quarantined
/// ```
/// Each step is stored before it is taken. After a crash the stored step says what may have happened: up to `unlock` nothing, and the run
/// begins anew; from `transfer` on the card itself is asked, and gets the image again only if it does not run it, once at most.
struct CardRun: Sendable {
    /// The image may be sent again once when a transfer breaks.
    static let maximumTransfers = 2
    /// A card that has got all of the image restarts by itself within this time, in seconds.
    static let grace = 15.0

    private(set) var member: CampaignCard
    let card: Card
    let image: FirmwareRecord
    let bytes: ByteBuffer
    let deadlines: CampaignPlan.Deadlines
    let isBusyElsewhere: Bool
    let actions: UpgradeActions
    /// Stores the member's new step.
    let store: @Sendable (CampaignCard) async throws -> Void
    let report: @Sendable (CampaignCard, _ progress: Double?) -> Void
    let now: @Sendable () -> Date

    init(
        member: CampaignCard, card: Card, image: FirmwareRecord, bytes: ByteBuffer, deadlines: CampaignPlan.Deadlines,
        isBusyElsewhere: Bool, actions: UpgradeActions, store: @Sendable @escaping (CampaignCard) async throws -> Void,
        report: @Sendable @escaping (CampaignCard, Double?) -> Void, now: @Sendable @escaping () -> Date
    ) {
        self.member = member
        self.card = card
        self.image = image
        self.bytes = bytes
        self.deadlines = deadlines
        self.isBusyElsewhere = isBusyElsewhere
        self.actions = actions
        self.store = store
        self.report = report
        self.now = now
    }

    /// Runs to an end, and returns the card as it is stored then. Throws only when the end can't be stored, or when it is cancelled: the
    /// stored step is then where the next run goes on.
    mutating func run() async throws -> CampaignCard {
        do {
            try await takeSteps()
        } catch let failure as UpgradeFailure {
            try await end(failure.needsAttention ? .quarantined : .failed, "\(failure)")
        } catch let obstacle as Obstacle {
            try await end(.skipped, obstacle.reason)
        } catch let error where Task.isCancelled || error is CancellationError {
            throw CancellationError()
        } catch let error as StoreFailure {
            throw error.underlying
        } catch {
            try await end(.failed, "\(error)")
        }
        return member
    }

    private struct Obstacle: Error { let reason: String }
    private struct StoreFailure: Error { let underlying: any Error }

    private mutating func takeSteps() async throws {
        var before: CardInspection?
        switch member.state {
        case .queued, .preflight, .unlock:
            before = try await preflight()
            try await unlockAndTransfer()
            try await awaitRestart(before)
        case .transfer:
            before = try await transferAgainUnlessDone()
        case .restart:
            try await awaitRestart(nil)
        case .verify: break
        case .done, .failed, .quarantined, .skipped: return
        }
        try await verify(before)
    }

    private mutating func preflight() async throws -> CardInspection {
        try await step(.preflight)
        let inspection: CardInspection
        do {
            inspection = try await actions.inspect()
        } catch let failure as UpgradeFailure {
            throw Obstacle(reason: "\(failure)")
        }
        var fresh = card
        fresh.firmware = inspection.version ?? card.firmware
        let status = inspection.status(at: now())
        if let reason = UpgradeRules.obstacle(card: fresh, status: status, image: image, isBusy: isBusyElsewhere) {
            throw Obstacle(reason: reason)
        }
        member.fromVersion = inspection.version
        member.toVersion = image.version
        return inspection
    }

    private mutating func unlockAndTransfer() async throws {
        while true {
            try await step(.unlock)
            try await actions.unlock()
            member.transfers += 1
            try await step(.transfer)
            do {
                try await transfer()
                return
            } catch UpgradeFailure.transferStalled where member.transfers < Self.maximumTransfers {
                continue
            }
        }
    }

    private func transfer() async throws {
        let member = member
        let report = report
        let actions = actions
        let bytes = bytes
        let seconds = deadlines.transfer
        try await withDeadline(
            seconds: seconds, orThrow: UpgradeFailure.transferStalled("it was not through after \(Int(seconds)) s.")
        ) {
            try await actions.transfer(bytes) { report(member, $0) }
        }
    }

    /// The server died during a transfer: the card may have got all of the image, part of it, or nothing.
    ///
    /// One that still answers with its old version may be about to restart with the new one: it is watched for a while before it is sent
    /// the image again.
    private mutating func transferAgainUnlessDone() async throws -> CardInspection? {
        let inspection = try? await actions.inspect()
        if inspection == nil || (image.version != nil && inspection?.version == image.version) {
            try await awaitRestart(nil)
            return nil
        }
        do {
            try await actions.awaitRestart(inspection, member.fromVersion, image.version, min(Self.grace, deadlines.restart))
            return inspection
        } catch UpgradeFailure.neverRestarted {
            // It has not got the image.
        } catch let failure as UpgradeFailure where failure == .neverCameBack || failure == .agentSilent {
            try await awaitRestart(nil)
            return inspection
        }
        guard member.transfers < Self.maximumTransfers else {
            throw UpgradeFailure.transferStalled("the server was interrupted in the middle of it, twice.")
        }
        try await unlockAndTransfer()
        try await awaitRestart(inspection)
        return inspection
    }

    private mutating func awaitRestart(_ before: CardInspection?) async throws {
        try await step(.restart)
        try await actions.awaitRestart(before, member.fromVersion, image.version, deadlines.restart)
    }

    private mutating func verify(_ before: CardInspection?) async throws {
        try await step(.verify)
        let inspection = try await actions.verify(image.version, before, deadlines.verify)
        member.toVersion = inspection.version ?? member.toVersion
        try await end(.done, nil)
    }

    /// Stores the step that is about to be taken.
    private mutating func step(_ state: CampaignCard.State) async throws {
        try Task.checkCancellation()
        member.state = state
        member.error = nil
        try await save()
    }

    private mutating func end(_ state: CampaignCard.State, _ error: String?) async throws {
        member.state = state
        member.error = error
        try await save()
    }

    private mutating func save() async throws {
        member.updatedAt = now()
        do {
            try await store(member)
        } catch {
            throw StoreFailure(underlying: error)
        }
        report(member, nil)
    }
}

/// Runs `body`, and throws `error` in its place when it has not ended after so many seconds.
func withDeadline<Value: Sendable>(
    seconds: Double, orThrow error: some Error, _ body: @Sendable @escaping () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            throw error
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}
