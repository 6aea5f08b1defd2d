import Modbus
import NIOCore
import Testing

struct LineNoiseTests {
    let characters = ByteBuffer(repeating: 0x55, count: 30_000)

    func arrived(_ rates: LineNoise.Rates, seed: UInt64 = 1) -> ByteBuffer {
        var noise = LineNoise(rates, seed: seed)
        return noise.pass(characters)
    }

    @Test func aLineWithoutNoisePassesAll() {
        #expect(arrived(LineNoise.Rates(hit: 0)) == characters)
    }

    @Test func theSameSeedDoesTheSame() {
        let rates = LineNoise.Rates(hit: 100_000)
        #expect(arrived(rates) == arrived(rates))
        #expect(arrived(rates) != arrived(rates, seed: 2))
        var crossed = LineNoise(rates, seed: 1).crossed
        #expect(crossed.pass(characters) != arrived(rates))
    }

    @Test func losesAndAddsAsManyAsItIsTold() {
        #expect((26_500...27_500).contains(arrived(LineNoise.Rates(lost: 100_000, changed: 0, added: 0)).readableBytes))
        #expect((32_500...33_500).contains(arrived(LineNoise.Rates(lost: 0, changed: 0, added: 100_000)).readableBytes))
        #expect(arrived(LineNoise.Rates(lost: 1_000_000, changed: 0, added: 0)).readableBytes == 0)
    }

    @Test func changesOneBit() {
        let changed = arrived(LineNoise.Rates(lost: 0, changed: 100_000, added: 0)).readableBytesView.filter { $0 != 0x55 }
        #expect((2500...3500).contains(changed.count))
        #expect(changed.allSatisfy { ($0 ^ 0x55).nonzeroBitCount == 1 })
    }
}
