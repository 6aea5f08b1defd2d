import Crypto
import FoundationEssentials
import NIOCore
import NIOPosix
import NetVision
import PowerDevice
import Synchronization
import Syslog
import Testing

@testable import FleetServer

/// Syslog over sockets of the loopback network, from a sender of ours.
@Suite(.timeLimit(.minutes(1))) struct SyslogServiceTests {
    private static let now = Date(timeIntervalSince1970: 1_795_469_700)

    private struct Bench: Sendable {
        let syslog: SyslogService
        let journal: ReceiverJournal
        let messages: CardMessageStore
        let senders: UnknownSenderStore
        let card: Int64
        let reports: AsyncStream<AlarmReport>
        let hurried: AsyncStream<Int64>
        let ports: [SyslogTransport: Int]

        func send(_ texts: [String], _ transport: SyslogTransport = .udp) async throws {
            let messages = texts.map { SyslogMessage(severity: .warning, application: "UPS", text: $0) }
            let sender = SyslogSender(
                host: "127.0.0.1", port: try #require(ports[transport]), transport: transport, group: MultiThreadedEventLoopGroup.singleton)
            try await sender.send(messages)
        }
    }

    /// - Parameter address: of the card.
    private func with(address: String = "127.0.0.1", _ body: @escaping @Sendable (Bench) async throws -> Void) async throws {
        let database = try FleetDatabase.forTests()
        let cards = CardStore(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let identity = CardIdentity(generation: .netVision8, serial: "P1")
        let card = try await cards.enroll(CardFinding(address: address, identity: identity, access: .standard), now: Self.now).card
        let (reports, reported) = AsyncStream.makeStream(of: AlarmReport.self)
        let (hurried, hurry) = AsyncStream.makeStream(of: Int64.self)
        let report: @Sendable ([AlarmReport]) -> Void = { for one in $0 { reported.yield(one) } }
        let journal = ReceiverJournal(database: database, instance: nil, report: report, now: { Self.now }, logger: PolledFleet.logger)
        var settings = SyslogSettings()
        for transport in [SyslogTransport.udp, .tcp] { settings.listen[transport] = try ListenAddress("127.0.0.1:0", key: "syslog") }
        let syslog = try SyslogService(
            settings: settings, find: { $0 == .address(card.address) ? card : nil }, hurry: { hurry.yield($0) }, journal: journal,
            report: report, now: { Self.now }, logger: PolledFleet.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await syslog.run() }
            tasks.addTask { try await journal.run() }
            var ports: [SyslogTransport: Int] = [:]
            for await (transport, address) in syslog.addresses {
                ports[transport] = address.port
                if ports.count == 2 { break }
            }
            try await body(
                Bench(
                    syslog: syslog, journal: journal, messages: CardMessageStore(database: database),
                    senders: UnknownSenderStore(database: database), card: card.id, reports: reports, hurried: hurried, ports: ports))
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    @Test(arguments: [SyslogTransport.udp, .tcp]) func aCardsLineIsStoredReportedAndLookedInto(_ transport: SyslogTransport) async throws {
        try await with { bench in
            try await bench.send(["Operating on Battery", "Mail sent"], transport)
            let report = try #require(await bench.reports.first { _ in true })
            #expect(report == AlarmReport(card: bench.card, source: .syslog, at: Self.now, claims: [.raised(.onBattery)]))
            #expect(await bench.hurried.first { _ in true } == bench.card)
            var lines: [CardMessage] = []
            while lines.count < 2 {
                try await Task.sleep(for: .milliseconds(20))
                lines = try await bench.messages.messages(of: bench.card, before: nil, limit: 10)
            }
            #expect(lines.map(\.text) == ["UPS: Mail sent", "UPS: Operating on Battery"])
            #expect(bench.syslog.received == [.init(transport: transport, isFromCard: true): 2])
            #expect(bench.syslog.port(transport).state == .listening)
            #expect(bench.syslog.lost == 0)
        }
    }

    @Test func aStrangerIsListed() async throws {
        try await with(address: "192.0.2.1") { bench in
            try await bench.send(["one", "two password=x"])
            var found: [UnknownSender] = []
            while found.first?.count != 2 {
                try await Task.sleep(for: .milliseconds(20))
                found = try await bench.senders.senders(from: 0, limit: 10)
            }
            #expect(found.map(\.address) == ["127.0.0.1"])
            #expect(found.first?.protocol == .syslog)
            #expect(found.first?.lastText == "UPS: two password=***")
            #expect(found.first?.firstAt == Self.now)
        }
    }

    @Test func whatWasLostRaisesAnAlarm() async throws {
        try await with { bench in
            bench.journal.observe(.init(trapsLost: { 3 }, syslogLost: { 0 }, refused: { [] }))
            let report = try #require(await bench.reports.first { _ in true })
            #expect(report.card == nil)
            #expect(report.source == .server)
            #expect(report.claims == [.raised(.trapsLost(on: nil), detail: "3 lost just now, 3 since the start.")])
        }
    }
}
