import Testing

@testable import SNMP

struct MasterKeyTests {
    /// Keys of the password "maplesyrup" for the engine 00…02.
    struct Vector: Sendable, CustomTestStringConvertible {
        let `protocol`: AuthenticationProtocol
        let master: String
        let localized: String
        /// The localized keys of ciphers that are longer than the digest.
        var stretched: [PrivacyProtocol: String] = [:]

        var testDescription: String { `protocol`.rawValue }
    }

    static let engineID = EngineID(octets: [UInt8](repeating: 0, count: 11) + [2])

    /// MD5 and SHA: RFC 3414 A.3.1 and A.3.2. The others, and what is stretched: generate_Ku, generate_kul and netsnmp_extend_kul of net-snmp
    /// 5.9; MD5 and SHA with Reeder's keys are also in draft-reeder-snmpv3-usm-3desede-00 §B.
    static let vectors = [
        Vector(
            protocol: .md5, master: "9faf3283884e92834ebc9847d8edd963", localized: "526f5eed9fcce26f8964c2930787d82b",
            stretched: [
                .aes192: "526f5eed9fcce26f8964c2930787d82bfa24a92467426c2f",
                .aes256: "526f5eed9fcce26f8964c2930787d82bfa24a92467426c2f4b09192be10dfaec",
                .aes192Reeder: "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0",
                .aes256Reeder: "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12",
            ]),
        Vector(
            protocol: .sha1, master: "9fb5cc0381497b3793528939ff788d5d79145211", localized: "6695febc9288e36282235fc7151f128497b38f3f",
            stretched: [
                .aes192: "6695febc9288e36282235fc7151f128497b38f3f505e07eb",
                .aes256: "6695febc9288e36282235fc7151f128497b38f3f505e07eb9af25568fa1f5dbe",
                .aes192Reeder: "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78",
                .aes256Reeder: "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c",
            ]),
        Vector(
            protocol: .sha224, master: "282a5867ee9aac639ad59df9572c7d3ac0fbc13a905b6df07dbbf00b",
            localized: "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674",
            stretched: [
                .aes256: "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674e82d9bf0",
                .aes256Reeder: "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be68207567422c34be4",
            ]),
        Vector(
            protocol: .sha256, master: "ab51014d1e077f6017df2b12bee5f5aa72993177e9bb569c4dff5a4ca0b4afac",
            localized: "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b"),
        Vector(
            protocol: .sha384,
            master: "e06eccdf2c68a06ed034723c9c26e0db3b669e1e2efed49150b55377a2e98f383c86fb836857444654b287c93f51ff64",
            localized: "3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78"),
        Vector(
            protocol: .sha512,
            master:
                "7e4396de5aadc77be853819b98c9406265b3a9c37cc3176569847a4e4f6fba63dd3a73d04924d31a63f95a601f9385af6be4ed1b37f87d040f7c6ed6f8d38a91",
            localized:
                "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b"
        ),
    ]

    @Test(arguments: vectors)
    func derivesAndLocalizesKeys(_ vector: Vector) throws {
        let engineID = try #require(Self.engineID)
        let master = MasterKey(password: "maplesyrup", vector.protocol)
        #expect(master.octets == vector.master.octets)
        #expect(master.localized(to: engineID, vector.protocol) == vector.localized.octets)
    }

    @Test(arguments: vectors)
    func stretchesAndCutsKeysForCiphers(_ vector: Vector) throws {
        let engineID = try #require(Self.engineID)
        let master = MasterKey(octets: vector.master.octets)
        for privacy in PrivacyProtocol.allCases {
            let expected = vector.stretched[privacy]?.octets ?? Array(vector.localized.octets.prefix(privacy.keyLength))
            #expect(master.localized(to: engineID, vector.protocol, for: privacy) == expected, "\(privacy)")
        }
    }

    @Test func takesAPasswordLongerThanABlockAndOneLongerThanAMegabyte() {
        // The first megabyte counts.
        let long = String(repeating: "0123456789", count: 104_858)
        #expect(MasterKey(password: long, .sha1) == MasterKey(password: "0123456789", .sha1))
        #expect(MasterKey(password: "ÄÖÜß", .sha1) == MasterKey(passphrase: [0xC3, 0x84, 0xC3, 0x96, 0xC3, 0x9C, 0xC3, 0x9F], .sha1))
    }

    @Test func neverShowsItself() {
        let key = MasterKey(octets: [0xDE, 0xAD, 0xBE, 0xEF])
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key) \(String(reflecting: key)) \(dumped)".contains("(key)"))
        for secret in ["222", "DE", "de", "173"] { #expect(!"\(key) \(String(reflecting: key)) \(dumped)".contains(secret)) }
    }
}
