import PowerDevice
import Testing

@Suite struct RegisterFileTests {
    private let map = DeviceMap.vuMap

    @Test func wordIsUnknownUntilStored() {
        var file = RegisterFile([RegisterRange(0x10, count: 2), RegisterRange(0x40, count: 1)])
        #expect(file.contains(0x11) && !file.contains(0x12))
        #expect(file[0x10] == nil)
        file.store([7, 8, 9], at: 0x10)
        #expect(file[0x11] == 8 && file[0x12] == nil)
        #expect(file.words(in: RegisterRange(0x10, count: 2)) == [7, 8])
        #expect(file.words(in: RegisterRange(0x10, count: 3)) == nil)
    }

    @Test func storingPastTheLastAddressStops() {
        var file = RegisterFile([RegisterRange(0xFFFF, count: 1)])
        file.store([1, 2, 3], at: 0xFFFF)
        #expect(file[0xFFFF] == 1 && file[0] == nil)
    }

    @Test func bitsOfOneWordAreIndependent() throws {
        var file = map.emptyRegisters
        let mains = try #require(map["S048"])
        let bypass = try #require(map["S056"])
        file.setRaw(1, of: mains)
        file.setRaw(1, of: bypass)
        #expect(file[0x0033] == 0b1_0000_0001)
        file.setRaw(0, of: mains)
        #expect(file[0x0033] == 0b1_0000_0000)
        #expect(map.raw("S056", in: file) == 1 && map.raw("S048", in: file) == 0)
    }

    @Test func serialHasItsFirstCharacterInTheHighByte() throws {
        var file = map.emptyRegisters
        let serial = try #require(map["R000"])
        file.setText("P172793003", of: serial)
        #expect(file[0x0010] == 0x5031)
        #expect(file[0x0015] == 0)
        #expect(file.text(serial) == "P172793003")
    }

    @Test(arguments: ["", "   ", "\u{1F}\u{7F}"]) func blankTextIsAbsent(text: String) throws {
        var file = map.emptyRegisters
        let reference = try #require(map["R001"])
        file.setText(text == "\u{1F}\u{7F}" ? "" : text, of: reference)
        if text == "\u{1F}\u{7F}" { file[0x001A] = 0x1F7F }
        #expect(file.text(reference) == nil)
    }

    @Test func wordsLeftAsideMakeNoDifference() {
        var file = RegisterFile([RegisterRange(0x10, count: 4)])
        file.store([1, 2, 3, 4], at: 0x10)
        var other = file
        other[0x12] = 9
        #expect(file.differs(from: other, beside: nil))
        #expect(!file.differs(from: other, beside: RegisterRange(0x12, count: 2)))
        #expect(file.differs(from: other, beside: RegisterRange(0x13, count: 1)))
    }
}
