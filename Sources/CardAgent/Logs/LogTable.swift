/// The tables of the logs' file. Each log has one, shared by the cards of the file.
///
/// A record lies in the slot `sequence mod 2048` of its card: a new record overwrites the oldest, so that a ring that is full neither grows
/// nor needs tidying, and one append touches one page. How far a ring has come is in the table `ring`.
struct LogTable: Sendable {
    let kind: LogKind

    init(_ kind: LogKind) { self.kind = kind }

    var name: String {
        switch kind {
        case .history: "history"
        case .extendedHistory: "extended_history"
        case .deviceEvents: "device_event"
        case .cardEvents: "card_event"
        case .sensorHistory: "sensor_history"
        }
    }

    /// The columns as SQL declares them. A file whose text differs was made by another program: the log is made anew.
    var columns: String {
        let common = "card INTEGER NOT NULL, slot INTEGER NOT NULL, sequence INTEGER NOT NULL, instant INTEGER NOT NULL"
        return if kind.holdsEvents {
            "\(common), severity INTEGER NOT NULL, code TEXT, text TEXT NOT NULL, PRIMARY KEY (card, slot)"
        } else {
            "\(common), start INTEGER, contents BLOB NOT NULL, PRIMARY KEY (card, slot)"
        }
    }

    /// Without row ids the records of a card lie together.
    var creation: String { "CREATE TABLE \(name) (\(columns)) WITHOUT ROWID" }

    var insertion: String {
        kind.holdsEvents
            ? "INSERT OR REPLACE INTO \(name) (card, slot, sequence, instant, severity, code, text) VALUES (?, ?, ?, ?, ?, ?, ?)"
            : "INSERT OR REPLACE INTO \(name) (card, slot, sequence, instant, start, contents) VALUES (?, ?, ?, ?, ?, ?)"
    }

    var deletion: String { "DELETE FROM \(name) WHERE card = ?" }

    /// The records between two instants; the number of those is the result of `counting`.
    func selection(_ order: LogOrder) -> String {
        let columns = kind.holdsEvents ? "sequence, instant, severity, code, text" : "sequence, instant, start, contents"
        let direction =
            switch order {
            case .newestFirst: "sequence DESC"
            case .oldestFirst: "sequence"
            case .severity: kind.holdsEvents ? "severity DESC, sequence DESC" : "sequence DESC"
            }
        return "SELECT \(columns) FROM \(name) WHERE card = ? AND instant BETWEEN ? AND ? ORDER BY \(direction) LIMIT ? OFFSET ?"
    }

    var counting: String { "SELECT count(*) FROM \(name) WHERE card = ? AND instant BETWEEN ? AND ?" }

    /// The tables that all logs share: what the file was made with, the shapes of samples, and how far each ring has come.
    static let common = [
        "CREATE TABLE IF NOT EXISTS log_table (name TEXT PRIMARY KEY, columns TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS log_schema (id INTEGER PRIMARY KEY, columns TEXT NOT NULL UNIQUE)",
        """
        CREATE TABLE IF NOT EXISTS ring (
          card INTEGER NOT NULL, log TEXT NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL, schema INTEGER NOT NULL,
          PRIMARY KEY (card, log)) WITHOUT ROWID
        """,
    ]
}
