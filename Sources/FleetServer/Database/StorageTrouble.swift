import GRDB

/// What an error of a database means for a person.
struct StorageTrouble: Sendable {
    let condition: StorageState.Condition
    let words: String

    init(_ error: any Error, in place: StoragePlace) {
        let what = place == .fleet ? "The fleet's database" : "The history"
        guard let error = error as? DatabaseError else {
            (condition, words) = (.failing, "\(what) can't be written. The server's log says why.")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL:
            condition = .full
            words = "The disk is full: \(what.lowercased()) can't be written. Make room; recording goes on by itself."
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            condition = .failing
            words = "\(what) can't be written: the file or its directory is read-only. Make it writable."
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            condition = .failing
            words = "\(what) is damaged. Restart the server; a damaged history is set aside then, other data comes from your backup."
        default:
            condition = .failing
            words = "\(what) can't be written: the disk reports an error. Look at the server's log and at the disk."
        }
    }
}
