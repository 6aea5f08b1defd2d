import FoundationEssentials
import Testing

@testable import FleetServer

/// What SQLite has been told of power cuts: https://sqlite.org/pragma.html#pragma_synchronous
struct FleetDatabaseTests {
    private static let full: Int64 = 2

    @Test func theInventorySurvivesAPowerCutAtAnyMoment() async throws {
        let level = try await level { try $0.openFleetDatabase() }
        #expect(level == Self.full)
    }

    private func level(of open: (DataDirectory) throws -> FleetDatabase) async throws -> Int64? {
        let path = FileManager.default.temporaryDirectory.appending(path: "fleet-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let database = try open(DataDirectory(path: path))
        return try await database.write { try $0.row("PRAGMA synchronous")?.integer("synchronous") }
    }
}
