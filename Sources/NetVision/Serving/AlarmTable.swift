/// The rows of upsAlarmTable: which well-known alarms of a module are active, each with the number and the time of its row.
///
/// A row keeps its number as long as its condition lasts; numbers count up from 1 and are taken again only after the highest (RFC 1628 §4.6).
/// A card has one table a module, for each module has its own alarms.
package struct AlarmTable: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        /// upsAlarmId.
        package let id: Int32
        /// The number of the module's well-known alarm.
        package let number: Int
        /// sysUpTime when the condition was detected; 0 if it was there before.
        package let time: UInt32
    }

    /// What traps 3 and 4 tell.
    package struct Changes: Sendable, Equatable {
        package var added: [Row] = []
        package var removed: [Row] = []

        package var isEmpty: Bool { added.isEmpty && removed.isEmpty }
    }

    /// In the order of their numbers.
    package private(set) var rows: [Row] = []
    private var lastID: Int32
    private var hasBegun = false

    /// - Parameter lastID: The number before the first row's.
    package init(lastID: Int32 = 0) { self.lastID = lastID }

    /// Makes the rows those of the active alarms.
    ///
    /// The alarms of the first call are the state found at start-up: they get rows with time 0 and are no change.
    ///
    /// - Parameters:
    ///   - active: The numbers of the module's well-known alarms.
    ///   - uptime: sysUpTime now.
    package mutating func update(active: Set<Int>, uptime: UInt32) -> Changes {
        var changes = Changes()
        changes.removed = rows.filter { !active.contains($0.number) }
        rows.removeAll { !active.contains($0.number) }
        let present = Set(rows.map(\.number))
        for number in active.subtracting(present).sorted() {
            let row = Row(id: nextID(), number: number, time: hasBegun ? uptime : 0)
            rows.append(row)
            changes.added.append(row)
        }
        rows.sort { $0.id < $1.id }
        defer { hasBegun = true }
        return hasBegun ? changes : Changes()
    }

    private mutating func nextID() -> Int32 {
        let taken = Set(rows.map(\.id))
        repeat { lastID = lastID == .max ? 1 : lastID + 1 } while taken.contains(lastID)
        return lastID
    }
}
