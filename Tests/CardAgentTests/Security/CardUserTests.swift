import SNMP
import Testing

@testable import CardAgent

@Suite struct CardUserTests {
    @Test func aUserMayWriteUnlessItIsSaidOtherwise() throws {
        let user = try CardUser(specification: "ops:SHA-256:authpass1:AES:privpass1")
        #expect(user.access == .readWrite)
        #expect(try user.user == USMUser(name: "ops", authentication: (.sha256, "authpass1"), privacy: (.aes128, "privpass1")))
        let reader = try CardUser(specification: "ops/ro:SHA-256:authpass1:AES:privpass1")
        #expect(reader.access == .readOnly && reader.user == user.user)
        #expect(try CardUser(specification: "guest/ro").access == .readOnly)
        #expect(try CardUser(specification: "a/row").user.name == "a/row")
        // Only behind the name.
        #expect(try CardUser(specification: "ops:SHA:password/ro").access == .readWrite)
    }

    @Test(arguments: [
        "", "/ro", ":SHA:authpass1", "ops:", "ops:SHA", "ops:SHA:short", "ops/ro:ROT13:authpass1", "ops:SHA:authpass1:AES:short",
    ])
    func whatCantBeIsRefusedInASentence(_ text: String) {
        let problem = #expect(throws: USMSpecificationError.self) { try CardUser(specification: text) }
        #expect(problem?.description.hasSuffix(".") == true)
        #expect(problem?.description.contains("authpass1") == false)
    }

    @Test func aFileHasAUserALine() throws {
        let users = try CardUser.users(in: "# operators\nops:SHA:authpass1\r\n\nguest/ro\n")
        #expect(users.map(\.user.name) == ["ops", "guest"])
        #expect(users.map(\.access) == [.readWrite, .readOnly])
        let problem = #expect(throws: USMSpecificationError.self) { try CardUser.users(in: "ops\n\nbad:X:authpass1") }
        #expect(problem?.description.hasPrefix("Line 3:") == true)
    }

    @Test func aTableHasEightUsersAndOneOfAName() throws {
        let users = try (1...8).map { try CardUser(specification: "user\($0)") }
        let table = try #require([].merged(with: users))
        let changed = try CardUser(specification: "user3/ro")
        #expect(table.merged(with: [changed])?[2] == changed)
        #expect(table.merged(with: [changed])?.count == 8)
        #expect(table.merged(with: [try CardUser(specification: "user9")]) == nil)
    }
}
