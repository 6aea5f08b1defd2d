import Modbus
import Testing

struct CRC16Tests {
    @Test func hasTheCatalogueCheckValue() {
        #expect(CRC16.checksum(of: Array("123456789".utf8)) == 0x4B37)
    }

    @Test func startsAtAllOnes() {
        #expect(CRC16.checksum(of: []) == 0xFFFF)
    }

    @Test func matchesTheSerialLineSpecificationExample() {
        // MODBUS over Serial Line V1.02 §6.2.2: 02 07 gives 12 41 with the high byte first.
        #expect(CRC16.checksum(of: [0x02, 0x07]) == 0x1241)
    }
}
