import NetVision
import Testing

@testable import CardAgent

@Suite struct PasswordDigestTests {
    @Test func survivesItsText() throws {
        let made = PasswordDigest(password: AccountBook.password, card: AccountBook.mac)
        let read = try #require(PasswordDigest(made.text))
        #expect(read.text == made.text)
        #expect(read.matches(AccountBook.password) && !read.matches("another"))
        #expect(read.lanKey?.octets == LANKey(password: AccountBook.password, card: AccountBook.mac).octets)
        #expect(PasswordDigest(password: AccountBook.password, card: nil).lanKey == nil)
    }

    @Test func twoOfTheSamePasswordDiffer() {
        #expect(PasswordDigest(password: "x", card: nil).text != PasswordDigest(password: "x", card: nil).text)
    }

    @Test func readsASecretThatAnotherProgramMade() throws {
        let secret = try #require(PasswordDigest(Self.foreign))
        #expect(secret.matches("Abcdefgh1234!"))
        #expect(!secret.matches("Abcdefgh1234?"))
    }

    /// Python: hashlib.scrypt(b"Abcdefgh1234!", salt=bytes(range(16)), n=8192, r=8, p=1, dklen=32)
    private static let foreign = "scrypt:13:8:1:AAECAwQFBgcICQoLDA0ODw==:z/0PRyxD1k0f2KTJVD7dGZpx7iYTuT89Uqx+nxTso2Q="

    private static let valid = PasswordDigest(password: "x", card: AccountBook.mac).text

    @Test func everyPrefixAndMutationIsReadOrRefused() {
        let octets = Array(Self.valid.utf8)
        for length in octets.indices { #expect(PasswordDigest(String(decoding: octets.prefix(length), as: UTF8.self))?.lanKey == nil) }
        for position in octets.indices {
            for octet in stride(from: UInt8(0), through: 255, by: 3) {
                var changed = octets
                changed[position] = octet
                _ = PasswordDigest(String(decoding: changed, as: UTF8.self))
            }
        }
    }

    @Test(arguments: [
        "", "scrypt", "scrypt:13:8:1::", "scrypt:30:8:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "scrypt:13:999:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "bcrypt:13:8:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "scrypt:13:8:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAA",
    ])
    func refusesWhatIsNoSecret(text: String) { #expect(PasswordDigest(text) == nil) }
}
