import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice
import Synchronization
import Testing

@testable import FleetServer

/// One card's way through a campaign, with scripted actions: what is stored before what is done, and where a new run goes on.
struct CardRunTests {
    /// What happened, in order: stored steps as `state transfers`, actions in capitals.
    private final class Transcript: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func inspection(_ version: String, _ source: OutputSource = .inverter, alarms: Set<Alarm> = []) -> CardInspection {
        CardInspection(
            version: version, uptime: 1000,
            state: DeviceState(isCommunicating: true, outputSource: source, batteryStatus: .normal, alarms: alarms))
    }

    private func actions(_ transcript: Transcript, before: CardInspection) -> UpgradeActions {
        let after = inspection("8.41")
        return UpgradeActions(
            inspect: {
                transcript.add("INSPECT")
                return before
            }, unlock: { transcript.add("UNLOCK") },
            transfer: { _, progress in
                transcript.add("TRANSFER")
                progress(1)
            },
            awaitRestart: { before, from, _, _ in transcript.add("AWAIT \(before == nil ? "blind" : "seen") from \(from ?? "?")") },
            verify: { expected, _, _ in
                transcript.add("VERIFY \(expected ?? "?")")
                return after
            })
    }

    private func run(
        from state: CampaignCard.State = .queued, transfers: Int = 0, generation: CardGeneration = .cardAgent, firmware: String? = "8.40",
        isBusy: Bool = false, transcript: Transcript, actions: UpgradeActions
    ) async throws -> CampaignCard {
        let card = Card(
            id: 7, name: "Rack", mac: "00:E0:D8:00:00:01", serial: "P1", address: "10.0.0.1", generation: generation, kind: .ups,
            model: "MASTERYS BC+", firmware: firmware, agent: nil, location: nil, site: nil, tags: [], snmpVersion: .v2c, createdAt: now)
        let image = FirmwareRecord(
            id: 1, name: "card.bin", format: .cardAgent, product: "CardAgent", version: "8.41", minimumVersion: nil, hardware: [], size: 3,
            sha256: "", signature: .trusted, keyId: nil, uploadedAt: now, uploadedBy: "admin")
        let member = CampaignCard(
            campaign: 1, card: 7, position: 0, wave: 0, state: state, error: nil, transfers: transfers, fromVersion: "8.40", toVersion: nil,
            updatedAt: now)
        let now = now
        var run = CardRun(
            member: member, card: card, image: image, bytes: ByteBuffer(bytes: [1, 2, 3]), deadlines: .init(), isBusyElsewhere: isBusy,
            actions: actions, store: { transcript.add("\($0.state.rawValue) \($0.transfers)") }, report: { _, _ in }, now: { now })
        return try await run.run()
    }

