import NetVision
import Testing

struct AddressListTests {
    private func list(_ ranges: String...) -> AddressList { AddressList(ranges.compactMap { AddressRange($0) }) }

    @Test func addressesOfRangesAreListedOnce() {
        let list = list("10.0.0.0/30", "10.0.0.2-10.0.0.5", "10.0.0.9", "10.0.0.4")
        let addresses = (0..<list.count).map { AddressRange.text(list[$0]) }
        #expect(addresses == ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.9"])
        #expect((0..<list.count).allSatisfy { list.index(of: list[$0]) == $0 })
        #expect(list.index(of: 0) == nil && list.index(of: 0x0A00_0006) == nil && list.index(of: .max) == nil)
        #expect(list[99] == 0 && list[-1] == 0)
    }

    @Test func rangesThatTouchAreOne() {
        #expect(list("10.0.0.3", "10.0.0.1", "10.0.0.2") == list("10.0.0.1-10.0.0.3"))
        #expect(list("255.255.255.254", "255.255.255.255", "0.0.0.0") == list("0.0.0.0", "255.255.255.254-255.255.255.255"))
        #expect(list("10.0.0.1", "10.0.0.3").count == 2)
    }

    @Test func manySingleAddressesAreFoundWithoutLookingAtAll() throws {
        let every = stride(from: UInt32(0x0A00_0000), to: 0x0A00_8000, by: 2).map { AddressRange.text($0) }
        let list = AddressList(every.compactMap { AddressRange($0) })
        #expect(list.count == 1 << 14)
        #expect((0..<list.count).allSatisfy { list.index(of: list[$0]) == $0 && !list.contains(list[$0] + 1) })
    }
}
