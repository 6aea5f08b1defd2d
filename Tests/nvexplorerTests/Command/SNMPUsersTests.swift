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

    @Test func aServersSearchGetsTheUsers() throws {
        let document = "# ours\nnms:SHA:pass:word:AES:secret:word\r\n\nmonitor\nold:md5:12345678\n"
        #expect(
            try SNMPUsers.credentials(in: document) == [
                .object([
                    "version": .text("3"), "user": .text("nms"), "authProtocol": .text("SHA"), "authPassword": .text("pass:word"),
                    "privProtocol": .text("AES"), "privPassword": .text("secret:word"),
                ]),
                .object(["version": .text("3"), "user": .text("monitor")]),
                .object([
                    "version": .text("3"), "user": .text("old"), "authProtocol": .text("MD5"), "authPassword": .text("12345678"),
                ]),
            ])
    }
}
