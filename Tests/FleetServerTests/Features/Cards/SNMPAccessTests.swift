import FoundationEssentials
import SNMP
import Testing

@testable import FleetServer

struct SNMPAccessTests {
    private static let password = "a-very-secret-password"

    private func access(
        _ authentication: AuthenticationProtocol? = .sha256, _ privacy: PrivacyProtocol? = .aes256, context: String = "ups"
    ) throws -> SNMPAccess {
        let user = try USMUser(
            name: "nms", authentication: authentication.map { ($0, password: Self.password) },
            privacy: privacy.map { ($0, password: Self.password) })
        var access = SNMPAccess.standard
        access.user = SNMPUser(user: user, context: context)
        return access
    }

    @Test func whatWasStoredBeforeThereWereUsersIsRead() throws {
        let stored = #"{"version":"1","readCommunity":"r","writeCommunity":"w"}"#
        let access = try JSONCoding.value(SNMPAccess.self, from: stored)
        #expect(access == SNMPAccess(communityVersion: .v1, readCommunity: "r", writeCommunity: "w"))
        #expect(access.version == .v1)
        #expect(access.credentials == .v1("r"))
    }

    @Test(
        arguments: [
            (nil, nil), (.md5, nil), (.sha1, .des), (.sha1, .aes128), (.sha256, .aes256), (.sha512, .aes192Reeder),
        ] as [(AuthenticationProtocol?, PrivacyProtocol?)])
    func aUserIsStoredWithItsKeysAndWithoutItsPasswords(_ authentication: AuthenticationProtocol?, _ privacy: PrivacyProtocol?) throws {
        let access = try access(authentication, privacy)
        let text = try JSONCoding.text(access)
        #expect(!text.contains(Self.password))
        #expect(try JSONCoding.value(SNMPAccess.self, from: text) == access)
        #expect(access.version == .v3)
    }

    @Test(arguments: [
        #"{"name":"nms","context":"","authentication":{"protocol":"SHA-3","key":""}}"#,
        #"{"name":"nms","context":"","authentication":{"protocol":"SHA","key":"AAAA"}}"#, #"{"name":"","context":""}"#,
    ])
    func aDamagedUserIsRefused(_ text: String) {
        #expect(throws: (any Error).self) { try JSONCoding.value(SNMPUser.self, from: text) }
    }

    @Test func nothingSecretIsPrinted() throws {
        let access = try access()
        let key = try #require(access.user?.user.authentication?.key.octets)
        let hexadecimal = key.map { String($0, radix: 16) }.joined()
        for text in [
            "\(access)", String(reflecting: access), "\(CardCredentials(snmp: access))", String(reflecting: CardCredentials(snmp: access)),
        ] {
            #expect(!text.contains(Self.password) && !text.contains("\(key)") && !text.contains(hexadecimal), "\(text)")
        }
    }
}
