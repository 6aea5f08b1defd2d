import Crypto
import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

/// Who writes of a card where several servers share one database.
struct PollRecorderTests {
    private let all = Set(0..<PollShards.count)
    private let database: FleetDatabase
    private let statuses: CardStatusStore
    private let recorder: PollRecorder
    private let card: Card

    init() async throws {
        database = try FleetDatabase.forTests()
        statuses = CardStatusStore(database: database)
        let hub = EventHub()
        recorder = PollRecorder(
            statuses: statuses, telemetry: try TelemetryStore.inMemory(),
            storage: StorageMonitor(hub: hub, now: { Date() }, logger: PolledFleet.logger), hub: hub, logger: PolledFleet.logger)
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let finding = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8), access: nil)
        card = try await cards.enroll(finding, now: Date()).card
    }

    private func change(_ status: OperatingStatus) -> CardStatusStore.Change {
        .init(card: card.id, at: Date(), status: CardStatus(status: status, lastSeen: Date(), alarmCount: 0, readings: [:]))
    }

    private func submit(_ change: CardStatusStore.Change) {
        recorder.submit(PollRecord(card: card, change: change, sample: nil, isNews: true))
    }

    private func stored() async throws -> OperatingStatus? { try await CardListing(database: database).card(card.id)?.status.status }

    @Test func ofACardThatIsAnothersByNowNothingIsWritten() async throws {
        recorder.own(all, until: .infinity)
        submit(change(.onBattery))
        recorder.own([], until: .infinity)
        await recorder.flush()
        recorder.own(all, until: .infinity)
        await recorder.flush()
        #expect(try await stored() == .unknown)
    }

    @Test func afterItsClaimsRanOutAServerWaitsForTheirRenewal() async throws {
        recorder.own(all, until: SteadyClock.process.seconds)
        submit(change(.onBattery))
        await recorder.flush()
        #expect(try await stored() == .unknown)
        recorder.own(all, until: .infinity)
        await recorder.flush()
        #expect(try await stored() == .onBattery)
    }
}
