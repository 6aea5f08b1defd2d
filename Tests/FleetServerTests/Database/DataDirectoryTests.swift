import Crypto
import FoundationEssentials
import Testing

@testable import FleetServer

struct DataDirectoryTests {
    @Test func aSecondServerIsKeptOffADirectory() throws {
        try Self.withDirectory { directory in
            let lock = try directory.lock()
            #expect(throws: DataDirectoryInUse.self) { try directory.lock() }
            withExtendedLifetime(lock) {}
        }
    }

    @Test func theLockEndsWithItsHolder() throws {
        try Self.withDirectory { directory in
            do { _ = try directory.lock() }
            _ = try directory.lock()
        }
    }

    @Test func anotherMasterKeyIsNoticedAtTheStart() async throws {
        let database = try FleetDatabase.forTests()
        let own = MasterKeyCheck(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        try await own.run("data")
        try await own.run("data")
        let other = MasterKeyCheck(database: database, secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        await #expect(throws: MasterKeyForeign.self) { try await other.run("data") }
        try await own.run("data")
    }

    private static func withDirectory(_ body: (DataDirectory) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "fleet-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(DataDirectory(path: path))
    }
}
