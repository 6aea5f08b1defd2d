import FoundationEssentials

/// A request that is ready to be sent: a Snappy block of a `WriteRequest`.
struct RemoteWriteBatch: Sendable, Equatable {
    let body: [UInt8]
    let samples: Int
    /// Of its oldest sample.
    let oldest: Date
}

/// What waits to be sent, in the order of time. Bounded: while the far end is out for long, the oldest goes first, and is counted. Pure.
struct RemoteWriteQueue: Sendable {
    let capacity: Int
    private var batches: [RemoteWriteBatch] = []
    /// The one that is being sent; it is not dropped meanwhile.
    private var underWay: RemoteWriteBatch?
    private(set) var bytes = 0
    private(set) var samples = 0

    /// - Parameter capacity: the most bytes that wait, beside the batch that came last.
    init(capacity: Int) { self.capacity = capacity }

    var isEmpty: Bool { batches.isEmpty && underWay == nil }
    var oldest: Date? { underWay?.oldest ?? batches.first?.oldest }

    /// Returns how many samples had to go for it.
    mutating func add(_ batch: RemoteWriteBatch) -> Int {
        batches.append(batch)
        bytes += batch.body.count
        samples += batch.samples
        var dropped = 0
        while bytes > capacity, batches.count > 1 {
            let oldest = batches.removeFirst()
            bytes -= oldest.body.count
            samples -= oldest.samples
            dropped += oldest.samples
        }
        return dropped
    }

    /// The oldest one, to be sent. Until `finish` or `putBack` it stays counted.
    mutating func take() -> RemoteWriteBatch? {
        guard underWay == nil, !batches.isEmpty else { return nil }
        underWay = batches.removeFirst()
        return underWay
    }

    /// The one that was taken is through, one way or the other.
    mutating func finish() {
        guard let batch = underWay else { return }
        bytes -= batch.body.count
        samples -= batch.samples
        underWay = nil
    }

    /// The one that was taken could not be sent yet.
    mutating func putBack() {
        guard let batch = underWay else { return }
        batches.insert(batch, at: 0)
        underWay = nil
    }
}
