import FoundationEssentials
import Testing

@testable import FleetServer

/// What the features rely on, of whichever engine.
struct SQLTransactionTests {
    private static let table = Migration(
        name: "values",
        statements: [
            "CREATE TABLE sequence (kind TEXT PRIMARY KEY, last BIGINT NOT NULL)",
            "CREATE TABLE thing (id BIGINT PRIMARY KEY, number BIGINT, real DOUBLE PRECISION, words TEXT, bytes BLOB)",
        ])

    @Test func everyKindOfValueComesBackAsItWent() async throws {
        let database = try FleetDatabase.forTests([Self.table])
        let bytes = [UInt8](0...255)
        let text = "Größe 'x' \"y\" \\ ? $1 – 雪"
        let row = try await database.write { transaction in
            try transaction.execute(
                "INSERT INTO thing (id, number, real, words, bytes) VALUES (?, ?, ?, ?, ?)",
                [.integer(1), .integer(.min), .real(-230.1), .text(text), .blob(bytes)])
            let row = try transaction.row("SELECT * FROM thing")
            return (row?.integer("number"), row?.real("real"), row?.text("words"), row?.blob("bytes"))
        }
        #expect(row == (.min, -230.1, text, bytes))
    }

    @Test func nullIsNoValueOfAnyKind() async throws {
        let database = try FleetDatabase.forTests([Self.table])
        try await database.write { transaction in
            try transaction.execute(
                "INSERT INTO thing (id, number, real, words, bytes) VALUES (?, ?, ?, ?, ?)", [.integer(1), .null, .null, .null, .null])
            let row = try #require(try transaction.row("SELECT * FROM thing WHERE ? IS NULL OR words = ?", [.null, .null]))
            #expect(row.integer("number") == nil && row.real("real") == nil && row.text("words") == nil && row.blob("bytes") == nil)
            #expect(throws: SQLShapeError.self) { try row.required("words", as: String.self) }
            #expect(row.text("there is no such column") == nil)
        }
    }

    @Test func countsAndSumsAreIntegers() async throws {
        let database = try FleetDatabase.forTests([Self.table])
        try await database.write { transaction in
            for id in 1...3 { try transaction.execute("INSERT INTO thing (id, number) VALUES (?, 7)", [.integer(Int64(id))]) }
            let row = try transaction.row("SELECT COUNT(*) AS n, SUM(number) AS total FROM thing")
            #expect(row?.integer("n") == 3)
            #expect(row?.integer("total") == 21)
        }
    }

    @Test func whatThrowsChangesNothing() async throws {
        struct Stop: Error {}
        let database = try FleetDatabase.forTests([Self.table])
        await #expect(throws: Stop.self) {
            try await database.write { transaction in
                try transaction.execute("INSERT INTO thing (id) VALUES (1)")
                throw Stop()
            }
        }
        let count = try await database.read { try $0.row("SELECT COUNT(*) AS n FROM thing")?.integer("n") }
        #expect(count == 0)
    }

    @Test func aFailedStatementLeavesTheConnectionUsable() async throws {
        let database = try FleetDatabase.forTests([Self.table])
        await #expect(throws: (any Error).self) { try await database.write { try $0.execute("INSERT INTO nowhere (id) VALUES (1)") } }
        try await database.write { try $0.execute("INSERT INTO thing (id) VALUES (1)") }
    }

    @Test func keysAreGivenOnceThoughManyAskAtATime() async throws {
        let database = try FleetDatabase.forTests([Self.table])
        let keys = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 1...40 { group.addTask { try await database.write { try $0.nextKey(for: "thing") } } }
            var keys: Set<Int64> = []
            for try await key in group { keys.insert(key) }
            return keys
        }
        #expect(keys == Set(1...40))
    }
}
