import Testing

@testable import FleetServer

/// What a PostgreSQL server does for us; runs where `NVFLEET_TEST_DATABASE` names one.
@Suite(.enabled(if: TestServer.address != nil, "NVFLEET_TEST_DATABASE names no server"))
struct PostgreSQLEngineTests {
    private func address(_ options: String) throws -> PostgreSQLAddress {
        let server = try #require(TestServer.address)
        return try PostgreSQLAddress("\(server)\(server.contains("?") ? "&" : "?")options=\(options)")
    }

    @Test(arguments: [
        ("idle_in_transaction_session_timeout", "15s"), ("lock_timeout", "20s"),
    ])
    func aServerOfOursThatFreezesHoldsNothingForLong(setting: String, value: String) throws {
        let connection = try PostgreSQLConnection(address("-cstatement_timeout%3D1min"))
        #expect(try connection.firstRow("SHOW \(setting)", [])?.text(setting) == value)
    }

    @Test func whatHoldsTheLockInSilenceIsEnded() async throws {
        let database = try FleetDatabase.forTests([])
        let schema = try await database.read { try $0.row("SELECT current_schema() AS name")?.text("name") }
        // Another server of ours, in a transaction, that says no more.
        let frozen = try PostgreSQLConnection(address("-csearch_path%3D\(try #require(schema))"))
        try frozen.perform("SET idle_in_transaction_session_timeout = '200ms'")
        for statement in PostgreSQLEngine.writing { try frozen.perform(statement) }
        // Waits for it, and no longer than PostgreSQL does.
        try await database.write { try $0.execute("CREATE TABLE written (id BIGINT)") }
        #expect(throws: PostgreSQLError.self) { try frozen.perform("COMMIT") }
        #expect(!frozen.isUsable)
    }

    @Test func aWriteSeesWhatWasWrittenBeforeItWhateverTheServersDefault() async throws {
        let schema = try await FleetDatabase.forTests([]).read { try $0.row("SELECT current_schema() AS name")?.text("name") }
        let engine = PostgreSQLEngine(
            try address("-csearch_path%3D\(try #require(schema))%20-cdefault_transaction_isolation%3Dserializable"))
        let level = try await engine.write { try $0.row("SHOW transaction_isolation")?.text("transaction_isolation") }
        #expect(level == "read committed")
    }

    @Test func aConnectionThatTheServerHasEndedIsMadeAnew() async throws {
        let database = try FleetDatabase.forTests([])
        let process = try await database.write { try $0.row("SELECT pg_backend_pid() AS pid")?.integer("pid") }
        try PostgreSQLConnection(PostgreSQLAddress(try #require(TestServer.address)))
            .perform("SELECT pg_terminate_backend(\(try #require(process)), 5000)")
        let other = try await database.write { try $0.row("SELECT pg_backend_pid() AS pid")?.integer("pid") }
        #expect(other != nil && other != process)
    }
}
