/// An ASN.1 object identifier: 2 to 128 arcs of 32 bits (RFC 2578 §3.5).
///
/// Kept as its BER contents octets (X.690 §8.19), inline up to 31 of them: what real MIBs use is read, written, compared and copied without
/// an allocation. As in BER, the first two arcs share one number, therefore there is no identifier of fewer arcs.
package struct OID: Hashable, Sendable {
    package static let maximumArcs = 128

    private enum Storage: Hashable, Sendable {
        case short(ShortContents)
        case long([UInt8])
    }

    private let storage: Storage

    /// Takes contents octets that are known to be well-formed.
    private init(wellFormed contents: UnsafeRawBufferPointer) {
        storage = contents.count <= ShortContents.capacity ? .short(ShortContents(contents)) : .long([UInt8](contents))
    }

    /// Nil unless the octets are a shortest-form identifier within the limits. No octets at all are 0.0, as net-snmp reads them.
    init?(contents: UnsafeRawBufferPointer) {
        var arcs = 1
        var value: UInt64 = 0
        for octet in contents {
            guard value != 0 || octet != 0x80 else { return nil }
            value = value << 7 | UInt64(octet & 0x7F)
            guard value <= UInt64(UInt32.max) else { return nil }
            guard octet < 0x80 else { continue }
            arcs += 1
            value = 0
        }
        guard let last = contents.last else {
            self = .zeroDotZero
            return
        }
        guard last < 0x80, arcs <= Self.maximumArcs else { return nil }
        self.init(wellFormed: contents)
    }

    /// Nil unless there are 2 to 128 arcs, the first at most 2, and the second below 40 where the first is 0 or 1.
    package init?(arcs: some Collection<UInt32>) {
        guard arcs.count >= 2, arcs.count <= Self.maximumArcs, let first = arcs.first, let second = arcs.dropFirst().first else {
            return nil
        }
        guard first <= 2, second < 40 || first == 2, second <= UInt32.max - 80 else { return nil }
        var contents: [UInt8] = []
        contents.reserveCapacity(arcs.count + 8)
        contents.appendArc(first * 40 + second)
        for arc in arcs.dropFirst(2) { contents.appendArc(arc) }
        self = contents.withUnsafeBytes { OID(wellFormed: $0) }
    }

    package static let zeroDotZero: OID = "0.0"

    /// Calls `body` with the BER contents octets.
    func withContents<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        switch storage {
        case .short(let contents): try contents.withOctets(body)
        case .long(let contents): try contents.withUnsafeBytes(body)
        }
    }

    /// The octets of the whole BER element.
    var encodedLength: Int { BER.elementLength(contents: withContents { $0.count }) }
}

extension OID {
    /// The number of arcs.
    package var count: Int { withContents { $0.reduce(1) { $0 + ($1 < 0x80 ? 1 : 0) } } }

    package var arcs: [UInt32] {
        withContents { contents in
            var arcs: [UInt32] = []
            arcs.reserveCapacity(contents.count + 1)
            contents.forEachArc { arc in
                if arcs.isEmpty {
                    let first = min(arc / 40, 2)
                    arcs.append(first)
                    arcs.append(arc - first * 40)
                } else {
                    arcs.append(arc)
                }
            }
            return arcs
        }
    }

    /// Whether `self` lies below `ancestor` in the tree. An identifier does not descend from itself.
    package func isDescendant(of ancestor: OID) -> Bool {
        withContents { mine in
            ancestor.withContents { theirs in
                mine.count > theirs.count && mine.starts(with: theirs)
            }
        }
    }

    /// What follows `ancestor` in `self`, such as the index of a table's cell after its column. Nil outside of the ancestor's subtree.
    package func arcs(after ancestor: OID) -> [UInt32]? {
        guard isDescendant(of: ancestor) else { return nil }
        return withContents { contents in
            var arcs: [UInt32] = []
            UnsafeRawBufferPointer(rebasing: contents[ancestor.withContents { $0.count }...]).forEachArc { arcs.append($0) }
            return arcs
        }
    }

    /// Whether both have the same parent.
    func isSibling(of other: OID) -> Bool {
        withContents { mine in
            other.withContents { theirs in
                mine.prefixBeforeLastArc.elementsEqual(theirs.prefixBeforeLastArc)
            }
        }
    }

    /// The identifier with `arcs` added: our own tables do this. The sum may not exceed 128 arcs.
    package func appending(_ arcs: UInt32...) -> OID { appending(arcs) }

    package func appending(_ arcs: [UInt32]) -> OID {
        precondition(count + arcs.count <= Self.maximumArcs, "an object identifier of more than 128 arcs")
        var contents = withContents { [UInt8]($0) }
        for arc in arcs { contents.appendArc(arc) }
        return contents.withUnsafeBytes { OID(wellFormed: $0) }
    }
}

