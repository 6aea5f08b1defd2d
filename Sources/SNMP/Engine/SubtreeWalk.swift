/// Reads every object below `root`, by GETNEXT in v1 and by GETBULK in v2c and v3; by GETNEXT there too, if the agent takes no GETBULK.
///
///     nextRequest ──► received ──► more (ask again) ──► …
///                        │  ▲          ▲
///                        │  └ timedOut / tooBig: ask for less
///                        └──► finished: complete | rowLimit | nonIncreasing | failed
///
/// What was read is in `bindings` at any time. Each step ends in a greater name or a smaller request, hence the walk ends.
package struct SubtreeWalk: Sendable {
    package enum End: Equatable, Sendable {
        /// The subtree, or the agent's whole tree, has been read.
        case complete
        /// `rowLimit` objects have been read; there may be more.
        case rowLimit
        /// The agent went backwards or in a circle, and had to be stopped: `got` does not come after `after`.
        case nonIncreasing(after: OID, got: OID)
        case errorStatus(ErrorStatus, index: Int)
        /// The agent answers requests of this kind with nothing.
        case emptyResponse
        /// No response, even to the smallest request.
        case noResponse
    }

    package enum ReceivedAction: Equatable, Sendable {
        case more
        case finished(End)
    }

    package enum TimedOutAction: Equatable, Sendable {
        case more
        case finished(End)
    }

    package let root: OID
    package let version: SNMPVersion
    package let rowLimit: Int
    package private(set) var bindings: [VariableBinding] = []
    private var last: OID
    /// What the agent can take, as far as the walk has found out.
    package private(set) var bulkSize: BulkSize
    private var hasHeard = false

    package init(
        root: OID, version: SNMPVersion, bulkSize: BulkSize = BulkSize(maximum: BulkSize.defaultMaximum), rowLimit: Int = 100_000
    ) {
        self.root = root
        self.version = version
        self.rowLimit = rowLimit
        last = root
        self.bulkSize = version == .v1 ? BulkSize(maximum: 1) : bulkSize
    }

    package var nextRequest: PDU {
        version == .v1 || bulkSize.isNext ? PDU(.getNext, names: [last]) : .getBulk([last], maxRepetitions: bulkSize.current)
    }

    package mutating func received(_ response: PDU) -> ReceivedAction {
        hasHeard = true
        switch response.errorStatus {
        case .noError: break
        case .noSuchName: return .finished(.complete)
        case .tooBig where canShrink && bulkSize.shrink(): return .more
        case _ where canShrink && bulkSize.shrinkToNext(): return .more
        default: return .finished(.errorStatus(response.errorStatus, index: Int(response.errorIndex)))
        }
        guard !response.bindings.isEmpty else { return canShrink && bulkSize.shrink() ? .more : .finished(.emptyResponse) }
        for binding in response.bindings {
            if let end = append(binding) { return .finished(end) }
        }
        bulkSize.grow(afterResponseOf: response.bindings.count)
        return .more
    }

    private mutating func append(_ binding: VariableBinding) -> End? {
        guard !binding.value.isException else { return .complete }
        guard binding.name > last else { return .nonIncreasing(after: last, got: binding.name) }
        guard binding.name.isDescendant(of: root) else { return .complete }
        guard bindings.count < rowLimit else { return .rowLimit }
        bindings.append(binding)
        last = binding.name
        return nil
    }

    /// All attempts of the last request went unanswered. A card that hangs over a large GETBULK may answer a smaller one, or none but GETNEXT;
    /// one that never answered anything gets that as its only further chance.
    package mutating func timedOut() -> TimedOutAction {
        guard canShrink, hasHeard ? bulkSize.shrink() : bulkSize.shrinkToNext() else { return .finished(.noResponse) }
        return .more
    }

    private var canShrink: Bool { version != .v1 }
}

/// The max-repetitions of a GETBULK. Real cards hang over large ones, therefore it starts small, grows little by little, halves when a
/// request fails, and does not come back to a size that failed. What fails with 1 is GETBULK as such: 0 stands for GETNEXT.
package struct BulkSize: Equatable, Sendable {
    package static let defaultMaximum: Int32 = 25
    static let initial: Int32 = 10
    private static let step: Int32 = 3

    package private(set) var current: Int32
    private var maximum: Int32

    package init(maximum: Int32) {
        self.maximum = max(1, min(maximum, 1000))
        current = min(Self.initial, self.maximum)
    }

    /// Counts only responses that were as long as asked for.
    mutating func grow(afterResponseOf count: Int) {
        guard !isNext, count >= Int(current) else { return }
        current = min(current + Self.step, maximum)
    }

    /// Whether the agent is to be asked by GETNEXT.
    package var isNext: Bool { current == 0 }

    /// False if there is nothing smaller to ask for.
    mutating func shrink() -> Bool { shrink(to: current / 2) }
    mutating func shrinkToNext() -> Bool { shrink(to: 0) }

    private mutating func shrink(to size: Int32) -> Bool {
        guard current > 0 else { return false }
        maximum = current - 1
        current = max(0, size)
        return true
    }
}
