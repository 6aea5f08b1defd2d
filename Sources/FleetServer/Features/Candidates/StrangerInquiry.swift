import AsyncAlgorithms
import Logging
import NetVision
import SNMP
import ServiceLifecycle
import Synchronization

/// Asks who sent a trap without being in the inventory: the first sign of life of many a new card.
final class StrangerInquiry: Service {
    /// Senders that wait; of more the oldest are left out, and asked when they send again.
    static let capacity = 1000
    /// Senders that are asked at a time.
    static let concurrency = 16

    private let identify: @Sendable (String) async throws -> CardFinding?
    private let intake: CardIntake
    private let clock: SteadyClock
    private let logger: Logger
    private let recent = Mutex(RecentSenders())
    private let senders = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(capacity))

    /// - Parameter identify: asks who is at an address; nil: nobody, or no card.
    init(
        identify: @Sendable @escaping (String) async throws -> CardFinding?, intake: CardIntake, clock: SteadyClock = .process,
        logger: Logger
    ) {
        self.identify = identify
        self.intake = intake
        self.clock = clock
        self.logger = logger
    }

    /// A notification came from an address that is no card's.
    func heard(from address: String) {
        let now = clock.seconds
        guard recent.withLock({ $0.heard(address, now: now) }) else { return }
        guard case .dropped(let oldest) = senders.continuation.yield(address) else { return }
        recent.withLock { $0.forget(oldest) }
    }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await address in senders.stream.cancelOnGracefulShutdown() {
                if running == Self.concurrency { _ = await group.next() } else { running += 1 }
                group.addTask { await cancelWhenGracefulShutdown { await self.ask(address) } }
            }
            group.cancelAll()
        }
    }

    private func ask(_ address: String) async {
        do {
            guard let finding = try await identify(address) else { return }
            _ = try await intake.take(finding, by: .trap, in: nil, accept: false)
        } catch is CancellationError {
            return
        } catch {
            logger.error("a sender of traps can't be asked", metadata: ["address": "\(address)", "error": "\(error)"])
        }
    }
}

/// Asks a stranger by SNMP who it is.
struct StrangerQuestion: Sendable {
    let snmp: SNMPClient
    let profiles: ProfileLibrary
    let credentials: CredentialStore
    let portOffset: Int

    func identify(_ address: String) async throws -> CardFinding? {
        let ways = try await credentials.ways(forStranger: address)
        let inquiry = AgentInquiry(snmp, profiles: profiles, ways: ways.map(\.way), port: 161 + portOffset)
        guard let found = try await inquiry.identify(address) else { return nil }
        let way = ways[found.way]
        return CardFinding(address: address, identity: found.identity, access: way.access, credentialSet: way.credentialSet)
    }
}
