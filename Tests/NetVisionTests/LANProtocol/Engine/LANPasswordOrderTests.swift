import Crypto
import NIOCore
import Testing

@testable import NetVision

/// A new password on its way from the manager to the card.
struct LANPasswordOrderTests {
    private static let card = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))
    private static let key = LANKey(password: "FFC190", card: card)
    private static let now = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private static let password = "A long one, 7%"

    private var session = LANCardSession(card: card)

    private func peer(_ host: String) throws -> SocketAddress { try SocketAddress(ipAddress: host, port: 5000) }

    private mutating func receive(_ datagram: ByteBuffer, from host: String = "10.0.0.9") throws -> LANCardSession.ReceivedAction {
        let announcement = Announcement(
            card: Self.card, network: NetworkSettings(address: 0x0A00_0005, mask: 0xFFFF_FF00), firmware: "8.40", model: "X")
        return session.received(
            datagram, from: try peer(host), now: Self.now, announcement: { announcement }, random: { UInt64.random(in: .min ... .max) })
    }

    private mutating func judge(_ datagram: ByteBuffer, from host: String = "10.0.0.9", key: LANKey = key) throws
        -> LANCardSession.Judgement?
    {
        guard case .judge(let claim) = try receive(datagram, from: host) else { return nil }
        return session.judge(claim, key: key, obstacle: "It is the first one.", now: Self.now)
    }

    /// The order as the manager sends it after the challenge.
    private mutating func order(_ password: String = password, key: LANKey = key, transaction: UInt64 = 77) throws -> ByteBuffer {
        var request = LANRequest(.setPassword(password), card: Self.card, key: key, transaction: transaction)
        guard case .reply(let challenge) = try receive(request.datagram), case .send(let datagram) = request.received(challenge) else {
            throw LANError.noAnswer(attempts: 1)
        }
        return datagram
    }

    @Test mutating func thePasswordArrives() throws {
        guard case .perform(.setPassword(Self.password), _)? = try judge(try order()) else {
            Issue.record("not performed")
            return
        }
    }

    @Test mutating func thePasswordIsNotInTheDatagram() throws {
        let octets = Array(try order().readableBytesView)
        let secret = Array(Self.password.utf8)
        #expect(!octets.indices.contains { octets[$0...].starts(with: secret) })
        // Nor does its length show.
        #expect(octets.count == Array(try order("x").readableBytesView).count)
    }

    @Test mutating func noTwoDatagramsSealAlike() throws {
        let first = try LANMessage(decoding: try order())[.sealedPassword]
        let second = try LANMessage(decoding: try order())[.sealedPassword]
        #expect(first != nil && first != second)
    }

    @Test mutating func whoListensAndKnowsThePasswordReadsNothing() throws {
        var request = LANRequest(.setPassword(Self.password), card: Self.card, key: Self.key, transaction: 77)
        guard case .reply(let challenge) = try receive(request.datagram), case .send(let datagram) = request.received(challenge) else {
            Issue.record("no challenge")
            return
        }
        let (asked, ordered) = (try LANMessage(decoding: challenge), try LANMessage(decoding: datagram))
        let sealed = try #require(ordered[.sealedPassword])
        let conversation = SealedPassword.Conversation(
            card: Self.card, transaction: 77, nonce: try #require(asked[.nonce]), askersShare: try #require(ordered[.keyShare]),
            cardsShare: try #require(asked[.keyShare]))
        let agreed = try #require(LANKeyShare().agreed(with: conversation.cardsShare))
        #expect(SealedPassword(conversation, key: Self.key, agreed: agreed)?.opened(sealed) == nil)
    }

    @Test mutating func anotherPasswordThanTheCardsSetsNothing() throws {
        let wrong = LANKey(password: "000000", card: Self.card)
        guard case .refuse? = try judge(try order(key: wrong)) else {
            Issue.record("not refused")
            return
        }
    }

    @Test mutating func aRepetitionGetsTheSameResultAndDoesNothing() throws {
        let datagram = try order()
        guard case .perform(_, let request)? = try judge(datagram) else {
            Issue.record("not performed")
            return
        }
        // Still under way: silence, for a result would be a lie.
        #expect(try judge(datagram) == .pass(nil))
        let result = session.answer(request, LANResult(.done, "The password is set."))
        // The password that it was made under counts no more.
        let key = LANKey(password: Self.password, card: Self.card)
        #expect(try judge(datagram, key: key) == .pass(result))
        let fromElsewhere = try judge(datagram, from: "10.0.0.8", key: key)
        #expect(fromElsewhere != .pass(result))
    }

    @Test mutating func aChangedDatagramIsNoRepetition() throws {
        let datagram = try order()
        guard case .perform(_, let request)? = try judge(datagram) else { return }
        _ = session.answer(request, LANResult(.done))
        var octets = Array(datagram.readableBytesView)
        octets[octets.count - 1] ^= 1
        let judgement = try judge(ByteBuffer(bytes: octets))
        guard case .pass(let reply?)? = judgement else {
            Issue.record("no reply")
            return
        }
        #expect(try LANResult(LANMessage(decoding: reply)).code == .staleNonce)
    }

    /// Authentic, and yet not readable: each octet of what is sealed, and of the share, counts.
    @Test mutating func noOctetOfTheSealCanBeChanged() throws {
        for type in [LANField.FieldType.sealedPassword, .keyShare] {
            for position in stride(from: 0, to: type == .keyShare ? 31 : SealedPassword.length, by: 5) {
                var message = try LANMessage(decoding: try order())
                message.fields.removeLast()
                let index = try #require(message.fields.firstIndex { $0.type == type })
                var value = message.fields[index].value
                value[position] ^= 1
                message.fields[index] = LANField(type, value)
                let judgement = try judge(Self.key.authenticate(message).encoded())
                guard case .reply(let reply, _)? = judgement else {
                    Issue.record("no reply")
                    continue
                }
                #expect(try LANResult(LANMessage(decoding: reply)).code == .invalid)
            }
        }
    }

    @Test mutating func aPasswordThatDoesNotFitIsNotSent() throws {
        var request = LANRequest(.setPassword(String(repeating: "x", count: 65)), card: Self.card, key: Self.key, transaction: 77)
        guard case .reply(let challenge) = try receive(request.datagram), case .complete(let result) = request.received(challenge) else {
            Issue.record("not complete")
            return
        }
        #expect(result.code == .invalid)
        #expect(try !order(String(repeating: "x", count: 64)).readableBytesView.isEmpty)
    }

    @Test func aChallengeWithoutAUsableShareIsIgnored() {
        for share in [nil, [], Array(repeating: 0, count: 32), Array(repeating: 1, count: 31)] as [[UInt8]?] {
            var request = LANRequest(.setPassword("x"), card: Self.card, key: Self.key, transaction: 77)
            let fields = [LANField(.nonce, Array(0..<16))] + (share.map { [LANField(.keyShare, $0)] } ?? [])
            let reply = LANMessage(.challengeReply, card: Self.card, transaction: 77, fields: fields).encoded()
            #expect(request.received(reply) == .ignore)
        }
    }

    /// The octets of the description: computed by another program from the same inputs.
    @Test func sealsTheDocumentedOctets() throws {
        let conversation = SealedPassword.Conversation(
            card: Self.card, transaction: 0x0102_0304_0506_0708, nonce: Array(0..<16), askersShare: Array(repeating: 0xA1, count: 32),
            cardsShare: Array(repeating: 0xC2, count: 32))
        let key = try #require(LANKey(octets: Array(repeating: 0x11, count: 32)))
        let sealed = try #require(SealedPassword(conversation, key: key, agreed: Array(repeating: 0x22, count: 32))?.sealed("Abc"))
        #expect(sealed.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == Self.vector)
    }

    private static let vector =
        "34dc3c5abe9874c3baa0f6e2a516af574927cae1e72059b65976fcc2d7b4808c08ea114d4f0f702d4c117985c49e6a08fc1a"
        + "b6c5d5f8b4e4acfbfe9b85c56315010f9e8537340db2906a23915d62b9139f"

    @Test func secretsDoNotShowInDescriptions() {
        let key = LANKey(octets: Array(repeating: 0x11, count: 32))
        #expect(String(reflecting: key) == "Optional(LANKey)")
        #expect(String(describing: LANKeyShare()) == "LANKeyShare")
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains("17"))
    }
}
