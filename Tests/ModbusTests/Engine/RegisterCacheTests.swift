import NIOCore
import Testing

@testable import Modbus

struct RegisterCacheTests {
    static let bank = RegisterCache.Bank(unit: 1, function: .readHoldingRegisters)
    static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func range(_ address: UInt16, _ count: Int) throws -> ReadRegistersRequest {
        try #require(ReadRegistersRequest(address: address, count: count))
    }

    @Test func givesPartsOfABlockWithItsAge() throws {
        var cache = RegisterCache()
        cache.store([5, 6, 7, 8], at: 100, of: Self.bank, now: Self.start)
        let found = cache.reading(try range(101, 2), of: Self.bank, notBefore: Self.start)
        #expect(found == .init(values: [6, 7], at: Self.start))
        #expect(cache.reading(try range(100, 4), of: Self.bank, notBefore: Self.start)?.values == [5, 6, 7, 8])
    }

    @Test func givesNothingThatIsOlderOrOutsideOrOfAnotherBank() throws {
        var cache = RegisterCache()
        cache.store([5, 6], at: 100, of: Self.bank, now: Self.start)
        #expect(cache.reading(try range(100, 2), of: Self.bank, notBefore: Self.start + .nanoseconds(1)) == nil)
        #expect(cache.reading(try range(101, 2), of: Self.bank, notBefore: Self.start) == nil)
        #expect(cache.reading(try range(99, 2), of: Self.bank, notBefore: Self.start) == nil)
        let input = RegisterCache.Bank(unit: 1, function: .readInputRegisters)
        let other = RegisterCache.Bank(unit: 2, function: .readHoldingRegisters)
        #expect(cache.reading(try range(100, 1), of: input, notBefore: Self.start) == nil)
        #expect(cache.reading(try range(100, 1), of: other, notBefore: Self.start) == nil)
    }

    @Test func prefersTheFreshestBlock() throws {
        var cache = RegisterCache()
        cache.store([1, 2, 3, 4], at: 100, of: Self.bank, now: Self.start)
        cache.store([20, 30], at: 101, of: Self.bank, now: Self.start + .seconds(1))
        #expect(cache.reading(try range(101, 1), of: Self.bank, notBefore: Self.start)?.values == [20])
        #expect(cache.reading(try range(100, 2), of: Self.bank, notBefore: Self.start)?.values == [1, 2])
    }

    @Test func keepsSoManyBlocksAndForgetsAWrittenUnit() throws {
        var cache = RegisterCache()
        for number in 0...RegisterCache.capacity {
            cache.store([7], at: UInt16(number * 2), of: Self.bank, now: Self.start + .seconds(Int64(number)))
        }
        #expect(cache.reading(try range(0, 1), of: Self.bank, notBefore: Self.start) == nil)
        #expect(cache.reading(try range(2, 1), of: Self.bank, notBefore: Self.start) != nil)
        cache.forget(unit: 1)
        #expect(cache.reading(try range(2, 1), of: Self.bank, notBefore: Self.start) == nil)
    }

    @Test func readsUpToTheLastRegister() throws {
        var cache = RegisterCache()
        cache.store([1, 2], at: 65534, of: Self.bank, now: Self.start)
        #expect(cache.reading(try range(65535, 1), of: Self.bank, notBefore: Self.start)?.values == [2])
        #expect(cache.reading(try range(65535, 2), of: Self.bank, notBefore: Self.start) == nil)
    }
}
