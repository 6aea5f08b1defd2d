import Crypto
import FoundationEssentials
import Logging
import NIOCore
import NetVision
import Testing

@testable import FleetServer

struct CampaignRunnerTests {
    /// Tells of each line that is logged.
    private struct Listener: LogHandler {
        let lines: AsyncStream<String>.Continuation
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { lines.yield("\(event.message)") }
    }

    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    @Test(.timeLimit(.minutes(1))) func aLeaseThatCouldNotBeClaimedIsClaimedLater() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "fleet-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (database, hub) = (try FleetDatabase.forTests(), EventHub())
        let (lines, told) = AsyncStream.makeStream(of: String.self)
        let logger = Logger(label: "test") { _ in Listener(lines: told) }
        let runner = try await runner(database, hub, directory: try DataDirectory(path: path).firmwareDirectory, logger: logger)
        let events = try #require(hub.watch())
        try await database.write { try $0.execute("ALTER TABLE lease RENAME TO lease_away") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await runner.run() }
            for await line in lines where line == "campaigns can't be read" { break }
            try await database.write { try $0.execute("ALTER TABLE lease_away RENAME TO lease") }
            runner.campaignsChanged()
            for await event in events where event.data.contains("done") { break }
            group.cancelAll()
        }
    }

    /// Of a campaign that runs, and has no cards.
    private func runner(_ database: FleetDatabase, _ hub: EventHub, directory: String, logger: Logger) async throws -> CampaignRunner {
        let now = now
        let library = FirmwareLibrary(database: database, directory: directory, trustedKeys: [])
        let image = try await library.add(name: "card.bin", version: "8.41", image: ByteBuffer(string: "image"), by: "admin", now: now)
        let campaigns = CampaignStore(database: database)
        let campaign = try await campaigns.create(
            name: "Spring", firmware: image.id, cards: [], plan: CampaignPlan(), by: "admin", now: now)
        _ = try await campaigns.change(campaign.id, from: [.planned], to: .running, now: now)
        let execution = CampaignExecution(
            campaigns: campaigns, cards: CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256))),
            library: library, hub: hub, progress: TransferProgress(), actions: { _, _, _ in preconditionFailure("there are no cards") },
            cardEnded: { _ in }, now: { now })
        return CampaignRunner(
            execution: execution, campaigns: campaigns, leases: LeaseStore(database: database, owner: "own"), logger: logger)
    }
}
