import NIOCore
import Testing

@testable import SNMP

struct RefusedSendersTests {
    @Test func whoIsRefusedIsKnownWithTheReason() throws {
        let card = NotifyingCard()
        let strong = try NotifyingCard.strong.get()
        var receiver = TrapReceiver.forTests(communities: ["private"], users: [strong])
        #expect(receiver.received(card.message(try NotifyingCard.signing.get())) == .drop(.unknownUser))
        let first = try #require(receiver.refused.take().first)
        #expect(first.reason == .unknownUser)
        #expect(first.user == "signing")
        #expect(first.engine == card.id)
        #expect(first.source.ipAddress == "10.0.0.5")
        let other = PeerAddress(ipv4: 0x0A00_0005, port: 99)
        _ = receiver.received(TrapReceiverTests.message(.trapV2))
        _ = receiver.received(TrapReceiverTests.message(.trapV2), from: other)
        let second = receiver.refused.take()
        #expect(second.map(\.reason) == [.unknownCommunity], "ports don't count")
        #expect(second.map(\.count) == [2])
        #expect(second.first?.user == nil)
        #expect(receiver.refused.isEmpty)
    }

    @Test func whoIsLetInAndWhatIsNoNotificationIsNotListed() {
        var receiver = TrapReceiver.forTests(communities: nil)
        _ = receiver.received(TrapReceiverTests.message(.trapV2))
        _ = receiver.received(TrapReceiverTests.message(.get))
        _ = receiver.received([1, 2, 3])
        #expect(receiver.refused.isEmpty)
    }

    @Test func anInformWithTheWrongKeyIsListedToo() throws {
        let wrong = try USMUser(name: "strong", authentication: (.sha256, "otherpassword"), privacy: (.aes128, "privpassword"))
        var receiver = TrapReceiver.forTests(users: [try NotifyingCard.strong.get()])
        var atReceiver = NotifyingCard()
        atReceiver.boots = 7
        _ = receiver.received(atReceiver.message(wrong, .inform, isReportable: true))
        #expect(receiver.refused.take().map(\.reason) == [.wrongDigest])
    }

    @Test func forgedAddressesTakeNoMoreRoomThanThereIs() {
        var refused = RefusedSenders()
        let octets: [UInt8] = TrapReceiverTests.message(.trapV2)
        octets.withUnsafeBytes { octets in
            for number in 0..<UInt32(RefusedSenders.capacity + 10) {
                refused.note(.unknownCommunity, octets, from: PeerAddress(ipv4: number, port: 1))
                refused.note(.unknownCommunity, octets, from: PeerAddress(ipv4: 0, port: 1))
            }
        }
        var sum = RefusedSenders()
        sum.add(refused)
        sum.add(refused)
        let senders = sum.take()
        #expect(senders.count == RefusedSenders.capacity)
        #expect(senders.map(\.count).max() == 2 * UInt64(RefusedSenders.capacity + 11))
    }
}
