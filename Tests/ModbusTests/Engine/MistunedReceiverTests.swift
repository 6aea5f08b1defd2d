import Modbus
import NIOCore
import Testing

struct MistunedReceiverTests {
    static let rates = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115_200]
    static let pairs = rates.flatMap { sent in rates.filter { $0 != sent }.map { (sent, $0) } }

    let request = RTUFrame(unit: 1, pdu: bytes("03 10 40 00 04")).encoded

    func heard(_ characters: ByteBuffer, _ sent: Int, _ heard: Int) -> ByteBuffer {
        var receiver = MistunedReceiver(sentAt: sent, heardAt: heard)
        var result = receiver.hear(characters)
        result.writeImmutableBuffer(receiver.hearPause())
        return result
    }

    @Test(arguments: pairs) func hearsSomethingElse(sent: Int, at rate: Int) {
        let noise = heard(request, sent, rate)
        #expect(noise != request)
        #expect(noise.readableBytes > 0)
        #expect(heard(request, sent, rate) == noise)
    }

    /// 0x00 is a low level of nine bits: eighteen at twice the rate, which is a zero without its stop bit.
    @Test(arguments: [
        ("00", 9600, 19200, "00"), ("FF", 9600, 19200, "FE"), ("F8", 9600, 4800, "FE"), ("55", 9600, 57600, "E0 E0 E0 E0 E0"),
    ])
    func readsTheLevelsOfTheLine(sent: String, sentAt: Int, heardAt: Int, result: String) {
        #expect(heard(bytes(sent), sentAt, heardAt) == bytes(result))
    }

    @Test func hearsAllWhenTheRatesAreTheSame() {
        // But for the character that would complete a frame.
        #expect(heard(bytes("00 55 AA FF"), 9600, 9600) == bytes("00 55 AA FF"))
        #expect(heard(request, 9600, 9600) == request.getSlice(at: 0, length: 7))
    }

    @Test(arguments: pairs) func neverHearsAFrame(sent: Int, at rate: Int) {
        for seed in UInt64(1)...2 {
            var noise = LineNoise(LineNoise.Rates(lost: 0, changed: 0, added: 1_000_000), seed: seed)
            let characters = noise.pass(ByteBuffer(repeating: UInt8(seed), count: 40))
            for listener in [RTUFrameAssembler.Listener.server, .client] {
                var assembler = RTUFrameAssembler(listener: listener, timing: RTUTiming(.baud9600))
                let now = NIODeadline.uptimeNanoseconds(1)
                #expect(assembler.received(heard(characters, sent, rate), at: now).isEmpty)
                #expect(assembler.silenceReached().isEmpty)
            }
        }
    }

    @Test func staysBoundedForRatesThatAreNone() {
        #expect(heard(request, 0, 9600).readableBytes <= request.readableBytes * 10_000)
        #expect(heard(request, 9600, 0).readableBytes <= 1)
        #expect(heard(request, -1, 4_000_000).readableBytes <= request.readableBytes * 10)
    }
}
