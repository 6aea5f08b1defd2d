import Foundation
import Testing

@testable import FleetServer

extension FleetDatabase {
    /// An empty database: SQLite's in memory, or a schema of its own on the PostgreSQL server that `NVFLEET_TEST_DATABASE` names.
    static func forTests(_ migrations: [Migration] = FleetSchema.migrations) throws -> FleetDatabase {
        guard let server = TestServer.address else { return try FleetDatabase(inMemory: migrations) }
        let schema = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        try PostgreSQLConnection(PostgreSQLAddress(server)).perform("CREATE SCHEMA \(schema)")
        let separator = server.contains("?") ? "&" : "?"
        return try FleetDatabase(
            postgreSQL: PostgreSQLAddress("\(server)\(separator)options=-csearch_path%3D\(schema)"), migrations: migrations)
    }
}

enum TestServer {
    /// `bin/test` runs the suites once more with it: every statement of the stores is to be PostgreSQL's too.
    static let address = ProcessInfo.processInfo.environment["NVFLEET_TEST_DATABASE"]
}
