import Modbus
import NIOCore
import Testing

struct TCPFrameTests {
    /// Transaction 0x1501, unit 0xFF, reads 1 register from 4 (MODBUS Messaging on TCP/IP V1.0b §3.1.3 fields).
    static let hex = "15 01 00 00 00 06 FF 03 00 04 00 01"

    @Test func decodesAKnownFrame() throws {
        var stream = bytes(Self.hex + " 15 02")
        #expect(try TCPFrame.next(from: &stream) == TCPFrame(transaction: 0x1501, unit: 0xFF, pdu: bytes("03 00 04 00 01")))
        #expect(stream == bytes("15 02"))
    }

    @Test func encodesAKnownFrame() {
        #expect(TCPFrame(transaction: 0x1501, unit: 0xFF, pdu: bytes("03 00 04 00 01")).encoded == bytes(Self.hex))
    }

    @Test func waitsForTheRest() throws {
        let whole = bytes(Self.hex)
        for length in 0..<whole.readableBytes {
            var prefix = try #require(whole.getSlice(at: 0, length: length))
            #expect(try TCPFrame.next(from: &prefix) == nil)
            #expect(prefix.readableBytes == length)
        }
    }

    @Test func survivesDamage() {
        for var variant in damaged(bytes(Self.hex)) {
            let size = variant.readableBytes
            let frame = try? TCPFrame.next(from: &variant)
            #expect(frame == nil || variant.readableBytes + (frame?.encoded.readableBytes ?? 0) == size)
        }
    }

    @Test(arguments: [
        ("00 01 00 01 00 06", ModbusDecodingError.Reason.foreignProtocol, 2),
        ("00 01 00 00 00 01", .lengthOutOfRange, 4),
        ("00 01 00 00 00 FF", .lengthOutOfRange, 4),
        ("00 01 00 00 FF FF", .lengthOutOfRange, 4),
    ])
    func refusesABadHeaderAtOnce(hex: String, reason: ModbusDecodingError.Reason, offset: Int) {
        #expect(throws: ModbusDecodingError(reason, offset: offset)) {
            var stream = bytes(hex)
            _ = try TCPFrame.next(from: &stream)
        }
    }
}
