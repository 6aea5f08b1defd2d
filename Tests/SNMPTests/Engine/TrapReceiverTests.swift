import NIOCore
import Testing

@testable import SNMP

struct TrapReceiverTests {
    static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    static let peer = PeerAddress(ipv4: 0x0A00_0005, port: 40_000)
    static let notification = SNMPNotification(
        "1.3.6.1.4.1.4555.1.1.7.2.0.15", uptime: 4711, bindings: [VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.6.1.0", .integer(1))])

    static func message(_ kind: PDU.Kind, id: Int32 = 1, community: Community = "public", _ version: SNMPVersion = .v2c) -> [UInt8] {
        Array(CommunityMessage(version, community, notification.pdu(kind, requestID: id)).encoded().readableBytesView)
    }

    private static func trapV1(_ community: Community = "public", _ version: SNMPVersion = .v1) throws -> [UInt8] {
        let trap = try #require(notification.trapV1())
        return Array(CommunityMessage(version, community, .trapV1(trap)).encoded().readableBytesView)
    }

    private static func received(_ version: SNMPVersion, _ community: Community = "public", isInform: Bool = false) -> ReceivedNotification
    {
        ReceivedNotification(
            peer: peer, version: version, principal: .community(community), notification: notification, isInform: isInform)
    }

    static func response(_ id: Int32 = 1) -> ByteBuffer { ByteBuffer(bytes: message(.response, id: id)) }

    @Test func deliversTrapsOfBothVersions() throws {
        var receiver = TrapReceiver.forTests(communities: nil)
        #expect(receiver.received(try Self.trapV1()) == .deliver(Self.received(.v1), reply: nil))
        #expect(receiver.received(Self.message(.trapV2)) == .deliver(Self.received(.v2c), reply: nil))
        #expect(receiver.statistics.delivered == 2)
        #expect(receiver.statistics.received == 2)
    }

    @Test func deliversEveryRepeatedTrapForNobodyKnowsWhetherItIsOne() {
        var receiver = TrapReceiver.forTests(communities: nil)
        for _ in 0..<3 { #expect(receiver.received(Self.message(.trapV2)) == .deliver(Self.received(.v2c), reply: nil)) }
    }

    @Test func acknowledgesAnInformWithItsOwnVariables() {
        var receiver = TrapReceiver.forTests(communities: nil)
        #expect(receiver.received(Self.message(.inform)) == .deliver(Self.received(.v2c, isInform: true), reply: Self.response()))
        #expect(receiver.statistics.acknowledged == 1)
    }

    @Test func deliversARepeatedInformOnceAndAcknowledgesItAgain() {
        var receiver = TrapReceiver.forTests(communities: nil)
        _ = receiver.received(Self.message(.inform))
        #expect(receiver.received(Self.message(.inform), at: .minutes(1)) == .respond(Self.response()))
        #expect(receiver.received(Self.message(.inform), at: .minutes(4)) == .respond(Self.response()))
        #expect(receiver.statistics.delivered == 1)
        #expect(receiver.statistics.duplicates == 2)
        #expect(receiver.statistics.acknowledged == 3)
        // Nobody repeats for so long: the sender has begun its ids anew.
        #expect(
            receiver.received(Self.message(.inform), at: .minutes(6))
                == .deliver(Self.received(.v2c, isInform: true), reply: Self.response()))
    }

    @Test func tellsInformsApart() {
        var receiver = TrapReceiver.forTests(communities: nil)
        for id in 1...3 as ClosedRange<Int32> {
            #expect(
                receiver.received(Self.message(.inform, id: id))
                    == .deliver(Self.received(.v2c, isInform: true), reply: Self.response(id)))
        }
        // Out of order, and late.
        #expect(receiver.received(Self.message(.inform, id: 2)) == .respond(Self.response(2)))
        let other = PeerAddress(ipv4: 0x0A00_0006, port: 40_000)
        guard case .deliver(let fromOther, _) = receiver.received(Self.message(.inform), from: other) else { return #expect(Bool(false)) }
        #expect(fromOther.peer == other)
    }

    @Test func acknowledgesNothingThatNobodyHasRoomFor() {
        var receiver = TrapReceiver.forTests(communities: nil)
        #expect(receiver.received(Self.message(.inform), hasRoom: false) == .drop(.queueFull))
        #expect(receiver.received(Self.message(.trapV2), hasRoom: false) == .drop(.queueFull))
        #expect(receiver.statistics.drops == [.queueFull: 2])
        // The sender tries again.
        #expect(receiver.received(Self.message(.inform)) == .deliver(Self.received(.v2c, isInform: true), reply: Self.response()))
        #expect(receiver.received(Self.message(.inform), hasRoom: false) == .respond(Self.response()))
    }

    @Test func letsInTheCommunitiesThatItWasGiven() throws {
        var receiver = TrapReceiver.forTests(communities: ["public", "other"])
        #expect(receiver.received(Self.message(.trapV2, community: "other")) == .deliver(Self.received(.v2c, "other"), reply: nil))
        #expect(receiver.received(Self.message(.trapV2, community: "Public")) == .drop(.unknownCommunity))
        #expect(receiver.received(try Self.trapV1("")) == .drop(.unknownCommunity))
        #expect(receiver.received(Self.message(.inform, community: "x")) == .drop(.unknownCommunity))
        receiver.communities = []
        #expect(receiver.received(Self.message(.trapV2)) == .drop(.unknownCommunity))
        #expect(receiver.statistics.drops == [.unknownCommunity: 4])
    }

    @Test(arguments: [PDU.Kind.get, .getNext, .getBulk, .set, .response, .report]) func dropsWhatIsNoNotification(_ kind: PDU.Kind) {
        var receiver = TrapReceiver.forTests(communities: nil)
        #expect(receiver.received(Self.message(kind)) == .drop(.notANotification))
    }

    @Test func version1HasNoPDUsOfVersion2() throws {
        var receiver = TrapReceiver.forTests(communities: nil)
        #expect(receiver.received(Self.message(.trapV2, .v1)) == .drop(.notANotification))
        #expect(receiver.received(Self.message(.inform, .v1)) == .drop(.notANotification))
        // The other way round real devices do it, and mean it.
        #expect(receiver.received(try Self.trapV1("public", .v2c)) == .deliver(Self.received(.v2c), reply: nil))
    }

    @Test func dropsWhatIsNoMessage() {
        var receiver = TrapReceiver.forTests(communities: nil)
        #expect(receiver.received([]) == .drop(.malformed))
        #expect(receiver.received([0x30, 0x80, 0, 0]) == .drop(.malformed))
        #expect(receiver.received([0x30, 0x03, 0x02, 0x01, 0x02]) == .drop(.unsupportedVersion))
        let nameless = CommunityMessage(.v2c, "public", PDU(.trapV2, bindings: Self.notification.bindings)).encoded()
        #expect(receiver.received(Array(nameless.readableBytesView)) == .drop(.malformed))
        #expect(receiver.statistics.received == 4)
        #expect(receiver.statistics.drops == [.malformed: 3, .unsupportedVersion: 1])
    }

    @Test func everyPrefixAndEveryMutatedOctetIsDroppedOrDelivered() throws {
        for fixture in [try Self.trapV1(), Self.message(.trapV2), Self.message(.inform)] {
            var receiver = TrapReceiver.forTests(communities: nil)
            var deliveries = 0
            for length in fixture.indices { #expect(receiver.received(Array(fixture[..<length])) == .drop(.malformed)) }
            for position in fixture.indices {
                for octet in UInt8.min...UInt8.max {
                    var mutated = fixture
                    mutated[position] = octet
                    if case .deliver = receiver.received(mutated) { deliveries += 1 }
                }
            }
            let statistics = receiver.statistics
            #expect(deliveries > fixture.count)
            #expect(statistics.received == statistics.delivered + statistics.duplicates + statistics.drops.values.reduce(0, +))
        }
    }
}

extension TrapReceiver {
    init(communities: Set<Community>?, users: [USMUser] = [], limits: Limits = Limits()) {
        let engine = EngineIdentity(
            .mac(enterprise: 4555, [0, 0xE0, 0xD8, 0, 0, 1]), clock: EngineClock(boots: 1, startedAt: TrapReceiverTests.start))
        self.init(communities: communities, users: users, engine: engine, limits: limits, saltStart: 1, now: TrapReceiverTests.start)
    }

    mutating func received(
        _ octets: [UInt8], from peer: PeerAddress = TrapReceiverTests.peer, hasRoom: Bool = true, at time: TimeAmount = .zero
    ) -> ReceivedAction {
        octets.withUnsafeBytes { received($0, from: peer, hasRoom: hasRoom, now: TrapReceiverTests.start + time) }
    }
}
