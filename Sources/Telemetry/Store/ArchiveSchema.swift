import GRDB

/// The tables of the history's file. Append only: a shipped step is never changed.
///
/// | Table | One row |
/// |---|---|
/// | `metric` | a quantity's name and its key in rows and blocks |
/// | `journal` | what one transaction brought, as links of the cards' chains; kept until it is packed |
/// | `packed` | up to which row of the journal a card's samples are in blocks |
/// | `raw` | a card's samples of an hour, later of a day |
/// | `hourly` | a card's summaries by hour, of 28 days |
/// | `daily` | a card's summaries by day, of 364 days |
/// | `open_day` | a card's day that has samples which no summary counts yet |
/// | `tally` | counters and times |
/// | `sample` | what the first version wrote, a row for each poll; moved into blocks at run time |
enum ArchiveSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001 samples") { database in
            try database.execute(
                sql: """
                    CREATE TABLE sequence (kind TEXT PRIMARY KEY, last BIGINT NOT NULL);
                    CREATE TABLE metric (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE);
                    CREATE TABLE sample (card_id BIGINT NOT NULL, at BIGINT NOT NULL, packed BLOB NOT NULL, PRIMARY KEY (card_id, at));
                    """)
        }
        migrator.registerMigration("0002 blocks") { database in
            try database.execute(
                sql: """
                    CREATE TABLE journal (id INTEGER PRIMARY KEY, links BLOB NOT NULL);
                    CREATE TABLE packed (card_id INTEGER PRIMARY KEY, journal_id INTEGER NOT NULL);
                    CREATE TABLE raw (
                      card_id INTEGER NOT NULL, start INTEGER NOT NULL, samples INTEGER NOT NULL, block BLOB NOT NULL,
                      PRIMARY KEY (card_id, start)) WITHOUT ROWID;
                    CREATE TABLE hourly (
                      card_id INTEGER NOT NULL, start INTEGER NOT NULL, block BLOB NOT NULL, PRIMARY KEY (card_id, start)) WITHOUT ROWID;
                    CREATE TABLE daily (
                      card_id INTEGER NOT NULL, start INTEGER NOT NULL, block BLOB NOT NULL, PRIMARY KEY (card_id, start)) WITHOUT ROWID;
                    CREATE TABLE open_day (
                      card_id INTEGER NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (card_id, day)) WITHOUT ROWID;
                    CREATE INDEX open_day_by_day ON open_day (day);
                    CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}

extension Database {
    func tally(_ name: String) throws -> Int64? {
        try Int64.fetchOne(self, sql: "SELECT value FROM tally WHERE name = ?", arguments: [name])
    }

    func setTally(_ name: String, to value: Int64) throws {
        try execute(
            sql: "INSERT INTO tally (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            arguments: [name, value])
    }

    /// Counts the samples in `raw`.
    func countSamples(_ change: Int) throws {
        guard change != 0 else { return }
        try setTally("samples", to: max(0, (try tally("samples") ?? 0) + Int64(change)))
    }
}