extension OID: Comparable {
    /// Lexicographical order of the arcs (RFC 3416 §4.2.2): what GETNEXT goes by.
    package static func < (left: OID, right: OID) -> Bool {
        if case .short(let left) = left.storage, case .short(let right) = right.storage, let isLess = left.isLess(than: right) {
            return isLess
        }
        return left.contentsAreLess(than: right)
    }

    private func contentsAreLess(than right: OID) -> Bool {
        withContents { left in
            right.withContents { right in
                let shared = min(left.count, right.count)
                var position = 0
                while position < shared, left[position] == right[position] { position += 1 }
                guard position < shared else { return left.count < right.count }
                // Base 128 without padding: of two arcs that differ here, the one with more octets to come is the greater.
                let leftMore = left.continuationOctets(from: position)
                let rightMore = right.continuationOctets(from: position)
                return leftMore == rightMore ? left[position] < right[position] : leftMore < rightMore
            }
        }
    }
}

extension OID: LosslessStringConvertible, ExpressibleByStringLiteral {
    /// Numbers with dots between them, and one before them if you like.
    package init?(_ description: String) {
        let digits = description.hasPrefix(".") ? description.dropFirst() : description[...]
        let parts = digits.split(separator: ".", maxSplits: Self.maximumArcs, omittingEmptySubsequences: false)
        let arcs = parts.compactMap { $0.first?.isWholeNumber == true ? UInt32($0) : nil }
        guard arcs.count == parts.count else { return nil }
        self.init(arcs: arcs)
    }

    package init(stringLiteral value: String) {
        guard let oid = OID(value) else { preconditionFailure("not an object identifier: \(value)") }
        self = oid
    }

    package var description: String { arcs.map(String.init).joined(separator: ".") }
}

/// Up to 31 contents octets in place, filled up with zeros; the last octet is their number.
private struct ShortContents: Hashable, Sendable {
    static let capacity = 31

    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    init(_ contents: UnsafeRawBufferPointer) {
        withUnsafeMutableBytes(of: &words) { octets in
            octets.copyMemory(from: contents)
            octets[Self.capacity] = UInt8(contents.count)
        }
    }

    func withOctets<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withUnsafeBytes(of: words) { try body(UnsafeRawBufferPointer(rebasing: $0[..<Int($0[Self.capacity])])) }
    }

    static func == (left: ShortContents, right: ShortContents) -> Bool { left.words == right.words }

    /// The order of the first octets that differ: that of the arcs too, unless both belong to arcs that go on (nil).
    ///
    /// Behind the end there are zeros, which no octet is less than, and at the very end the number of octets: of two identifiers that
    /// differ in nothing else the longer one is the greater.
    func isLess(than other: ShortContents) -> Bool? {
        if words.0 != other.words.0 { return Self.isLess(words.0, other.words.0) }
        if words.1 != other.words.1 { return Self.isLess(words.1, other.words.1) }
        if words.2 != other.words.2 { return Self.isLess(words.2, other.words.2) }
        return Self.isLess(words.3, other.words.3)
    }

    private static func isLess(_ left: UInt64, _ right: UInt64) -> Bool? {
        let left = UInt64(bigEndian: left)
        let right = UInt64(bigEndian: right)
        let bothGoOn: UInt64 = 0x8000_0000_0000_0000 >> UInt64((left ^ right).leadingZeroBitCount & ~7)
        return left & right & bothGoOn == 0 ? left < right : nil
    }

    func hash(into hasher: inout Hasher) { withUnsafeBytes(of: words) { hasher.combine(bytes: $0) } }
}

extension [UInt8] {
    /// Base 128, most significant digit first, the top bit set on all octets but the last (X.690 §8.19.2).
    fileprivate mutating func appendArc(_ arc: UInt32) {
        for shift in stride(from: 28, to: 0, by: -7) where arc >> UInt32(shift) != 0 {
            append(0x80 | UInt8(truncatingIfNeeded: arc >> UInt32(shift)))
        }
        append(UInt8(arc & 0x7F))
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func forEachArc(_ body: (UInt32) -> Void) {
        var arc: UInt32 = 0
        for octet in self {
            arc = arc << 7 | UInt32(octet & 0x7F)
            guard octet < 0x80 else { continue }
            body(arc)
            arc = 0
        }
    }

    fileprivate func continuationOctets(from position: Int) -> Int { self[position...].prefix { $0 >= 0x80 }.count }

    fileprivate var prefixBeforeLastArc: Slice<UnsafeRawBufferPointer> {
        var end = Swift.max(count - 1, 0)
        while end > 0, self[end - 1] >= 0x80 { end -= 1 }
        return self[..<end]
    }
}
