import NIOCore
import Testing

@testable import SNMP

/// v3 informs from end to end: our outbox against our receiver, datagram by datagram.
struct SecureInformTests {
    private static let peer = TrapReceiverTests.peer
    private static let start = TrapReceiverTests.start
    private let user: USMUser
    private let address: SocketAddress

    init() throws {
        user = try NotifyingCard.strong.get()
        address = try SocketAddress(ipAddress: "127.0.0.1", port: 162)
    }

    private func outbox() -> NotificationOutbox<LinearCongruence> {
        NotificationOutbox(
            identity: EngineIdentity(NotifyingCard().id, clock: EngineClock(boots: 2, startedAt: Self.start)),
            random: LinearCongruence(state: 1))
    }

    private func target(_ user: USMUser) -> NotificationReceiver {
        NotificationReceiver(address, credentials: .v3(user), isConfirmed: true, timeout: .seconds(1), retries: 2)
    }

    private func octets(_ datagrams: [NotificationOutbox<LinearCongruence>.Datagram]) throws -> [UInt8] {
        try #require(datagrams.count == 1)
        return Array(datagrams[0].octets.readableBytesView)
    }

    private func reply(_ action: TrapReceiver.ReceivedAction) throws -> [UInt8] {
        switch action {
        case .deliver(_, let reply?): return Array(reply.readableBytesView)
        case .respond(let reply): return Array(reply.readableBytesView)
        case .deliver, .drop: throw Silence(action: "\(action)")
        }
    }

    private struct Silence: Error { let action: String }

    private var peer: PeerAddress { PeerAddress(ipv4: 0x7F00_0001, port: 162) }

    @Test func anInformBeginsWithADiscoveryAndIsAcknowledged() throws {
        var outbox = outbox()
        var receiver = TrapReceiver.forTests(users: [user])
        let discovery = try octets(outbox.submitted(TrapReceiverTests.notification, to: target(user), now: Self.start))
        let report = try reply(receiver.received(discovery))
        #expect(receiver.statistics.reports == 1)
        #expect(receiver.statistics.drops.isEmpty)
        let inform = try octets(outbox.received(report, from: peer))
        let action = receiver.received(inform)
        guard case .deliver(let received, _) = action else { throw Silence(action: "\(action)") }
        #expect(received.isInform)
        #expect(received.notification == TrapReceiverTests.notification)
        #expect(received.principal == .user("strong", .authPriv, engine: NotifyingCard().id))
        #expect(try outbox.received(reply(action), from: peer) == [])
        #expect(outbox.statistics.acknowledged == 1)
        #expect(outbox.nextDeadline == nil)
        // The engine is known by now.
        let second = try octets(outbox.submitted(TrapReceiverTests.notification, to: target(user), now: Self.start))
        guard case .deliver = receiver.received(second) else { return #expect(Bool(false)) }
    }

    @Test func aLostAcknowledgementBringsTheInformAgainButNotItsNotification() throws {
        var outbox = outbox()
        var receiver = TrapReceiver.forTests(users: [user])
        let discovery = try octets(outbox.submitted(TrapReceiverTests.notification, to: target(user), now: Self.start))
        let inform = try octets(outbox.received(try reply(receiver.received(discovery)), from: peer))
        _ = receiver.received(inform)
        let again = try octets(outbox.deadlineReached(now: Self.start + .seconds(1)))
        let action = receiver.received(again, at: .seconds(1))
        guard case .respond = action else { throw Silence(action: "\(action)") }
        #expect(try outbox.received(reply(action), from: peer) == [])
        #expect(outbox.statistics.acknowledged == 1)
        #expect(outbox.statistics.retransmissions == 1)
        #expect(receiver.statistics.delivered == 1)
        #expect(receiver.statistics.duplicates == 1)
    }

    @Test func aReceiverThatHasStartedAgainIsFoundWithoutLosingTheInform() throws {
        var outbox = outbox()
        var first = TrapReceiver.forTests(users: [user])
        let discovery = try octets(outbox.submitted(TrapReceiverTests.notification, to: target(user), now: Self.start))
        let inform = try octets(outbox.received(try reply(first.received(discovery)), from: peer))
        _ = try outbox.received(reply(first.received(inform)), from: peer)
        let later = EngineIdentity(NotifyingCard.receiver.id, clock: EngineClock(boots: 8, startedAt: Self.start))
        var second = TrapReceiver(communities: nil, users: [user], engine: later, saltStart: 1, now: Self.start)
        let stale = try octets(outbox.submitted(TrapReceiverTests.notification, to: target(user), now: Self.start))
        let report = try reply(second.received(stale))
        #expect(second.statistics.drops == [.notInTimeWindow: 1])
        let fresh = try octets(outbox.received(report, from: peer))
        guard case .deliver = second.received(fresh) else { return #expect(Bool(false)) }
    }

    @Test func aWrongKeyIsToldAndNotTriedAgain() throws {
        var outbox = outbox()
        var receiver = TrapReceiver.forTests(users: [user])
        let wrong = try USMUser(name: "strong", authentication: (.sha256, "wrongpassword"), privacy: (.aes128, "privpassword"))
        let discovery = try octets(outbox.submitted(TrapReceiverTests.notification, to: target(wrong), now: Self.start))
        let inform = try octets(outbox.received(try reply(receiver.received(discovery)), from: peer))
        #expect(try outbox.received(reply(receiver.received(inform)), from: peer) == [])
        #expect(receiver.statistics.drops == [.wrongDigest: 1])
        #expect(outbox.statistics.losses == [.refused: 1])
        #expect(outbox.nextDeadline == nil)
    }

    @Test func requestsAreNotAnsweredButReported() throws {
        var receiver = TrapReceiver.forTests(users: [user])
        let card = NotifyingCard()
        // Another engine than ours, and the sender wants to know.
        let stray = card.message(user, .get, isReportable: true)
        guard case .respond = receiver.received(stray) else { return #expect(Bool(false)) }
        #expect(receiver.statistics.drops == [.notANotification: 1])
    }

    @Test func deliversATrapThatWantsAReportByMistake() throws {
        var receiver = TrapReceiver.forTests(users: [user])
        let card = NotifyingCard()
        #expect(receiver.received(card.message(user, isReportable: true)) == card.received(user))
    }

    @Test func everyMutatedOctetOfAnInformIsRefused() throws {
        var outbox = outbox()
        var receiver = TrapReceiver.forTests(users: [user])
        let discovery = try octets(outbox.submitted(TrapReceiverTests.notification, to: target(user), now: Self.start))
        let report = try reply(receiver.received(discovery))
        let inform = try octets(outbox.received(report, from: peer))
        for position in inform.indices {
            for octet in UInt8.min...UInt8.max where octet != inform[position] {
                var mutated = inform
                mutated[position] = octet
                if case .deliver = receiver.received(mutated) { Issue.record("octet \(position) as \(octet) is taken") }
            }
        }
        let acknowledgement = try reply(receiver.received(inform))
        for position in acknowledgement.indices {
            var mutated = acknowledgement
            mutated[position] ^= 0x55
            _ = outbox.received(mutated, from: peer)
        }
        #expect(outbox.statistics.acknowledged == 0)
    }
}

extension NotificationOutbox {
    mutating func received(_ octets: [UInt8], from peer: PeerAddress, now: NIODeadline = TrapReceiverTests.start) -> [Datagram] {
        octets.withUnsafeBytes { received($0, from: peer, now: now) }
    }
}
