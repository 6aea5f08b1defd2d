import NIOCore
import Testing

@testable import SNMP

struct RecentInformsTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private static let peer = PeerAddress(ipv4: 0x7F00_0001, port: 5000)

    private static func key(_ id: Int32, _ peer: PeerAddress = peer, value: Int32 = 1) -> RecentInforms.Key {
        RecentInforms.Key(PDU(.inform, requestID: id, bindings: [VariableBinding("1.3.6.1.4.1.1", .integer(value))]), from: peer)
    }

    @Test func knowsWhatItWasTold() {
        var informs = RecentInforms(capacity: 10, lifetime: .minutes(5))
        #expect(informs.contains(Self.key(1), now: Self.start) == false)
        informs.insert(Self.key(1), now: Self.start)
        #expect(informs.contains(Self.key(1), now: Self.start + .minutes(4)) == true)
    }

    @Test func tellsPeersIdsAndContentsApart() {
        var informs = RecentInforms(capacity: 10, lifetime: .minutes(5))
        informs.insert(Self.key(1), now: Self.start)
        #expect(informs.contains(Self.key(2), now: Self.start) == false)
        #expect(informs.contains(Self.key(1, PeerAddress(ipv4: 0x7F00_0001, port: 5001)), now: Self.start) == false)
        #expect(informs.contains(Self.key(1, value: 2), now: Self.start) == false)
    }

    @Test func forgetsAfterALifetime() {
        var informs = RecentInforms(capacity: 10, lifetime: .minutes(5))
        informs.insert(Self.key(1), now: Self.start)
        informs.insert(Self.key(2), now: Self.start + .minutes(1))
        #expect(informs.contains(Self.key(1), now: Self.start + .minutes(5)) == false)
        #expect(informs.contains(Self.key(2), now: Self.start + .minutes(5)) == true)
        #expect(informs.count == 1)
    }

    @Test func neverHoldsMoreThanItsCapacity() {
        var informs = RecentInforms(capacity: 10, lifetime: .minutes(5))
        for id in 0..<1000 as Range<Int32> {
            informs.insert(Self.key(id), now: Self.start)
            informs.insert(Self.key(id), now: Self.start)
        }
        #expect(informs.count == 10)
        #expect(informs.contains(Self.key(989), now: Self.start) == false)
        #expect(informs.contains(Self.key(990), now: Self.start) == true)
    }
}
