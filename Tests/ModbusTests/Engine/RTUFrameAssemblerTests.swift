import Modbus
import NIOCore
import Testing

struct RTUFrameAssemblerTests {
    static let timing = RTUTiming(.baud9600)
    let request = RTUFrame(unit: 1, pdu: bytes("03 00 30 00 08"))
    let block = RTUFrame(unit: 1, pdu: bytes("10 00 01 00 02 04 00 0A 01 02"))
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    func server() -> RTUFrameAssembler { RTUFrameAssembler(listener: .server, timing: Self.timing) }
    func client() -> RTUFrameAssembler { RTUFrameAssembler(listener: .client, timing: Self.timing) }

    @Test func returnsAWholeFrameAtOnce() {
        var assembler = server()
        #expect(assembler.received(request.encoded, at: start) == [request])
        #expect(assembler.silenceDue == nil)
        #expect(assembler.discardedBytes == 0)
    }

    @Test func joinsAFrameThatComesByteByByte() {
        var assembler = server()
        var frames: [RTUFrame] = []
        for (index, byte) in block.encoded.readableBytesView.enumerated() {
            frames += assembler.received(ByteBuffer(bytes: [byte]), at: start + .milliseconds(Int64(index)))
        }
        #expect(frames == [block])
    }

    @Test func splitsFramesThatComeTogether() {
        var assembler = server()
        var both = request.encoded
        both.writeImmutableBuffer(block.encoded)
        #expect(assembler.received(both, at: start) == [request, block])
    }

    @Test func keepsAFrameThatTheHostDeliversInTwoPieces() throws {
        var assembler = server()
        let encoded = block.encoded
        let head = try #require(encoded.getSlice(at: 0, length: 7))
        let tail = try #require(encoded.getSlice(at: 7, length: encoded.readableBytes - 7))
        #expect(assembler.received(head, at: start).isEmpty)
        #expect(assembler.silenceReached().isEmpty)
        #expect(assembler.received(tail, at: start + Self.timing.silence + .milliseconds(15)) == [block])
    }

    @Test func givesUpAnUnfinishedFrameAfterItsPatience() throws {
        var assembler = server()
        let head = try #require(block.encoded.getSlice(at: 0, length: 7))
        #expect(assembler.received(head, at: start).isEmpty)
        #expect(assembler.received(request.encoded, at: start + Self.timing.patience) == [request])
        #expect(assembler.discardedBytes == 7)
    }

    @Test(arguments: ["00", "FF FF FF", "01 03 00", "01 10 00 00", "01 06 00 01 00 03 00 00"])
    func findsAFrameBehindGarbage(garbage: String) {
        var assembler = server()
        var noisy = bytes(garbage)
        noisy.writeImmutableBuffer(request.encoded)
        let frames = assembler.received(noisy, at: start) + assembler.silenceReached()
        #expect(frames == [request])
        #expect(assembler.discardedBytes == bytes(garbage).readableBytes)
    }

    @Test func findsFramesBehindGarbageThatPromisesALongOneAfterSilence() {
        var assembler = server()
        var noisy = bytes("01 10 00 00 00 7B F6")
        noisy.writeImmutableBuffer(request.encoded)
        noisy.writeImmutableBuffer(block.encoded)
        #expect(assembler.received(noisy, at: start).isEmpty)
        #expect(assembler.silenceDue == start + Self.timing.silence)
        #expect(assembler.silenceReached() == [request, block])
    }

    @Test func goesOnAfterAWrongChecksum() {
        var assembler = server()
        var stream = bytes("01 03 00 30 00 08 00 00")
        stream.writeImmutableBuffer(request.encoded)
        #expect(assembler.received(stream, at: start) == [request])
        #expect(assembler.discardedBytes == 8)
    }

    @Test func endsAnUnknownFunctionBySilence() {
        var assembler = server()
        let unknown = RTUFrame(unit: 1, pdu: bytes("2B 0E 01 00"))
        #expect(assembler.received(unknown.encoded, at: start).isEmpty)
        #expect(assembler.silenceReached() == [unknown])
    }

    @Test func aLateTimerLosesNothing() {
        var assembler = server()
        let unknown = RTUFrame(unit: 1, pdu: bytes("2B 0E 01 00"))
        #expect(assembler.received(unknown.encoded, at: start).isEmpty)
        #expect(assembler.received(request.encoded, at: start + .seconds(1)) == [unknown, request])
    }

    @Test func knowsTheLengthsOfResponses() {
        var assembler = client()
        let answer = RTUFrame(unit: 1, pdu: bytes("03 04 00 01 00 02"))
        let refusal = RTUFrame(unit: 1, pdu: bytes("83 02"))
        let echo = RTUFrame(unit: 1, pdu: bytes("10 00 01 00 02"))
        var stream = answer.encoded
        stream.writeImmutableBuffer(refusal.encoded)
        stream.writeImmutableBuffer(echo.encoded)
        #expect(assembler.received(stream, at: start) == [answer, refusal, echo])
    }

    @Test func skipsAnotherUnitsResponseOnASharedLine() {
        var assembler = server()
        let foreign = RTUFrame(unit: 2, pdu: bytes("03 04 00 01 00 02"))
        var frames = assembler.received(foreign.encoded, at: start)
        frames += assembler.received(request.encoded, at: start + .milliseconds(20))
        #expect(frames + assembler.silenceReached() == [request])
    }

    @Test func survivesEveryDamage() {
        for fixture in [request.encoded, block.encoded] {
            for variant in damaged(fixture) {
                var assembler = server()
                let frames = assembler.received(variant, at: start) + assembler.silenceReached()
                // A damaged CRC may hide a shorter frame, never the frame itself.
                #expect(!frames.contains(request) && !frames.contains(block))
                #expect(assembler.received(request.encoded, at: start + .seconds(1)).last == request)
            }
        }
    }

    @Test func keepsNoMoreThanOneFrameOfGarbage() {
        var assembler = server()
        for step in 0..<100 {
            let noise = ByteBuffer(repeating: 0x2B, count: 500)
            _ = assembler.received(noise, at: start + .microseconds(Int64(step)))
        }
        #expect(assembler.discardedBytes >= 100 * 500 - RTUFrame.sizeLimits.upperBound)
    }
}
