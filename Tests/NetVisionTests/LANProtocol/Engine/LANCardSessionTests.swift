import NIOCore
import Testing

@testable import NetVision

/// The card's side against the manager's side, without a network.
struct LANCardSessionTests {
    private static let card = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))
    private static let key = LANKey(password: "FFC190", card: card)
    private static let wrongKey = LANKey(password: "000000", card: card)
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private final class Card {
        var session = LANCardSession(card: LANCardSessionTests.card)
        var key = LANCardSessionTests.key
        /// Why the password has to be changed.
        var obstacle: String?
        var now: NIODeadline
        private var counter: UInt64 = 0

        init(now: NIODeadline) { self.now = now }

        func receive(_ datagram: ByteBuffer, from host: String = "10.0.0.9") throws -> LANCardSession.ReceivedAction {
            let announcement = Announcement(
                card: LANCardSessionTests.card, network: NetworkSettings(address: 0x0A00_0005, mask: 0xFFFF_FF00), firmware: "8.40",
                model: "X")
            return session.received(
                datagram, from: try SocketAddress(ipAddress: host, port: 5000), now: now, announcement: { announcement },
                random: {
                    self.counter += 1
                    return self.counter
                })
        }

        /// What comes of an order's datagram.
        func judge(_ datagram: ByteBuffer, from host: String = "10.0.0.9") throws -> LANCardSession.Judgement? {
            guard case .judge(let claim) = try receive(datagram, from: host) else { return nil }
            return session.judge(claim, key: key, obstacle: obstacle, now: now)
        }

        /// The datagram that orders, after the challenge.
        func order(_ request: inout LANRequest, from host: String = "10.0.0.9") throws -> ByteBuffer? {
            guard case .reply(let challenge) = try receive(request.datagram, from: host),
                case .send(let datagram) = request.received(challenge)
            else { return nil }
            return datagram
        }

        /// Carries a request through to its result or to the card's order.
        func converse(_ order: LANRequest.Order, _ key: LANKey, from host: String = "10.0.0.9") throws -> LANCardSession.Judgement? {
            var request = LANRequest(order, card: LANCardSessionTests.card, key: key, transaction: 77)
            return try self.order(&request, from: host).flatMap { try judge($0, from: host) }
        }

        /// What an asker would read.
        func result(_ judgement: LANCardSession.Judgement?) throws -> LANResult {
            switch judgement {
            case .reply(let datagram, _)?, .refuse(let datagram)?, .pass(let datagram?)?: try LANResult(LANMessage(decoding: datagram))
            default: LANResult(.failed, "no reply")
            }
        }
    }

    @Test func announcesItselfToWhoeverAsks() throws {
        let card = Card(now: start)
        for address in [HardwareAddress.any, Self.card] {
            guard case .reply(let datagram) = try card.receive(LANMessage(.discover, card: address, transaction: 5).encoded()) else {
                Issue.record("no reply")
                continue
            }
            #expect(try Announcement(LANMessage(decoding: datagram)).isUnlocked == false)
        }
    }

    @Test func unlocksOneHostForTenMinutes() throws {
        let card = Card(now: start)
        let result = try card.result(try card.converse(.unlock, Self.key))
        #expect(result.code == .done && result.seconds == 600)
        #expect(card.session.isUnlocked(for: "10.0.0.9", now: start))
        #expect(!card.session.isUnlocked(for: "10.0.0.8", now: start))
        #expect(!card.session.isUnlocked(for: "10.0.0.9", now: start + .minutes(10)))
        _ = try card.converse(.lock, Self.key)
        #expect(!card.session.isUnlocked(for: "10.0.0.9", now: start))
    }

    @Test func aWrongPasswordOpensNothing() throws {
        let card = Card(now: start)
        #expect(try card.result(try card.converse(.unlock, Self.wrongKey)).code == .notAuthentic)
        #expect(!card.session.isUnlocked(for: "10.0.0.9", now: start))
    }

    @Test func aRecordedRequestIsWorthNothing() throws {
        let card = Card(now: start)
        var request = LANRequest(.restart, card: Self.card, key: Self.key, transaction: 77)
        let datagram = try #require(try card.order(&request))
        guard case .perform(.restart, _)? = try card.judge(datagram) else {
            Issue.record("not performed")
            return
        }
        #expect(try card.result(try card.judge(datagram)).code == .staleNonce)
    }

    @Test func aNonceIsForOneHostAndForHalfAMinute() throws {
        for (host, delay) in [("10.0.0.8", TimeAmount.zero), ("10.0.0.9", .seconds(31))] {
            let card = Card(now: start)
            var request = LANRequest(.restart, card: Self.card, key: Self.key, transaction: 77)
            let datagram = try #require(try card.order(&request))
            card.now = start + delay
            #expect(try card.result(try card.judge(datagram, from: host)).code == .staleNonce)
        }
    }

    @Test func refusesSettingsThatNoHostCanUse() throws {
        let card = Card(now: start)
        let settings = NetworkSettings(address: 0x0A00_0000, mask: 0xFFFF_FF00)
        #expect(try card.result(try card.converse(.setNetwork(settings), Self.key)).code == .invalid)
        let good = NetworkSettings(address: 0x0A00_0007, mask: 0xFFFF_FF00, gateway: 0x0A00_0001)
        guard case .perform(.setNetwork(let asked), let request)? = try card.converse(.setNetwork(good), Self.key) else {
            Issue.record("not performed")
            return
        }
        #expect(asked == good)
        let reply = card.session.answer(request, LANResult(.done))
        #expect(try LANResult(LANMessage(decoding: reply)).code == .done)
    }

    @Test func aPasswordThatHasToBeChangedUnlocksAndRestartsNothing() throws {
        let card = Card(now: start)
        card.obstacle = "Set another one first."
        for order in [LANRequest.Order.unlock, .restart] {
            let result = try card.result(try card.converse(order, Self.key))
            #expect(result == LANResult(.passwordChangeRequired, "Set another one first."))
        }
        #expect(!card.session.isUnlocked(for: "10.0.0.9", now: start))
        // Who does not know the password is not told how old it is.
        #expect(try card.result(try card.converse(.unlock, Self.wrongKey)).code == .notAuthentic)
        #expect(try card.converse(.identify(seconds: 3), Self.key).isPerformed)
        #expect(try card.converse(.setNetwork(NetworkSettings(address: 0x0A00_0007, mask: 0xFFFF_FF00)), Self.key).isPerformed)
        #expect(try card.converse(.setPassword("x"), Self.key).isPerformed)
    }

    @Test func tellsWhetherAnUnlockIsNew() throws {
        let card = Card(now: start)
        guard case .reply(_, opensWindow: true)? = try card.converse(.unlock, Self.key) else {
            Issue.record("the first opens the window")
            return
        }
        guard case .reply(_, opensWindow: false)? = try card.converse(.unlock, Self.key) else {
            Issue.record("the second keeps it open")
            return
        }
    }

    @Test func doesNotWakeForWhatIsNotForIt() throws {
        let card = Card(now: start)
        let other = HardwareAddress(octets: (0, 1, 2, 3, 4, 5))
        #expect(try card.receive(ByteBuffer(string: "hello")) == .drop(.malformed))
        #expect(try card.receive(LANMessage(.discover, card: other, transaction: 1).encoded()) == .drop(.otherCard))
        #expect(try card.receive(LANMessage(.restart, card: .any, transaction: 1).encoded()) == .drop(.otherCard))
        #expect(try card.receive(LANMessage(.init(rawValue: 99), card: Self.card, transaction: 1).encoded()) == .drop(.unknownKind))
    }

    @Test func answersOnlySoMuchASecond() throws {
        let card = Card(now: start)
        let question = LANMessage(.discover, card: .any, transaction: 5).encoded()
        for _ in 0..<LANCardSession.repliesPerHost { _ = try card.receive(question) }
        #expect(try card.receive(question) == .drop(.tooMany))
        card.now = start + .seconds(1)
        #expect(try card.receive(question) != .drop(.tooMany))
    }

    @Test func aNewPasswordEndsTheUnlocks() throws {
        let card = Card(now: start)
        _ = try card.converse(.unlock, Self.key)
        card.session.endUnlocks()
        card.key = Self.wrongKey
        #expect(!card.session.isUnlocked(for: "10.0.0.9", now: start))
        #expect(try card.result(try card.converse(.unlock, Self.key)).code == .notAuthentic)
    }

    @Test func anyChangedOctetOfARequestIsNoticed() throws {
        let request = LANMessage(.restart, card: Self.card, transaction: 9, fields: [LANField(.nonce, Array(0..<16))])
        let octets = Array(Self.key.authenticate(request).encoded().readableBytesView)
        for position in octets.indices {
            var changed = octets
            changed[position] ^= 1
            guard let message = try? LANMessage(decoding: ByteBuffer(bytes: changed)) else { continue }
            #expect(!Self.key.isAuthentic(message))
        }
        #expect(Self.key.isAuthentic(try LANMessage(decoding: ByteBuffer(bytes: octets))))
    }
}

extension LANCardSession.Judgement? {
    fileprivate var isPerformed: Bool { if case .perform? = self { true } else { false } }
}

struct LANReplyRouteTests {
    @Test func answersByBroadcastOnlyWhereUnicastMayNotReach() throws {
        let home = NetworkSettings(address: 0x0A00_0005, mask: 0xFFFF_FF00)
        let neighbour = try SocketAddress(ipAddress: "10.0.0.9", port: 5000)
        let stranger = try SocketAddress(ipAddress: "192.168.1.9", port: 5000)
        #expect(LANReplyRoute.destinations(to: neighbour, cameByBroadcast: true, network: home) == [neighbour])
        #expect(LANReplyRoute.destinations(to: stranger, cameByBroadcast: false, network: home) == [stranger])
        let both = LANReplyRoute.destinations(to: stranger, cameByBroadcast: true, network: home)
        #expect(both == [stranger, try SocketAddress(ipAddress: "255.255.255.255", port: 5000)])
        #expect(LANReplyRoute.broadcast(of: 0x7F4D_0001) == "127.255.255.255")
    }
}