    @Test func storesEachStepBeforeItIsTaken() async throws {
        let transcript = Transcript()
        let end = try await run(transcript: transcript, actions: actions(transcript, before: inspection("8.40")))
        #expect(end.state == .done && end.fromVersion == "8.40" && end.toVersion == "8.41")
        #expect(
            transcript.all == [
                "preflight 0", "INSPECT", "unlock 0", "UNLOCK", "transfer 1", "TRANSFER", "restart 1", "AWAIT seen from 8.40", "verify 1",
                "VERIFY 8.41", "done 1",
            ])
    }

    @Test func aBrokenTransferIsTriedOnceMore() async throws {
        let transcript = Transcript()
        var actions = actions(transcript, before: inspection("8.40"))
        actions.transfer = { _, _ in
            transcript.add("TRANSFER")
            throw UpgradeFailure.transferStalled("at 60 %")
        }
        let end = try await run(transcript: transcript, actions: actions)
        #expect(end.state == .failed && end.transfers == 2)
        #expect(transcript.all.filter { $0 == "TRANSFER" }.count == 2)
        #expect(end.error == "The transfer stopped: at 60 %")
    }

    @Test func aRefusedImageIsNotSentAgain() async throws {
        let transcript = Transcript()
        var actions = actions(transcript, before: inspection("8.40"))
        actions.transfer = { _, _ in throw UpgradeFailure.imageRefused("wrong hash") }
        let end = try await run(transcript: transcript, actions: actions)
        #expect(end.state == .failed && end.transfers == 1)
    }

    @Test(arguments: [UpgradeFailure.neverCameBack, .agentSilent])
    func aCardThatDoesNotComeBackIsQuarantined(failure: UpgradeFailure) async throws {
        let transcript = Transcript()
        var actions = actions(transcript, before: inspection("8.40"))
        actions.awaitRestart = { _, _, _, _ in throw failure }
        let end = try await run(transcript: transcript, actions: actions)
        #expect(end.state == .quarantined && end.error == failure.description)
    }

    @Test func aCardWithAnotherVersionThanTheImagesHasFailed() async throws {
        let transcript = Transcript()
        var actions = actions(transcript, before: inspection("8.40"))
        actions.verify = { _, _, _ in throw UpgradeFailure.wrongVersion(expected: "8.41", found: "8.40") }
        let end = try await run(transcript: transcript, actions: actions)
        #expect(end.state == .failed)
    }

    @Test func aCardInTroubleIsNotTouched() async throws {
        for state in [inspection("8.40", .bypass), inspection("8.40", alarms: [.fanFailure]), inspection("8.40", alarms: [.onBattery])] {
            let transcript = Transcript()
            let end = try await run(transcript: transcript, actions: actions(transcript, before: state))
            #expect(end.state == .skipped && end.error != nil)
            #expect(transcript.all == ["preflight 0", "INSPECT", "skipped 0"])
        }
    }

    @Test func aCardThatRunsTheVersionAlreadyIsSkipped() async throws {
        let transcript = Transcript()
        let end = try await run(transcript: transcript, actions: actions(transcript, before: inspection("8.41")))
        #expect(end.state == .skipped && end.error == "The card runs 8.41 already.")
    }

    @Test func aCardOfAnotherKindOrAnotherCampaignIsSkipped() async throws {
        let transcript = Transcript()
        let wrong = try await run(generation: .netVision8, transcript: transcript, actions: actions(transcript, before: inspection("8.00")))
        #expect(wrong.state == .skipped)
        let busy = try await run(isBusy: true, transcript: transcript, actions: actions(transcript, before: inspection("8.40")))
        #expect(busy.state == .skipped)
        #expect(!transcript.all.contains("TRANSFER"))
    }

    @Test func afterACrashBeforeTheTransferTheRunBeginsAnew() async throws {
        for state in [CampaignCard.State.preflight, .unlock] {
            let transcript = Transcript()
            let end = try await run(from: state, transcript: transcript, actions: actions(transcript, before: inspection("8.40")))
            #expect(end.state == .done && end.transfers == 1)
        }
    }

    @Test func afterACrashInTheTransferACardThatHasTheImageIsNotSentItAgain() async throws {
        let transcript = Transcript()
        let end = try await run(
            from: .transfer, transfers: 1, transcript: transcript, actions: actions(transcript, before: inspection("8.41")))
        #expect(end.state == .done && end.transfers == 1)
        #expect(!transcript.all.contains("TRANSFER"))
    }

    @Test func afterACrashInTheTransferACardWithTheOldVersionGetsItOnceMore() async throws {
        func stubborn(_ transcript: Transcript) -> UpgradeActions {
            var actions = actions(transcript, before: inspection("8.40"))
            actions.awaitRestart = { _, _, _, _ in
                guard transcript.all.contains("TRANSFER") else { throw UpgradeFailure.neverRestarted(version: "8.40") }
            }
            return actions
        }
        let transcript = Transcript()
        let end = try await run(from: .transfer, transfers: 1, transcript: transcript, actions: stubborn(transcript))
        #expect(end.state == .done && end.transfers == 2)
        let again = Transcript()
        let last = try await run(from: .transfer, transfers: 2, transcript: again, actions: stubborn(again))
        #expect(last.state == .failed)
        #expect(!again.all.contains("TRANSFER"))
    }

    @Test func afterACrashInTheTransferACardThatIsAboutToRestartIsNotSentTheImageAgain() async throws {
        let transcript = Transcript()
        let end = try await run(
            from: .transfer, transfers: 1, transcript: transcript, actions: actions(transcript, before: inspection("8.40")))
        #expect(end.state == .done && end.transfers == 1)
        #expect(!transcript.all.contains("TRANSFER") && !transcript.all.contains("UNLOCK"))
    }

    @Test func afterACrashInRestartOrVerifyNothingIsSent() async throws {
        for state in [CampaignCard.State.restart, .verify] {
            let transcript = Transcript()
            let end = try await run(
                from: state, transfers: 1, transcript: transcript, actions: actions(transcript, before: inspection("8.40")))
            #expect(end.state == .done)
            #expect(!transcript.all.contains("TRANSFER") && !transcript.all.contains("UNLOCK"))
        }
    }

    @Test func aStoreThatFailsStopsTheRunBeforeTheEffect() async throws {
        struct DiskFull: Error {}
        let transcript = Transcript()
        let member = CampaignCard(
            campaign: 1, card: 7, position: 0, wave: 0, state: .queued, error: nil, transfers: 0, fromVersion: nil, toVersion: nil,
            updatedAt: now)
        let now = now
        let card = Card(
            id: 7, name: "", mac: nil, serial: nil, address: "", generation: .cardAgent, kind: .ups, model: nil, firmware: nil, agent: nil,
            location: nil, site: nil, tags: [], snmpVersion: .v2c, createdAt: now)
        let image = FirmwareRecord(
            id: 1, name: "", format: .cardAgent, product: nil, version: nil, minimumVersion: nil, hardware: [], size: 0, sha256: "",
            signature: .none, keyId: nil, uploadedAt: now, uploadedBy: "")
        var run = CardRun(
            member: member, card: card, image: image, bytes: ByteBuffer(), deadlines: .init(), isBusyElsewhere: false,
            actions: actions(transcript, before: inspection("8.40")), store: { _ in throw DiskFull() }, report: { _, _ in }, now: { now })
        await #expect(throws: DiskFull.self) { try await run.run() }
        #expect(transcript.all.isEmpty)
    }
}
