import NIOCore
import Testing

@testable import SNMP

struct CommunityMessageTests {
    @Test(arguments: Fixture.all)
    func decodesWhatNetSNMPSends(_ fixture: Fixture) throws {
        #expect(try CommunityMessage(decoding: fixture.datagram) == fixture.message)
    }

    @Test(arguments: Fixture.all)
    func encodesTheSameOctets(_ fixture: Fixture) {
        #expect(Array(fixture.message.encoded().readableBytesView) == fixture.bytes)
    }

    @Test(arguments: Fixture.all)
    func refusesEveryPrefix(_ fixture: Fixture) {
        for length in fixture.bytes.indices {
            #expect(throws: SNMPDecodingError.self) { try CommunityMessage(decoding: ByteBuffer(bytes: fixture.bytes[..<length])) }
        }
    }

    @Test(arguments: Fixture.all)
    func everyMutatedOctetThrowsOrDecodesToWhatCanBeEncoded(_ fixture: Fixture) throws {
        var decoded = 0
        for position in fixture.bytes.indices {
            for octet in UInt8.min...UInt8.max {
                var mutated = fixture.bytes
                mutated[position] = octet
                guard let message = try? CommunityMessage(decoding: ByteBuffer(bytes: mutated)) else { continue }
                decoded += 1
                #expect(try CommunityMessage(decoding: message.encoded()) == message)
            }
        }
        #expect(decoded > fixture.bytes.count)
    }

    @Test func randomOctetsAfterAValidStartNeverTrap() {
        var random = LinearCongruence(state: 1)
        for _ in 0..<20_000 {
            let fixture = Fixture.all[Int(random.next() % UInt64(Fixture.all.count))]
            let kept = Int(random.next() % UInt64(fixture.bytes.count))
            let noise = (0..<random.next() % 80).map { _ in UInt8(truncatingIfNeeded: random.next() >> 32) }
            guard let message = try? CommunityMessage(decoding: ByteBuffer(bytes: fixture.bytes[..<kept] + noise)) else { continue }
            #expect(message.encoded().readableBytes > 0)
        }
    }

    @Test func ignoresOctetsAfterTheMessage() throws {
        let fixture = Fixture.all[0]
        #expect(try CommunityMessage(decoding: ByteBuffer(bytes: fixture.bytes + [0, 0, 0])) == fixture.message)
    }

    @Test func namesTheVersionThatItDoesNotKnow() {
        #expect(throws: SNMPDecodingError(reason: .unsupportedVersion(3), offset: 2)) {
            try CommunityMessage(decoding: ByteBuffer(bytes: Fixture.version3))
        }
    }

    @Test func tellsWhereDecodingStopped() {
        var bytes = Fixture.all[0].bytes
        bytes[13] = 0xBF
        #expect(throws: SNMPDecodingError(reason: .unexpectedTag(0xBF), offset: 13)) {
            try CommunityMessage(decoding: ByteBuffer(bytes: bytes))
        }
    }

    @Test func computesTheLengthThatItEncodes() {
        for count in [0, 1, 10, 40, 3000] {
            let bindings = (0..<count).map { VariableBinding(("1.3.6.1.4.1.4555" as OID).appending(UInt32($0 * 77)), .integer(Int32($0))) }
            let pdu = PDU(.response, requestID: Int32(count) * 1000, bindings: bindings)
            let length = CommunityMessage.encodedLength(
                communityLength: 6, pduLength: pdu.encodedLength(bindingsLength: bindings.reduce(0) { $0 + $1.encodedLength }))
            #expect(CommunityMessage(.v2c, "public", pdu).encoded().readableBytes == length)
        }
    }

    @Test func neverPrintsTheCommunity() {
        #expect(!"\(Community("s3cret"))".contains("s3cret"))
        #expect("\(Community("s3cret"))" == "(community)")
    }
}

/// Numbers that are the same in every run (Knuth's MMIX).
struct LinearCongruence: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }
}
