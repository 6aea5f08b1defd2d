import Testing

@testable import SNMP

struct USMUserSpecificationTests {
    @Test func readsAllLevels() throws {
        #expect(try USMUser(specification: "olga") == USMUser(name: "olga"))
        #expect(try USMUser(specification: "olga:sha:password1") == USMUser(name: "olga", authentication: (.sha1, "password1")))
        #expect(
            try USMUser(specification: "olga:SHA-256:password1:aes256:password2")
                == USMUser(name: "olga", authentication: (.sha256, "password1"), privacy: (.aes256, "password2")))
    }

    @Test func passwordsMayHaveColons() throws {
        #expect(
            try USMUser(specification: "o:MD5:pass:word:x:DES:more:DES:colons")
                == USMUser(name: "o", authentication: (.md5, "pass:word:x"), privacy: (.des, "more:DES:colons")))
        #expect(try USMUser(specification: "o:MD5:password:") == USMUser(name: "o", authentication: (.md5, "password:")))
    }

    @Test(
        arguments: [
            ("olga:SHA", .noPassword("olga")), ("olga:XYZ:password1", .unknownProtocol("olga", "XYZ")),
            ("olga:SHA:short", .user("olga", .passwordTooShort)), (":SHA:password1", .user("", .nameLength)),
            ("", .user("", .nameLength)), ("olga:SHA:password1:AES:short", .user("olga", .passwordTooShort)),
        ] as [(String, USMSpecificationError)])
    func saysWhatIsWrong(_ text: String, _ problem: USMSpecificationError) {
        #expect(throws: problem) { try USMUser(specification: text) }
        #expect(!problem.description.contains("password1"))
    }

    @Test func readsAFile() throws {
        let users = try USMUser.users(in: "# users\nolga:SHA:password1\r\n\nkarl\n")
        #expect(users.map(\.name) == ["olga", "karl"])
        #expect(throws: USMSpecificationError.line(2, .noPassword("x"))) { try USMUser.users(in: "olga\nx:SHA\n") }
    }
}
