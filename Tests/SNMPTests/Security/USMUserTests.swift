import Testing

@testable import SNMP

struct USMUserTests {
    @Test func hasTheLevelOfItsKeys() throws {
        #expect(try USMUser(name: "a").level == .noAuthNoPriv)
        #expect(try USMUser(name: "a", authentication: (.md5, "12345678")).level == .authNoPriv)
        #expect(try USMUser(name: "a", authentication: (.md5, "12345678"), privacy: (.des, "12345678")).level == .authPriv)
    }

    @Test func refusesWhatNoEngineWouldTake() {
        #expect(throws: USMUserError.nameLength) { try USMUser(name: "") }
        #expect(throws: USMUserError.nameLength) { try USMUser(name: String(repeating: "ä", count: 17)) }
        #expect(throws: USMUserError.passwordTooShort) { try USMUser(name: "a", authentication: (.sha1, "1234567")) }
        #expect(throws: USMUserError.passwordTooShort) {
            try USMUser(name: "a", authentication: (.sha1, "12345678"), privacy: (.aes128, "1234567"))
        }
        #expect(throws: USMUserError.privacyWithoutAuthentication) { try USMUser(name: "a", privacy: (.aes128, "12345678")) }
        #expect(throws: USMUserError.keyLength) {
            try USMUser(name: "a", authenticationKey: (.sha256, MasterKey(octets: [1, 2, 3])), privacyKey: nil)
        }
        #expect(throws: USMUserError.keyLength) {
            let key = MasterKey(password: "12345678", .sha256)
            return try USMUser(name: "a", authenticationKey: (.sha256, key), privacyKey: (.aes128, MasterKey(octets: [])))
        }
    }

    @Test func takesAnyTextOfEightOctetsForAPassword() throws {
        #expect(throws: Never.self) { try USMUser(name: String(repeating: "x", count: 32), authentication: (.sha512, "äöü€")) }
    }

    @Test func comesBackFromItsStoredKeys() throws {
        let user = try USMUser(name: "operator", authentication: (.sha224, "authpassword"), privacy: (.aes256, "privpassword"))
        let authentication = try #require(user.authentication)
        let privacy = try #require(user.privacy)
        let restored = try USMUser(
            name: user.name, authenticationKey: (authentication.protocol, MasterKey(octets: authentication.key.octets)),
            privacyKey: (privacy.protocol, MasterKey(octets: privacy.key.octets)))
        #expect(restored == user)
    }

    @Test func showsNoSecret() throws {
        let user = try USMUser(name: "operator", authentication: (.sha1, "authpassword"), privacy: (.aes128, "privpassword"))
        var dumped = ""
        dump(user, to: &dumped)
        #expect(user.description == "operator SHA AES")
        let shown = "\(user) \(String(reflecting: user)) \(dumped)"
        #expect(!shown.contains("password"))
        #expect(!shown.contains("octets"))
        #expect(!shown.contains("words"))
        let first = try #require(user.authentication?.key.octets.first)
        #expect(!dumped.contains("- \(first)\n"))
    }

    @Test func readsTheNamesOfProtocolsThatPeopleWrite() {
        for known in AuthenticationProtocol.allCases {
            #expect(AuthenticationProtocol(spelling: known.rawValue) == known)
            #expect(AuthenticationProtocol(spelling: known.rawValue.lowercased().filter { $0 != "-" }) == known)
            #expect(AuthenticationProtocol(spelling: "HMAC-" + known.rawValue) == known)
        }
        for known in PrivacyProtocol.allCases {
            #expect(PrivacyProtocol(spelling: known.rawValue) == known)
            #expect(PrivacyProtocol(spelling: known.rawValue.lowercased().filter { $0 != "-" }) == known)
        }
        #expect(PrivacyProtocol(spelling: "aes 128") == .aes128)
        #expect(PrivacyProtocol(spelling: "AES-256-Cisco") == .aes256Reeder)
        #expect(AuthenticationProtocol(spelling: "SHA1") == .sha1)
        #expect(AuthenticationProtocol(spelling: "SHA-3") == nil)
        #expect(PrivacyProtocol(spelling: "3DES") == nil)
    }
}
