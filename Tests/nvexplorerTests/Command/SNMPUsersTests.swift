import SNMP
import Testing

@testable import nvexplorer

@Suite struct SNMPUsersTests {
    @Test func usersComeInTheirOrder() async throws {
        let users = try await SNMPUsers.users(in: "nms:SHA:12345678:AES:87654321\nmonitor\n", of: "file")
        #expect(users.map(\.name) == ["nms", "monitor"])
        #expect(users.map(\.level) == [.authPriv, .noAuthNoPriv])
    }

    @Test(arguments: ["nms:SHA:secret7", "nms:NO:12345678", "a\nb:SHA"]) func whatIsWrongIsWrongUsage(_ document: String) async {
        let failure = await #expect(throws: CommandFailure.self) { try await SNMPUsers.users(in: document, of: "the file") }
        #expect(failure?.code == .usage)
        #expect(failure?.description.hasPrefix("the file can't be used: ") == true)
        #expect(failure?.description.contains("secret7") == false)
    }

    @Test func tooManyAreNotTried() async {
        let document = (1...9).map { "user\($0)" }.joined(separator: "\n")
        await #expect(throws: CommandFailure.self) { try await SNMPUsers.users(in: document, of: "file") }
    }
}
