import Configuration
import FoundationEssentials
import SNMP
import Testing

@testable import FleetServer

struct TrapSettingsTests {
    private func settings(_ values: [AbsoluteConfigKey: ConfigValue], portOffset: Int = 0) throws -> TrapSettings {
        try TrapSettings(config: ConfigReader(provider: InMemoryProvider(values: values)), portOffset: portOffset)
    }

    @Test func trapsAreHeardOnTheirPortPlusTheOffset() throws {
        let settings = try settings([:], portOffset: 10_000)
        #expect(settings.listen?.description == "0.0.0.0:10162")
        #expect(settings.communities == nil)
        #expect(settings.admission([]).communities == nil)
    }

    @Test func canBeTurnedOffOrMoved() throws {
        #expect(try settings(["listen": "off"]).listen == nil)
        #expect(try settings(["listen": "127.0.0.1:9162"], portOffset: 5).listen?.description == "127.0.0.1:9162")
        #expect(try settings(["listen": "[::]:162"]).listen?.description == "[::]:162")
    }

    @Test(arguments: ["here:162", "162", "127.0.0.1:", "on"]) func refusesWhatIsNoAddress(_ text: String) {
        #expect(throws: ConfigurationProblem.self) { try settings(["listen": ConfigValue(.string(text), isSecret: false)]) }
    }

    @Test func letsInTheCommunitiesThatAreGiven() throws {
        let settings = try settings(["communities": ConfigValue(.stringArray(["public", "traps"]), isSecret: false)])
        #expect(settings.admission([]).communities == ["public", "traps"])
    }

    @Test func readsUsersFromAFile() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "users-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("# cards\nnms:SHA:12345678\n".utf8).write(to: URL(filePath: path))
        var settings = try settings(["users": ConfigValue(.string(path), isSecret: false)])
        try await settings.loadUsers()
        let user = try USMUser(name: "nms", authentication: (.sha1, password: "12345678"))
        #expect(settings.users == [user])
        let others: Set = [try USMUser(name: "nms"), try USMUser(name: "ups")]
        #expect(settings.admission(others).users == [try USMUser(name: "nms"), try USMUser(name: "ups"), user], "the file's come last")
        try Data("nms:SHA:secret7\n".utf8).write(to: URL(filePath: path))
        let problem = await #expect(throws: ConfigurationProblem.self) { try await settings.loadUsers() }
        #expect(problem?.description.contains("secret7") == false)
        try FileManager.default.removeItem(atPath: path)
        await #expect(throws: ConfigurationProblem.self) { try await settings.loadUsers() }
    }
}
