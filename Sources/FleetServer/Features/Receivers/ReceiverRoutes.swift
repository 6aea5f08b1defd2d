import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import SNMP
import Syslog

/// `/receivers`, `/unknown-senders` and `/cards/{id}/messages`: what cards and others send by themselves.
struct ReceiverRoutes: Sendable {
    let traps: TrapService
    let syslog: SyslogService
    let journal: ReceiverJournal
    let senders: UnknownSenderStore
    let messages: CardMessageStore
    let listing: CardListing
    let audit: AuditLog

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("receivers") { _, context -> Page<ReceiverResource> in
            _ = try context.user()
            return Page([traps.resource] + SyslogTransport.allCases.map { syslog.resource($0, unstored: journal.lost) })
        }
        group.get("unknown-senders") { request, context -> Page<UnknownSender> in
            _ = try context.user()
            let paging = try Paging(request)
            let found = try await senders.senders(from: paging.start, limit: paging.limit + 1)
            return try await paging.page(byPosition: found) { $0 }
        }
        group.delete("unknown-senders/:address") { _, context -> Response in
            let user = try context.user(atLeast: .operator)
            let address = context.parameters.get("address") ?? ""
            guard try await senders.forget(address) else { throw Problem.notFound("unknown sender \(address)") }
            try await audit.record("unknownSender.forget", by: user.username, target: address)
            return Response(status: .noContent)
        }
        group.get("cards/:id/messages") { request, context -> Page<CardMessage> in
            let id = try context.key("id", of: "card")
            guard try await listing.card(id) != nil else { throw Problem.notFound("card \(id)") }
            let paging = try Paging(request)
            let found = try await messages.messages(of: id, before: paging.after, limit: paging.limit + 1)
            return try await paging.page(found, cursor: \.id) { $0 }
        }
    }
}

/// A receiver as the API shows it.
struct ReceiverResource: ResponseEncodable, Sendable {
    enum Kind: String, Encodable, Sendable, CaseIterable {
        case traps, syslogUDP, syslogTCP, syslogTLS

        init(_ transport: SyslogTransport) {
            self =
                switch transport {
                case .udp: .syslogUDP
                case .tcp: .syslogTCP
                case .tls: .syslogTLS
                }
        }
    }

    let kind: Kind
    let state: ReceiverState
    /// Where it listens.
    @Nullable var address: String?
    /// Why it does not listen.
    @Nullable var problem: String?
    let received: UInt64
    /// What came and was lost, or not let in.
    let dropped: UInt64
    /// What was received, by what it was and who sent it.
    let byKind: [String: UInt64]
    /// What was not, by the reason.
    let drops: [String: UInt64]
    /// Open ones; null where there are none by nature.
    @Nullable var connections: Int?
}

extension TrapService {
    /// Traps that came and were lost: not those that were refused.
    var lost: UInt64 {
        let statistics = statistics
        return statistics.overflowed &+ (statistics.drops[.queueFull] ?? 0) &+ (statistics.drops[.rateLimited] ?? 0)
    }

    var resource: ReceiverResource {
        let (tally, statistics, state) = (tally, statistics, state)
        var drops: [String: UInt64] = [:]
        for (reason, count) in statistics.drops where count > 0 { drops[reason.rawValue] = count }
        if statistics.overflowed > 0 { drops["socketOverflow"] = statistics.overflowed }
        var kinds: [String: UInt64] = [:]
        for (label, count) in tally.received {
            kinds[
                "v\(label.version.rawValue) \(label.isInform ? "inform" : "trap") \(label.isFromCard ? "card" : "unknown")", default: 0] +=
                count
        }
        return ReceiverResource(
            kind: .traps, state: ReceiverState(rawValue: state.rawValue) ?? .unavailable, address: boundAddress?.hostAndPort,
            problem: state == .unavailable ? "The port can't be had; the server tries again." : nil,
            received: tally.received.values.reduce(0, &+), dropped: drops.values.reduce(0, &+), byKind: kinds, drops: drops,
            connections: nil)
    }
}

extension SyslogService {
    /// - Parameter unstored: lines of cards that could not be written down; of all transports, and told with the first.
    func resource(_ transport: SyslogTransport, unstored: UInt64) -> ReceiverResource {
        let port = port(transport)
        let statistics = port.statistics
        let counts: [(String, UInt64)] = [
            ("queueFull", statistics.queueFull), ("socketOverflow", statistics.overflowed), ("refusedConnections", statistics.refused),
            ("failedHandshakes", statistics.failedHandshakes), ("framingErrors", statistics.framingErrors),
            ("notStored", transport == .udp ? unstored : 0),
        ]
        let drops = Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 })
        let received = received
        let kinds: [(String, UInt64)] = [
            ("card", received[.init(transport: transport, isFromCard: true)] ?? 0),
            ("unknown", received[.init(transport: transport, isFromCard: false)] ?? 0), ("truncated", statistics.truncated),
        ]
        return ReceiverResource(
            kind: .init(transport), state: port.state, address: port.address?.hostAndPort, problem: port.problem,
            received: statistics.received, dropped: statistics.lost &+ (transport == .udp ? unstored : 0),
            byKind: Dictionary(uniqueKeysWithValues: kinds.filter { $0.1 > 0 }), drops: drops,
            connections: transport == .udp ? nil : statistics.connections)
    }
}

extension SocketAddress {
    /// `127.0.0.1:514`, `[::1]:514`.
    var hostAndPort: String {
        let host = ipAddress ?? ""
        return host.contains(":") ? "[\(host)]:\(port ?? 0)" : "\(host):\(port ?? 0)"
    }
}
