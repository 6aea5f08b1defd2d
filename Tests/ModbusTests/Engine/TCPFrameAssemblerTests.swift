import Modbus
import NIOCore
import Testing

struct TCPFrameAssemblerTests {
    let first = TCPFrame(transaction: 1, unit: 1, pdu: bytes("03 00 04 00 01"))
    let second = TCPFrame(transaction: 2, unit: 1, pdu: bytes("03 00 05 00 01"))

    @Test func cutsTheStreamWhereverItWasSplit() throws {
        var stream = first.encoded
        stream.writeImmutableBuffer(second.encoded)
        for cut in 0...stream.readableBytes {
            var assembler = TCPFrameAssembler()
            var frames: [TCPFrame] = []
            assembler.append(try #require(stream.getSlice(at: 0, length: cut)))
            while let frame = try assembler.next() { frames.append(frame) }
            assembler.append(try #require(stream.getSlice(at: cut, length: stream.readableBytes - cut)))
            while let frame = try assembler.next() { frames.append(frame) }
            #expect(frames == [first, second])
        }
    }

    @Test func staysBrokenOnceTheStreamIs() throws {
        var assembler = TCPFrameAssembler()
        assembler.append(first.encoded)
        assembler.append(bytes("47 45 54 20 2F 20"))
        #expect(try assembler.next() == first)
        #expect(throws: ModbusDecodingError.self) { try assembler.next() }
        assembler.append(second.encoded)
        #expect(throws: ModbusDecodingError.self) { try assembler.next() }
    }
}
