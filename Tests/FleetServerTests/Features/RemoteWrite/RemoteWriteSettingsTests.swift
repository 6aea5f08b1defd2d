import Configuration
import FoundationEssentials
import Testing

@testable import FleetServer

struct RemoteWriteSettingsTests {
    private func settings(_ values: [AbsoluteConfigKey: ConfigValue]) throws -> RemoteWriteSettings? {
        try RemoteWriteSettings(config: ConfigReader(provider: InMemoryProvider(values: values)))
    }

    @Test func nothingIsSentWithoutAURL() throws {
        #expect(try settings([:]) == nil)
        #expect(try settings(["url": ""]) == nil)
    }

    @Test func readsItsKeys() throws {
        let found = try #require(
            try settings([
                "url": "https://vm.example/api/v1/write", "username": "fleet", "passwordFile": "/run/secret", "intervalSeconds": "5",
                "queueMegabytes": "2",
            ]))
        #expect(found.login == .basic(username: "fleet", passwordFile: "/run/secret"))
        #expect(found.interval == .seconds(5))
        #expect(found.queueBytes == 2 << 20)
        #expect(try settings(["url": "http://vm/", "bearerTokenFile": "/t"])?.login == .bearer(tokenFile: "/t"))
    }

    @Test(arguments: [
        ["url": "vm.example"], ["url": "ftp://vm/"], ["url": "http://user:secret@vm/"], ["url": "http://vm/", "username": "fleet"],
        ["url": "http://vm/", "bearerTokenFile": "/t", "username": "fleet", "passwordFile": "/p"],
        ["url": "http://vm/", "intervalSeconds": "0"],
    ])
    func refusesWhatCantBeMeant(_ values: [String: String]) {
        let keyed = Dictionary(
            uniqueKeysWithValues: values.map { (AbsoluteConfigKey([$0.key]), ConfigValue(.string($0.value), isSecret: false)) })
        #expect { try settings(keyed) } throws: { !"\($0)".contains("secret") }
    }

    @Test func secretsComeFromTheFileThatIsThereNow() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "secret-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var settings = RemoteWriteSettings(url: "http://vm/")
        settings.login = .basic(username: "fleet", passwordFile: path)
        await #expect(throws: ConfigurationProblem.self) { try await settings.authorization() }
        try Data("open sesame\r\n".utf8).write(to: URL(filePath: path))
        let basic = try await settings.authorization()
        #expect(basic == "Basic ZmxlZXQ6b3BlbiBzZXNhbWU=")
        settings.login = .bearer(tokenFile: path)
        try Data("token".utf8).write(to: URL(filePath: path))
        let bearer = try await settings.authorization()
        #expect(bearer == "Bearer token")
    }
}
