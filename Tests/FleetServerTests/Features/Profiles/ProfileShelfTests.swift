import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NetVision
import Testing

@testable import FleetServer

@Suite struct ProfileShelfTests {
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "profiles-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test func filesAreReadAgainAndOneWrongOneSpoilsNoOther() throws {
        try withDirectory { path in
            try Data("profile: right\nextends: RFC1628\n".utf8).write(to: URL(filePath: "\(path)/right.yaml"))
            try Data("profile: wrong\nextend: RFC1628\n".utf8).write(to: URL(filePath: "\(path)/wrong.yaml"))
            try Data("no profile".utf8).write(to: URL(filePath: "\(path)/README.txt"))
            let shelf = ProfileShelf(directory: path, logger: Logger(label: "test"))
            #expect(shelf.library.profile(named: "right")?.base == "RFC1628")
            #expect(shelf.library.profile(named: "wrong") == nil)
            #expect(shelf.problems.map(\.line) == [2])
            #expect(shelf.problems.first?.file == "\(path)/wrong.yaml")

            let before = shelf.library.profile(named: "right")
            try Data("profile: wrong\nextends: right\n".utf8).write(to: URL(filePath: "\(path)/wrong.yaml"))
            shelf.reload()
            #expect(shelf.problems == [])
            #expect(shelf.library.profile(named: "wrong")?.base == "right")
            #expect(shelf.library.profile(named: "right") === before)

            try FileManager.default.removeItem(atPath: "\(path)/right.yaml")
            shelf.reload()
            #expect(shelf.library.profile(named: "right") == nil)
            #expect(shelf.problems.map(\.key) == ["extends"])
        }
    }

    @Test func aDirectoryThatIsNotThereHasNoFiles() {
        let shelf = ProfileShelf(directory: "/nonexistent/profiles", logger: Logger(label: "test"))
        #expect(shelf.problems == [])
        let isBuiltIn = shelf.library.profiles.map(\.isBuiltIn)
        #expect(!isBuiltIn.contains(false))
    }

    @Test func everyProfileIsListedAndShownByTheAPI() async throws {
        try await withFleet { fleet in
            let token = try await fleet.token(.viewer)
            let list = try await fleet.client.execute(uri: "/api/v1/profiles", method: .get, headers: [.authorization: "Bearer \(token)"]) {
                String(buffer: $0.body)
            }
            for name in ["NV5", "NV8", "STS", "VU-MAP"] { #expect(list.contains("\"name\":\"\(name)\"")) }
            for profile in ProfileLibrary.builtIn.profiles {
                try await fleet.client.execute(
                    uri: "/api/v1/profiles/\(profile.name)", method: .get,
                    headers: [.authorization: "Bearer \(token)", .accept: "application/yaml"]
                ) { response in
                    #expect(response.headers[.contentType] == "application/yaml")
                    #expect(String(buffer: response.body) == profile.yaml)
                }
                try await fleet.client.execute(
                    uri: "/api/v1/profiles/\(profile.name)", method: .get, headers: [.authorization: "Bearer \(token)"]
                ) { response in
                    let value = try JSONDecoder().decode(Named.self, from: Data(response.body.readableBytesView))
                    #expect(value.profile == profile.name)
                }
            }
        }
    }

    private struct Named: Decodable { let profile: String }
}
