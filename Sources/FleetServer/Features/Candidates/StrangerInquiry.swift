import AsyncAlgorithms
import FoundationEssentials
import Logging
import NetVision
import SNMP
import ServiceLifecycle
import Synchronization

/// Asks who sent a trap without being in the inventory: the first sign of life of many a new card.
final class StrangerInquiry: Service {
    /// Senders that wait; further ones send again.
    static let capacity = 1000
    /// Seconds until a sender is asked again.
    static let interval = 600.0

    private let snmp: SNMPClient
    private let profiles: ProfileLibrary
    private let credentials: CredentialStore
    private let intake: CardIntake
    private let portOffset: Int
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let asked = Mutex<[String: Date]>([:])
    private let senders = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(capacity))

    init(
        snmp: SNMPClient, profiles: ProfileLibrary, credentials: CredentialStore, intake: CardIntake, portOffset: Int,
        now: @Sendable @escaping () -> Date,
        logger: Logger
    ) {
        self.snmp = snmp
        self.profiles = profiles
        self.credentials = credentials
        self.intake = intake
        self.portOffset = portOffset
        self.now = now
        self.logger = logger
    }

    /// A notification came from an address that is no card's.
    func heard(from address: String) {
        let date = now()
        let isNew = asked.withLock { asked in
            if asked.count >= Self.capacity { asked = asked.filter { date.timeIntervalSince($0.value) < Self.interval } }
            guard asked.count < Self.capacity, asked[address].map({ date.timeIntervalSince($0) >= Self.interval }) ?? true else {
                return false
            }
            asked[address] = date
            return true
        }
        if isNew { senders.continuation.yield(address) }
    }

    func run() async throws {
        for await address in senders.stream.cancelOnGracefulShutdown() {
            do {
                let ways = try await credentials.searchWays()
                let inquiry = AgentInquiry(snmp, profiles: profiles, ways: ways.map(\.way), port: 161 + portOffset)
                guard let found = try await inquiry.identify(address) else { continue }
                let way = ways[found.way]
                let finding = CardFinding(
                    address: address, identity: found.identity, access: way.access, credentialSet: way.credentialSet)
                _ = try await intake.take(finding, by: .trap, in: nil, accept: false)
            } catch is CancellationError {
                return
            } catch {
                logger.error("a sender of traps can't be asked", metadata: ["address": "\(address)", "error": "\(error)"])
            }
        }
    }
}
