import Foundation
import Testing

@testable import nvexplorer

@Suite struct ConfigurationFileTests {
    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "nvexplorer-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    @Test func isKeptForItsOwnerOnly() async throws {
        try await withDirectory { directory in
            let file = try ConfigurationFile.standard(environment: ["XDG_CONFIG_HOME": directory, "HOME": "/nowhere"])
            #expect(try file.load() == Configuration())
            var configuration = Configuration(server: "http://x")
            configuration.sessions["http://x"] = .init(token: "secret", username: "olga", expiresAt: nil)
            try await file.save(configuration)
            #expect(try file.load() == configuration)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func fallsBackToTheHomeDirectory() throws {
        #expect(try ConfigurationFile.standard(environment: ["HOME": "/h"]).path == "/h/.config/nvexplorer/config.json")
        #expect(try ConfigurationFile.standard(environment: ["HOME": "/h", "XDG_CONFIG_HOME": "x"]).path.hasPrefix("/h/"))
        #expect(throws: CommandFailure.self) { try ConfigurationFile.standard(environment: [:]) }
    }

    @Test func damagedFileIsTold() async throws {
        try await withDirectory { directory in
            let file = ConfigurationFile(path: directory + "/config.json")
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try Data("{".utf8).write(to: URL(filePath: file.path))
            #expect(throws: CommandFailure.self) { try file.load() }
        }
    }
}
