import Testing

@testable import FleetServer

struct PostgreSQLStatementTests {
    @Test(arguments: [
        ("SELECT * FROM card WHERE id = ? AND mac = ?", "SELECT * FROM card WHERE id = $1 AND mac = $2"),
        ("SELECT '?', \"a?\" FROM t WHERE x = ?", "SELECT '?', \"a?\" FROM t WHERE x = $1"),
        ("SELECT 'it''s ?' WHERE x = ?", "SELECT 'it''s ?' WHERE x = $1"),
        ("WHERE (mac IS NULL OR ? IS NULL) AND y = ?", "WHERE (mac IS NULL OR CAST($1 AS TEXT) IS NULL) AND y = $2"),
        ("WHERE ? is not null", "WHERE CAST($1 AS TEXT) is not null"),
        ("VALUES (?, ?)", "VALUES ($1, $2)"),
        ("", ""),
    ])
    func placeholdersAreNumberedOutsideOfQuotes(ours: String, theirs: String) {
        #expect(PostgreSQLStatement.numbered(ours) == theirs)
    }

    @Test func aBlobIsDeclaredAsBytes() {
        #expect(
            PostgreSQLStatement.definition("CREATE TABLE a (k BLOB NOT NULL, b BLOB, c TEXT)")
                == "CREATE TABLE a (k BYTEA NOT NULL, b BYTEA, c TEXT)")
    }
}
