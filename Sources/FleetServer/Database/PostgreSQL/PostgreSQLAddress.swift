import CLibPQ

/// Where a PostgreSQL server is, and how to log in: a connection URI, `postgresql://fleet@db.example/fleet`, or libpq's keywords.
///
/// Secret: it may hold a password. Its description has none.
struct PostgreSQLAddress: Sendable, Equatable {
    let text: String
    private let place: String

    /// Throws the problem in words where libpq can't read the text.
    init(_ text: String) throws(PostgreSQLAddressProblem) {
        var message: UnsafeMutablePointer<CChar>?
        guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") || text.contains("="),
            let options = PQconninfoParse(text, &message)
        else {
            PQfreemem(message)
            throw PostgreSQLAddressProblem()
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.text = text
        let host = values["host"] ?? values["hostaddr"] ?? "the local socket"
        place = "database \(values["dbname"] ?? values["user"] ?? "of the default user") at \(host)"
    }
}

extension PostgreSQLAddress: CustomStringConvertible, CustomDebugStringConvertible {
    var description: String { "PostgreSQL \(place)" }
    var debugDescription: String { description }
}

/// Not a word of what was given: it may hold a password.
struct PostgreSQLAddressProblem: Error, CustomStringConvertible {
    var description: String {
        "A PostgreSQL address is written postgresql://USER@HOST:PORT/DATABASE; the password belongs into the file that PGPASSFILE names."
    }
}
