import AsyncAlgorithms
import FoundationEssentials
import Logging
import NIOCore
import SNMP
import ServiceLifecycle
import Synchronization

/// Writes down what the receivers have heard: lines of cards, unknown senders, and whether something was lost. Once a second; nobody waits for it.
final class ReceiverJournal: Service {
    static let interval = Duration.seconds(1)
    /// Lines that wait to be written; more are lost, and counted.
    static let capacity = 50_000
    /// Lines of one transaction.
    static let batch = 2000
    /// Lines of a card after which its share is looked at.
    private static let pruneEach = 500
    /// Looks between two searches for what is too old, and for senders that have become cards.
    private static let upkeepEach = 60

    private struct State: Sendable {
        var senders = UnknownSenders()
        var messages: [CardMessage] = []
        var lost: UInt64 = 0
    }

    private let messages: CardMessageStore
    private let senders: UnknownSenderStore
    private let report: @Sendable ([AlarmReport]) -> Void
    private let now: @Sendable () -> Date
    private let clock: SteadyClock
    private let logger: Logger
    private let instance: String?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - instance: this server's name, if others may work on the database.
    ///   - report: is told whether messages are lost.
    init(
        database: FleetDatabase, instance: String?, report: @Sendable @escaping ([AlarmReport]) -> Void, clock: SteadyClock = .process,
        now: @Sendable @escaping () -> Date, logger: Logger
    ) {
        messages = CardMessageStore(database: database)
        senders = UnknownSenderStore(database: database)
        self.instance = instance
        self.report = report
        self.clock = clock
        self.now = now
        self.logger = logger
    }

    // MARK: - What is heard

    func add(_ lines: [CardMessage]) {
        state.withLock { state in
            let room = max(0, Self.capacity - state.messages.count)
            state.messages.append(contentsOf: lines.prefix(room))
            state.lost &+= UInt64(max(0, lines.count - room))
        }
    }

    func note(_ kind: UnknownSender.Kind, at address: String, count: UInt64, engine: EngineID? = nil, text: String?) {
        let at = now()
        state.withLock { $0.senders.note(.init(address: address, kind: kind), count: count, engine: engine, text: text, at: at) }
    }

    /// What strangers have sent by SNMP, by their addresses.
    func note(_ unknown: [String: TrapIntake.Unknown]) {
        for (address, unknown) in unknown { note(.trap, at: address, count: unknown.count, engine: unknown.engine, text: unknown.words) }
    }

    /// Lines of cards that could not be written.
    var lost: UInt64 { state.withLock { $0.lost } }
    /// Messages of unknown senders that are not in their list, for it was full.
    var unlisted: UInt64 { state.withLock { $0.senders.unlisted } }

    // MARK: - Writing

    /// What the looks of `run()` keep from one to the next.
    private struct Course {
        var traps: ReceiverLoss
        var syslog: ReceiverLoss
        var sinceUpkeep = 0
        var written: [Int64: Int] = [:]
        var hasFailed = false
    }

    /// Set before `run()`: how many traps and syslog messages were lost, and whose traps were refused.
    struct Sources: Sendable {
        var trapsLost: @Sendable () -> UInt64
        var syslogLost: @Sendable () -> UInt64
        var refused: @Sendable () -> [RefusedSender]
    }

    private let sources = Mutex<Sources?>(nil)

    func observe(_ sources: Sources) { self.sources.withLock { $0 = sources } }

    func run() async throws {
        var course = Course(
            traps: ReceiverLoss(.trapsLost(on: instance), now: clock.seconds),
            syslog: ReceiverLoss(.syslogLost(on: instance), now: clock.seconds))
        for await _ in AsyncTimerSequence(interval: Self.interval, clock: .continuous).cancelOnGracefulShutdown() {
            await look(&course)
        }
        // What came last is written before the server ends.
        await look(&course)
    }

    private func look(_ course: inout Course) async {
        if let sources = sources.withLock({ $0 }) {
            for refused in sources.refused() {
                note(
                    .refusedTrap, at: refused.source.ipAddress ?? "", count: refused.count, engine: refused.engine, text: refused.words)
            }
            watch(sources, &course)
        }
        do {
            try await write(&course)
            course.sinceUpkeep += 1
            if course.sinceUpkeep >= Self.upkeepEach {
                course.sinceUpkeep = 0
                try await senders.forgetCards()
                while try await messages.pruneOld(now: now()) { await Task.yield() }
            }
            course.hasFailed = false
        } catch is CancellationError {
            return
        } catch {
            if !course.hasFailed { logger.error("what was received can't be stored; trying again", metadata: ["error": "\(error)"]) }
            course.hasFailed = true
        }
    }

    private func watch(_ sources: Sources, _ course: inout Course) {
        let seconds = clock.seconds
        let claims = [
            course.traps.observe(sources.trapsLost(), now: seconds), course.syslog.observe(sources.syslogLost() &+ lost, now: seconds),
        ].compactMap(\.self)
        guard !claims.isEmpty else { return }
        report([AlarmReport(card: nil, source: .server, at: now(), claims: claims)])
    }

    /// What can't be written stays for the next time.
    private func write(_ course: inout Course) async throws {
        let sightings = state.withLock { $0.senders.take() }
        if !sightings.isEmpty {
            do {
                try await senders.add(sightings)
            } catch {
                state.withLock { state in
                    for (key, sighting) in sightings { state.senders.merge(key, sighting) }
                }
                throw error
            }
        }
        while true {
            let lines = state.withLock { Array($0.messages.prefix(Self.batch)) }
            guard !lines.isEmpty else { break }
            try await messages.add(lines)
            state.withLock { $0.messages.removeFirst(lines.count) }
            for line in lines { course.written[line.card, default: 0] += 1 }
        }
        for (card, count) in course.written where count >= Self.pruneEach {
            try await messages.prune(card: card)
            course.written[card] = nil
        }
    }
}
