import NIOCore
import Testing

@testable import BACnet

struct DeviceServicesTests {
    /// A Who-Is to everybody, as other stacks send it.
    static let whoIs: [UInt8] = [0x81, 0x0B, 0x00, 0x08, 0x01, 0x00, 0x10, 0x08]
    /// An I-Am of device 1883, vendor 591, after ASHRAE 135, F.4.
    static let iAm: [UInt8] = [
        0x81, 0x0A, 0x00, 0x15, 0x01, 0x00, 0x10, 0x00, 0xC4, 0x02, 0x00, 0x07, 0x5B, 0x22, 0x05, 0xC4, 0x91, 0x03, 0x22, 0x02, 0x4F,
    ]
    /// ReadProperty of device 1883's object name, invoke id 7.
    static let read: [UInt8] = [
        0x81, 0x0A, 0x00, 0x11, 0x01, 0x04, 0x00, 0x05, 0x07, 0x0C, 0x0C, 0x02, 0x00, 0x07, 0x5B, 0x19, 0x4D,
    ]
    /// Its answer: `NETYS RT`.
    static let ack: [UInt8] =
        [0x81, 0x0A, 0x00, 0x1D, 0x01, 0x00, 0x30, 0x07, 0x0C, 0x0C, 0x02, 0x00, 0x07, 0x5B, 0x19, 0x4D, 0x3E, 0x75, 0x09, 0x00]
        + Array("NETYS RT".utf8) + [0x3F]
    /// The I-Am, passed on by a broadcast manager from 10.9.0.5, and by a router from network 5, station 7.
    static let forwarded: [UInt8] = [
        0x81, 0x04, 0x00, 0x1F, 10, 9, 0, 5, 0xBA, 0xC0, 0x01, 0x08, 0x00, 0x05, 0x01, 0x07, 0x10, 0x00, 0xC4, 0x02, 0x00, 0x07, 0x5B,
        0x22, 0x05, 0xC4, 0x91, 0x03, 0x22, 0x02, 0x4F,
    ]
    static let error: [UInt8] = [0x81, 0x0A, 0x00, 0x0D, 0x01, 0x00, 0x50, 0x07, 0x0C, 0x91, 0x02, 0x91, 0x20]
    static let fixtures = [whoIs, iAm, read, ack, forwarded, error]

    private func apdu(_ octets: [UInt8]) throws -> APDU {
        let message = try BVLCMessage(decoding: ByteBuffer(bytes: octets))
        guard let network = message.network else { throw BACnetDecodingError(.unknownFunction, at: 1) }
        return try APDU(decoding: try NPDU(decoding: network).payload)
    }

    private func encoded(_ apdu: APDU, _ function: BVLCMessage.Function = .originalUnicastNPDU, expectsReply: Bool = false) -> [UInt8] {
        let npdu = NPDU(apdu: apdu.encoded(), expectsReply: expectsReply)
        return Array(BVLCMessage(function, payload: npdu.encoded()).encoded().readableBytesView)
    }

    @Test func whoIsGoesBothWays() throws {
        #expect(encoded(WhoIs().apdu, .originalBroadcastNPDU) == Self.whoIs)
        let limited = WhoIs(0...1883)
        for request in [WhoIs(), limited] {
            guard case .unconfirmedRequest(.whoIs, let parameters) = try APDU(decoding: request.apdu.encoded()) else {
                Issue.record("no Who-Is")
                continue
            }
            let decoded = try WhoIs(decoding: parameters)
            #expect(decoded == request)
        }
    }

