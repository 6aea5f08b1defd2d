import HTTPTypes
import SNMP
import Testing

@testable import FleetServer

/// What requests may say of SNMP credentials, and how they are told what is wrong.
struct SNMPAccessFieldsTests {
    private func change(_ text: String, of access: SNMPAccess = .standard) async throws -> SNMPAccess {
        try await JSONCoding.value(SNMPAccessFields.self, from: text).applied(to: access, in: "snmp")
    }

    @Test func whatIsLeftOutStays() async throws {
        let before = SNMPAccess(communityVersion: .v1, readCommunity: "r", writeCommunity: "w")
        #expect(try await change("{}", of: before) == before)
        #expect(try await change(#"{"readCommunity":"new"}"#, of: before).writeCommunity == "w")
        #expect(try await change(#"{"version":"2c"}"#, of: before).credentials == .v2c("r"))
    }

    @Test(arguments: [
        (#""authProtocol":"SHA","authPassword":"12345678""#, AuthenticationProtocol.sha1, PrivacyProtocol?.none),
        (#""authProtocol":"SHA1","authPassword":"12345678","privProtocol":"AES128","privPassword":"87654321""#, .sha1, .aes128),
        (#""authProtocol":"sha-256","authPassword":"12345678","privProtocol":"aes-256","privPassword":"87654321""#, .sha256, .aes256),
        (#""authProtocol":"MD5","authPassword":"12345678","privProtocol":"DES","privPassword":"87654321""#, .md5, .des),
    ])
    func protocolsAreSpelledAsPeopleDo(_ fields: String, _ authentication: AuthenticationProtocol, _ privacy: PrivacyProtocol?) async throws
    {
        let user = try #require(try await change(#"{"version":"3","user":"nms",\#(fields)}"#).user?.user)
        #expect(user.name == "nms")
        #expect(user.authentication?.protocol == authentication)
        #expect(user.privacy?.protocol == privacy)
        let expected = try USMUser(
            name: "nms", authentication: (authentication, password: "12345678"), privacy: privacy.map { ($0, password: "87654321") })
        #expect(user == expected)
    }

    @Test func aUserNeedsNoVersionNorPasswords() async throws {
        let access = try await change(#"{"user":"monitor","context":"ups"}"#)
        #expect(access.version == .v3)
        #expect(access.user?.user.level == .noAuthNoPriv)
        #expect(access.user?.context == "ups")
    }

    @Test func aUserCanBeGivenUpForTheCommunitiesOfBefore() async throws {
        let before = SNMPAccess(communityVersion: .v1, readCommunity: "r")
        let asUser = try await change(#"{"version":"3","user":"monitor"}"#, of: before)
        #expect(try await change(#"{"version":"3"}"#, of: asUser) == asUser)
        #expect(try await change(#"{"version":"1"}"#, of: asUser) == before)
    }

    private static let secure =
        #"{"version":"3","user":"nms","authProtocol":"SHA","authPassword":"12345678","privProtocol":"AES","privPassword":"87654321","context":"x"}"#

    @Test func whatIsLeftOutOfTheStoredUserStays() async throws {
        let before = try await change(Self.secure)
        #expect(try await change(#"{"version":"3","user":"nms"}"#, of: before) == before)
        #expect(try await change(#"{"version":"3"}"#, of: before) == before)
        #expect(try await change(#"{"user":"nms","authProtocol":"SHA","privProtocol":"AES"}"#, of: before) == before)
        let renewed = try await change(#"{"user":"nms","authPassword":"another password"}"#, of: before)
        #expect(renewed.user?.user.authentication?.key != before.user?.user.authentication?.key)
        #expect(renewed.user?.user.privacy == before.user?.user.privacy)
        #expect(renewed.user?.context == "x")
        let other = try await change(#"{"user":"guest"}"#, of: before)
        #expect(other.user?.user.level == .noAuthNoPriv)
        #expect(other.user?.context == "")
    }

    @Test func noneTakesAwayWhatTheStoredUserHas() async throws {
        let before = try await change(Self.secure)
        #expect(try await change(#"{"user":"nms","privProtocol":"none"}"#, of: before).user?.user.level == .authNoPriv)
        #expect(try await change(#"{"user":"nms","authProtocol":"none"}"#, of: before).user?.user.level == .noAuthNoPriv)
        let problem = await #expect(throws: Problem.self) {
            try await change(#"{"user":"nms","authProtocol":"none","privPassword":"87654321"}"#, of: before)
        }
        #expect(problem?.errors.map(\.field) == ["snmp.privProtocol"])
    }

    /// The key of the privacy depends on the hash function, and there is no password to make it of again.
    @Test func anotherHashFunctionWantsThePrivacyPasswordAgain() async throws {
        let before = try await change(Self.secure)
        let problem = await #expect(throws: Problem.self) {
            try await change(#"{"user":"nms","authProtocol":"SHA-256","authPassword":"12345678"}"#, of: before)
        }
        #expect(problem?.errors.map(\.field) == ["snmp.privPassword"])
        let whole = #"{"user":"nms","authProtocol":"SHA-256","authPassword":"12345678","privPassword":"87654321"}"#
        #expect(try await change(whole, of: before).user?.user.privacy?.protocol == .aes128)
    }

    @Test func communityIsTheReadCommunity() async throws {
        #expect(try await change(#"{"version":"2c","community":"secret"}"#).credentials == .v2c("secret"))
    }

    static let refused: [(fields: String, field: String, words: String)] = [
        (#"{"version":"3"}"#, "snmp.user", "needs a user"),
        (#"{"version":"3","authPassword":"12345678"}"#, "snmp.user", "needs a user"),
        (#"{"user":""}"#, "snmp.user", "1 to 32 bytes"),
        (#"{"user":"123456789012345678901234567890123"}"#, "snmp.user", "1 to 32 bytes"),
        (#"{"version":"2c","user":"nms"}"#, "snmp.user", "version 3's"),
        (#"{"version":"2c","context":"x"}"#, "snmp.user", "version 3's"),
        (#"{"user":"nms","readCommunity":"public"}"#, "snmp.readCommunity", "no communities"),
        (#"{"user":"nms","authProtocol":"SHA","authPassword":"1234567"}"#, "snmp.authPassword", "8 to 256 bytes"),
        (#"{"user":"nms","authProtocol":"SHA"}"#, "snmp.authPassword", "8 to 256 bytes"),
        (#"{"user":"nms","authPassword":"12345678"}"#, "snmp.authProtocol", "MD5, SHA, SHA-224, SHA-256, SHA-384, SHA-512"),
        (
            #"{"user":"nms","authProtocol":"SHA-3","authPassword":"12345678"}"#, "snmp.authProtocol",
            "no authentication protocol SHA-3. There are MD5, SHA,"
        ),
        (#"{"user":"nms","privProtocol":"AES","privPassword":"12345678"}"#, "snmp.privProtocol", "no privacy without authentication"),
        (
            #"{"user":"nms","authProtocol":"SHA","authPassword":"12345678","privProtocol":"3DES","privPassword":"12345678"}"#,
            "snmp.privProtocol", "no privacy protocol 3DES. There are DES, AES, AES-192, AES-256"
        ),
        (
            #"{"user":"nms","authProtocol":"SHA","authPassword":"12345678","privProtocol":"AES","privPassword":"short"}"#,
            "snmp.privPassword", "8 to 256 bytes"
        ),
        (#"{"user":"nms","context":"123456789012345678901234567890123"}"#, "snmp.context", "32 bytes"),
        (#"{"readCommunity":""}"#, "snmp", "1 to 64 bytes"),
    ]

    @Test(arguments: refused) func saysWhatIsWrong(_ fields: String, _ field: String, _ words: String) async throws {
        let problem = await #expect(throws: Problem.self) { try await change(fields) }
        #expect(problem?.status == .unprocessableContent)
        #expect(problem?.errors.map(\.field) == [field])
        #expect(problem?.detail.contains(words) == true, "\(problem?.detail ?? "")")
        #expect(problem?.detail.contains("12345678") == false)
    }
}
