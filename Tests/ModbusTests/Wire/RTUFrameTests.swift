import Modbus
import NIOCore
import Testing

struct RTUFrameTests {
    /// Unit 17 asks for 3 registers from 0x6B.
    static let hex = "11 03 00 6B 00 03 76 87"

    @Test func decodesAKnownFrame() throws {
        let frame = try RTUFrame(decoding: bytes(Self.hex))
        #expect(frame == RTUFrame(unit: 0x11, pdu: bytes("03 00 6B 00 03")))
    }

    @Test func encodesAKnownFrame() {
        #expect(RTUFrame(unit: 0x11, pdu: bytes("03 00 6B 00 03")).encoded == bytes(Self.hex))
    }

    @Test func decodesAFrameInTheMiddleOfABuffer() throws {
        var buffer = bytes("FF FF " + Self.hex)
        buffer.moveReaderIndex(forwardBy: 2)
        #expect(try RTUFrame(decoding: buffer).pdu == bytes("03 00 6B 00 03"))
    }

    @Test func refusesEveryDamage() {
        for variant in damaged(bytes(Self.hex)) {
            #expect(throws: ModbusDecodingError.self) { try RTUFrame(decoding: variant) }
        }
    }

    @Test func refusesFramesOverTheLimit() {
        let long = RTUFrame(unit: 1, pdu: ByteBuffer(repeating: 3, count: 254)).encoded
        #expect(throws: ModbusDecodingError(.lengthOutOfRange, offset: 256)) { try RTUFrame(decoding: long) }
    }
}
