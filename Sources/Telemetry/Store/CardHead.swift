/// The samples of one card that are in no block yet.
struct CardHead: Sendable {
    /// A chain of rows, complete in itself.
    struct Segment: Sendable {
        var bytes: [UInt8] = []
        var samples = 0
        /// The rows of the journal in which it begins and ends.
        var first: Int64
        var last: Int64
        /// The server's uptime when its first row came, in seconds.
        let arrived: Double
    }

    /// Those before `open`, oldest first: no row is added to them any more.
    var sealed: [Segment] = []
    var open: Segment?
    private var chain = SampleChain()

    init(sealed: [Segment] = []) { self.sealed = sealed }

    var segments: [Segment] { sealed + (open.map { [$0] } ?? []) }
    var isEmpty: Bool { sealed.isEmpty && open == nil }
    var bytes: Int { sealed.reduce(open?.bytes.count ?? 0) { $0 + $1.bytes.count } }
    var samples: Int { sealed.reduce(open?.samples ?? 0) { $0 + $1.samples } }
    var arrived: Double? { sealed.first?.arrived ?? open?.arrived }
    /// The first row of the journal that the card still needs.
    var firstLink: Int64? { segments.map(\.first).min() }

    /// Adds a row, and returns its link of the chain.
    mutating func append(_ row: SampleRow, journal: Int64, uptime: Double) -> [UInt8] {
        if open == nil {
            chain = SampleChain()
            open = Segment(first: journal, last: journal, arrived: uptime)
        }
        var writer = ByteWriter()
        chain.append(row, to: &writer)
        open?.bytes.append(contentsOf: writer.bytes)
        open?.samples += row.values.count
        open?.last = journal
        return writer.bytes
    }

    /// What comes from now on begins a chain of its own.
    mutating func seal() {
        if let segment = open { sealed.append(segment) }
        open = nil
    }

    /// All rows, as they came.
    var rows: (rows: [SampleRow], damage: DamagedSamples?) {
        var rows: [SampleRow] = []
        var damage: DamagedSamples?
        for segment in segments {
            let part = SampleChain.rows(in: segment.bytes)
            rows += part.rows
            damage = damage ?? part.damage
        }
        return (rows, damage)
    }
}
