/// What a PostgreSQL server, or the way to it, had against a statement. Holds no values: those may be secrets.
struct PostgreSQLError: Error, CustomStringConvertible {
    /// Five letters and digits of the SQL standard, `23505` for a key that exists; nil where there was no connection.
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    let state: String?
    let message: String

    var description: String { state.map { "PostgreSQL: \(message) (\($0))" } ?? "PostgreSQL can't be reached: \(message)" }
}
