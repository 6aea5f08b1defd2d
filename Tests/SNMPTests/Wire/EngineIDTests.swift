import Testing

@testable import SNMP

struct EngineIDTests {
    @Test func namesADeviceByItsMAC() {
        let id = EngineID.mac(enterprise: 4555, [0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90])
        #expect(id.octets == [0x80, 0x00, 0x11, 0xCB, 0x03, 0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90])
        #expect(id.description == "80:00:11:cb:03:00:e0:d8:ff:c1:90")
    }

    @Test(arguments: 0...40)
    func hasFiveToThirtyTwoOctets(_ count: Int) {
        let octets = (0..<count).map { UInt8($0) }
        #expect((EngineID(octets: octets) != nil) == (5...32).contains(count))
        #expect((octets.withUnsafeBytes { EngineID($0) } != nil) == (5...32).contains(count))
        if let id = EngineID(octets: octets) { #expect(id.octets == octets) }
    }

    @Test func tellsApartIDsOfZeros() throws {
        let short = try #require(EngineID(octets: [UInt8](repeating: 0, count: 5)))
        let long = try #require(EngineID(octets: [UInt8](repeating: 0, count: 6)))
        #expect(short != long)
        #expect(Set([short, long, short]).count == 2)
    }
}
