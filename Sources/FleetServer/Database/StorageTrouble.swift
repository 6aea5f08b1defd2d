import GRDB

/// What an error of a database means for a person.
struct StorageTrouble: Sendable, Equatable {
    let condition: StorageState.Condition
    let words: String

    init(_ error: any Error, in place: StoragePlace) {
        let what = place == .fleet ? "The fleet's database" : "The history"
        switch error {
        case let error as DatabaseError: self.init(error.resultCode, of: what)
        case let error as PostgreSQLError: self.init(error, of: what)
        default: self.init(.failing, "\(what) can't be written. The server's log says why.")
        }
    }

    private init(_ condition: StorageState.Condition, _ words: String) {
        self.condition = condition
        self.words = words
    }

    private init(_ code: ResultCode, of what: String) {
        switch code {
        case .SQLITE_FULL:
            self.init(.full, "The disk is full: \(what.lowercased()) can't be written. Make room; recording goes on by itself.")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            self.init(.failing, "\(what) can't be written: the file or its directory is read-only. Make it writable.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .failing,
                "\(what) is damaged. Restart the server; a damaged history is set aside then, other data comes from your backup.")
        default:
            self.init(.failing, "\(what) can't be written: the disk reports an error. Look at the server's log and at the disk.")
        }
    }

    /// By the classes of PostgreSQL's error codes, their first two characters.
    private init(_ error: PostgreSQLError, of what: String) {
        switch (error.state, error.state?.prefix(2)) {
        case ("53100", _):
            self.init(
                .full, "The disk of the PostgreSQL server is full: \(what.lowercased()) can't be written. Make room; all goes on by itself."
            )
        case ("25006", _):
            self.init(.failing, "\(what) can't be written: the PostgreSQL server takes reads only. Is it a standby?")
        case ("55P03", _):
            self.init(.failing, "\(what) can't be written: another server has held its lock for too long. Look at that server's log.")
        case (nil, _), (_, "08"), (_, "25"), (_, "53"), (_, "57"):
            self.init(
                .failing, "The PostgreSQL server of \(what.lowercased()) can't be reached, or has ended the connection. Look at its log.")
        default: self.init(.failing, "\(what) can't be written. The server's log says why.")
        }
    }
}
