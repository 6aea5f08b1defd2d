import Foundation
import Testing

@testable import FleetServer

/// A key that can't be read now must be there when it can be read again. The tests may run as root, whom no mode keeps out: what can't be
/// read here is a link that leads nowhere.
struct PrivateFileTests {
    private static func withDirectory(_ body: (_ key: String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body("\(path)/master.key")
    }

    @Test func isMadeOnceAndForItsOwnerOnly() throws {
        try Self.withDirectory { key in
            #expect(try PrivateFile.readOrCreate(path: key) { [1, 2, 3] } == [1, 2, 3])
            #expect(try PrivateFile.readOrCreate(path: key) { [4] } == [1, 2, 3])
            let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let directory = URL(filePath: key).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["master.key"])
        }
    }

    @Test func whatIsThereAndCannotBeReadIsNotReplaced() throws {
        try Self.withDirectory { key in
            try FileManager.default.createSymbolicLink(atPath: key, withDestinationPath: key)
            let error = #expect(throws: PrivateFileError.self) { try PrivateFile.readOrCreate(path: key) { [1] } }
            #expect(error?.description.contains("is there, but can't be read") == true)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: key) == key)
        }
    }

    @Test func aLinkToADiskThatIsNotMountedIsNotReplaced() throws {
        try Self.withDirectory { key in
            let target = key + ".elsewhere"
            try FileManager.default.createSymbolicLink(atPath: key, withDestinationPath: target)
            #expect(throws: PrivateFileError.self) { try PrivateFile.readOrCreate(path: key) { [1] } }
            #expect(!FileManager.default.fileExists(atPath: target))
            try Data([7]).write(to: URL(filePath: target))
            #expect(try PrivateFile.readOrCreate(path: key) { [1] } == [7])
        }
    }

    @Test func saysWhatToDoAboutAForeignOwner() {
        let error = PrivateFileError(path: "data/master.key", problem: .notRead(13))
        #expect(error.description.contains("chown"))
    }
}
