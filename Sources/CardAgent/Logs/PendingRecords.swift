/// A log of a card.
struct LogKey: Hashable, Sendable {
    let card: Int
    let kind: LogKind
}

/// What is to be written, in the order in which it came. Bounded: when the disk takes nothing for long, the oldest goes, and is counted.
struct PendingRecords: Sendable {
    struct Record: Equatable, Sendable {
        let key: LogKey
        let contents: LogContents
    }

    /// What one transaction writes: first the logs are cleared, then the records are put in.
    struct Batch: Equatable, Sendable {
        var clears: Set<LogKey> = []
        var records: [Record] = []

        var isEmpty: Bool { clears.isEmpty && records.isEmpty }
    }

    let limit: Int
    private var clears: Set<LogKey> = []
    private var records: [Record] = []
    /// Records at the front that are taken out already: an array gives its first ones up slowly.
    private var taken = 0
    /// Records of each card that found no room.
    private(set) var lost: [Int: Int] = [:]

    init(limit: Int) { self.limit = max(1, limit) }

    var isEmpty: Bool { clears.isEmpty && count == 0 }

    var count: Int { records.count - taken }

    mutating func append(_ record: Record) {
        records.append(record)
        trim()
    }

    /// What has been appended up to now is not to be written, and what is written goes.
    mutating func clear(_ key: LogKey) {
        records = records[taken...].filter { $0.key != key }
        taken = 0
        clears.insert(key)
    }

    /// Everything there is. What could not be written is given back by `putBack`.
    mutating func takeAll() -> Batch {
        defer {
            clears = []
            records = []
            taken = 0
        }
        return Batch(clears: clears, records: Array(records[taken...]))
    }

    /// Puts a batch in front of what has come since.
    mutating func putBack(_ batch: Batch) {
        records = batch.records.filter { !clears.contains($0.key) } + records[taken...]
        taken = 0
        clears.formUnion(batch.clears)
        trim()
    }

    /// The losses since the last call.
    mutating func takeLost() -> [Int: Int] {
        defer { lost = [:] }
        return lost
    }

    private mutating func trim() {
        while count > limit {
            lost[records[taken].key.card, default: 0] += 1
            taken += 1
        }
        guard taken > limit else { return }
        records.removeFirst(taken)
        taken = 0
    }
}
