import Testing

@testable import SNMP

struct AESContextsTests {
    /// NIST SP 800-38A F.3.13, F.3.15, F.3.17: CFB128 with the vector 00 01 … 0f.
    static let vectors = [
        (
            key: "2b7e151628aed2a6abf7158809cf4f3c",
            text: "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
                + "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6"
        ),
        (
            key: "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
            text: "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"
                + "2e1e8a1dd59b88b1c8e60fed1efac4c9c05f9f9ca9834fa042ae8fba584b09ff"
        ),
        (
            key: "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            text: "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"
                + "df10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471"
        ),
    ]
    static let plain =
        ("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
        + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710").octets
    static let vector: (UInt64, UInt64) = (UInt64(0x0001_0203_0405_0607).bigEndian, UInt64(0x0809_0A0B_0C0D_0E0F).bigEndian)

    private func apply(_ direction: AESContexts.Direction, _ key: String, _ text: [UInt8], _ contexts: AESContexts) throws -> [UInt8] {
        let key = try #require(InlineOctets(key.octets))
        var text = text
        text.withUnsafeMutableBytes { contexts.apply(direction, key: key, vector: Self.vector, to: $0) }
        return text
    }

    /// Every length, since the last block may be a part of one; and the keys in turn, since they share contexts.
    @Test func isCipherFeedbackMode() throws {
        let contexts = AESContexts()
        for length in 0...Self.plain.count {
            for vector in Self.vectors {
                let plain = Array(Self.plain.prefix(length))
                let encrypted = Array(vector.text.octets.prefix(length))
                #expect(try apply(.encrypt, vector.key, plain, contexts) == encrypted)
                #expect(try apply(.decrypt, vector.key, encrypted, contexts) == plain)
            }
        }
    }

    @Test func changesTheKeyOfOneLength() throws {
        let contexts = AESContexts()
        let other = "000102030405060708090a0b0c0d0e0f"
        for _ in 0..<2 {
            #expect(try apply(.decrypt, Self.vectors[0].key, Self.vectors[0].text.octets, contexts) == Self.plain)
            let text = try apply(.encrypt, other, Self.plain, contexts)
            #expect(text != Self.vectors[0].text.octets)
            #expect(try apply(.decrypt, other, text, contexts) == Self.plain)
        }
    }

    @Test func takesTheLongestDatagram() throws {
        let contexts = AESContexts()
        let plain = (0..<65_507).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let text = try apply(.encrypt, Self.vectors[0].key, plain, contexts)
        #expect(try apply(.decrypt, Self.vectors[0].key, text, contexts) == plain)
    }
}
