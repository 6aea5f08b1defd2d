import PowerDevice

/// What an archive holds in memory: samples that are in no block yet, and the metrics' keys.
struct ArchiveState: Sendable {
    /// Bytes of samples that may wait in memory while the file can't be written. Some hours of thousands of cards.
    var capacity = 128 << 20

    private(set) var heads: [Int64: CardHead] = [:]
    /// Cards that have samples in memory which no row of the journal has.
    private(set) var unjournaled: Set<Int64> = []
    private(set) var bytes = 0
    /// Samples that came when memory was full, or older than what is kept.
    var lost: UInt64 = 0
    var tooOld: UInt64 = 0
    /// Samples from before this moment are not kept.
    var limit = Int64.min
    private(set) var nextLink: Int64 = 1
    private(set) var keys: [String: Int] = [:]
    private(set) var names: [Int: String] = [:]
    /// Metrics that are not in the file yet.
    private(set) var newMetrics: [Int: String] = [:]

    /// What one transaction adds to the journal.
    struct Batch: Sendable {
        let link: Int64
        var links = ByteWriter()
        var cards: Set<Int64> = []
        /// Cards all of whose waiting samples are in this batch, for they were not in the journal before.
        var recovered: Set<Int64> = []
        var metrics: [Int: String] = [:]
    }

    // MARK: - Samples in

    /// Takes the samples into memory, and returns what the journal is to have of them.
    mutating func take(_ samples: [Sample], uptime: Double) -> Batch {
        var batch = Batch(link: nextLink)
        nextLink += 1
        for sample in samples { take(sample, uptime: uptime, &batch) }
        recover(into: &batch)
        batch.metrics = newMetrics
        return batch
    }

    private mutating func take(_ sample: Sample, uptime: Double, _ batch: inout Batch) {
        guard sample.at >= limit, representableTimes.contains(sample.at) else {
            tooOld += UInt64(sample.values.count)
            return
        }
        guard bytes < capacity else {
            lost += UInt64(sample.values.count)
            return
        }
        let row = row(of: sample)
        guard !row.values.isEmpty else { return }
        let link = heads[sample.card, default: CardHead()].append(row, journal: batch.link, uptime: uptime)
        bytes += link.count
        batch.cards.insert(sample.card)
        guard !unjournaled.contains(sample.card) else { return }
        batch.links.append(zigzag: sample.card)
        batch.links.append(block: link)
    }

    private mutating func row(of sample: Sample) -> SampleRow {
        var values: [(key: Int, value: Double)] = []
        values.reserveCapacity(sample.values.count)
        for (variable, value) in sample.values where value.isFinite { values.append((key(of: variable.rawValue), value)) }
        return SampleRow(at: sample.at, values: values.sorted { $0.key < $1.key })
    }

    private mutating func key(of name: String) -> Int {
        if let key = keys[name] { return key }
        let key = (names.keys.max() ?? 0) + 1
        know(key, name)
        newMetrics[key] = name
        return key
    }

    /// The journal takes some cards' samples again, whole: a part of them did not reach it.
    private mutating func recover(into batch: inout Batch) {
        for card in unjournaled.sorted() where batch.links.bytes.count < 1 << 20 {
            batch.recovered.insert(card)
            for segment in heads[card]?.segments ?? [] {
                batch.links.append(zigzag: card)
                batch.links.append(block: segment.bytes)
            }
        }
    }

    /// The transaction succeeded.
    mutating func journaled(_ batch: Batch) {
        unjournaled.subtract(batch.recovered)
        for card in batch.recovered { heads[card]?.begin(at: batch.link) }
        for key in batch.metrics.keys { newMetrics[key] = nil }
    }

    /// The transaction failed: the samples wait in memory alone.
    mutating func notJournaled(_ batch: Batch) { unjournaled.formUnion(batch.cards.union(batch.recovered)) }

    /// Everything in memory is to be written again: the file is a new one.
    mutating func forgetFile() {
        unjournaled = Set(heads.keys)
        newMetrics = names
    }

    // MARK: - Samples out

    /// Seals the samples of some cards, and returns them: they are about to become blocks.
    mutating func seal(_ cards: [Int64]) -> [Int64: CardHead] {
        for card in cards { heads[card]?.seal() }
        return heads.filter { cards.contains($0.key) }
    }

    /// The cards whose samples have waited long enough, or are many, those that wait longest first.
    func due(uptime: Double, limit: Int) -> [Int64] {
        let isTight = bytes > capacity / 4
        let due = heads.compactMap { card, head -> (card: Int64, arrived: Double)? in
            guard let arrived = head.arrived else { return nil }
            // Not all at once: cards that were found together are packed at different times.
            let patience = 480 + Double((card &* 37).magnitude % 240)
            return isTight || uptime - arrived >= patience || head.bytes >= 1 << 16 ? (card, arrived) : nil
        }
        return due.sorted { $0.arrived < $1.arrived }.prefix(limit).map(\.card)
    }

    /// The samples of these sealed segments are in blocks.
    mutating func packed(_ heads: [Int64: CardHead]) {
        for (card, head) in heads {
            let rest = self.heads[card]?.sealed.dropFirst(head.sealed.count) ?? []
            self.heads[card]?.sealed = Array(rest)
            bytes -= head.sealed.reduce(0) { $0 + $1.bytes.count }
            guard self.heads[card]?.isEmpty == true else { continue }
            self.heads[card] = nil
            unjournaled.remove(card)
        }
    }

    /// The first row of the journal that is still needed when these samples are packed.
    func firstLink(without packed: [Int64: CardHead]) -> Int64 {
        let needed = heads.compactMap { card, head in packed[card] == nil ? head.firstLink : head.open?.first }
        return needed.min() ?? nextLink
    }

    // MARK: - From the file

    mutating func know(_ key: Int, _ name: String) {
        keys[name] = key
        names[key] = name
    }

    mutating func load(_ heads: [Int64: CardHead], nextLink: Int64) {
        self.heads = heads
        self.nextLink = max(self.nextLink, nextLink)
        bytes = heads.values.reduce(0) { $0 + $1.bytes }
    }

    var samples: Int { heads.values.reduce(0) { $0 + $1.samples } }
}

extension CardHead {
    /// All segments are in one row of the journal.
    fileprivate mutating func begin(at link: Int64) {
        for index in sealed.indices { (sealed[index].first, sealed[index].last) = (link, link) }
        open?.first = link
        open?.last = link
    }
}