    @Test func iAmGoesBothWays() throws {
        let device = IAm(device: .device(1883), vendor: 591)
        #expect(encoded(device.apdu) == Self.iAm)
        guard case .unconfirmedRequest(.iAm, let parameters) = try apdu(Self.iAm) else { return #expect(Bool(false)) }
        let decoded = try IAm(decoding: parameters)
        #expect(decoded == device)
    }

    @Test func readPropertyGoesBothWays() throws {
        let request = ReadProperty(.objectName, of: .device(1883))
        #expect(encoded(request.apdu(invokeID: 7), expectsReply: true) == Self.read)
        guard case .confirmedRequest(7, .readProperty, let parameters) = try apdu(Self.read) else { return #expect(Bool(false)) }
        let decoded = try ReadProperty(decoding: parameters)
        #expect(decoded == request)
        let ack = ReadPropertyAck(request, value: .characterString("NETYS RT"))
        #expect(encoded(ack.apdu(invokeID: 7)) == Self.ack)
        guard case .complexAck(7, .readProperty, let answer) = try apdu(Self.ack) else { return #expect(Bool(false)) }
        let decodedAck = try ReadPropertyAck(decoding: answer)
        #expect(decodedAck == ack)
    }

    @Test func aForwardedMessageTellsItsOriginatorAndItsRouter() throws {
        let message = try BVLCMessage(decoding: ByteBuffer(bytes: Self.forwarded))
        #expect(message.originator == BVLCMessage.Address(address: 0x0A09_0005, port: 47808))
        let npdu = try NPDU(decoding: try #require(message.network))
        #expect(npdu.source == NPDU.Address(network: 5, station: [7]))
        #expect(Array(message.encoded().readableBytesView) == Self.forwarded)
        #expect(npdu.encoded() == message.network)
    }

    @Test func errorsTellTheirRequest() throws {
        let answer = try apdu(Self.error)
        #expect(answer.answeredID == 7)
    }

    @Test(arguments: [
        PropertyValue.null, .boolean(true), .unsigned(0), .unsigned(0x1_0000), .enumerated(3), .characterString(""),
        .characterString(String(repeating: "é", count: 200)), .objectIdentifier(.device(4_194_303)), .other(type: 4, octets: [0, 0, 0, 0]),
    ])
    func valuesGoBothWays(_ value: PropertyValue) throws {
        var buffer = ByteBuffer()
        value.encode(into: &buffer)
        let decoded = try PropertyValue(readingFrom: &buffer)
        #expect(decoded == value)
        #expect(buffer.readableBytes == 0)
    }

    @Test func textsOfOtherCharacterSetsAreRead() throws {
        var wide = ByteBuffer(bytes: [0x75, 5, 4, 0x00, 0x41, 0x20, 0xAC])
        let text = try PropertyValue(readingFrom: &wide)
        #expect(text == .characterString("A€"))
        var latin = ByteBuffer(bytes: [0x73, 5, 0x41, 0xE9])
        let other = try PropertyValue(readingFrom: &latin)
        #expect(other == .characterString("Aé"))
    }

    /// All that can be read of a datagram.
    private func readAll(_ octets: [UInt8]) {
        guard let apdu = try? apdu(octets) else { return }
        switch apdu {
        case .unconfirmedRequest(_, let parameters):
            _ = try? IAm(decoding: parameters)
            _ = try? WhoIs(decoding: parameters)
        case .confirmedRequest(_, _, let parameters): _ = try? ReadProperty(decoding: parameters)
        case .complexAck(_, _, let parameters): _ = try? ReadPropertyAck(decoding: parameters)
        case .simpleAck, .error, .reject, .abort: break
        }
    }

    @Test(arguments: fixtures) func everyPrefixAndMutationIsReadOrRefused(_ fixture: [UInt8]) {
        for length in fixture.indices {
            #expect(throws: BACnetDecodingError.self) { try BVLCMessage(decoding: ByteBuffer(bytes: fixture[..<length])) }
            // With a length that fits, the inner layers see the prefix too.
            var prefix = Array(fixture[..<length])
            if length >= 4 {
                prefix[2] = 0
                prefix[3] = UInt8(length)
            }
            readAll(prefix)
        }
        for place in fixture.indices {
            for value in UInt8.min...UInt8.max {
                var mutant = fixture
                mutant[place] = value
                readAll(mutant)
            }
        }
    }
}
