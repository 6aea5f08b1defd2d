/// Up to 32 octets in place, filled up with zeros: engine ids, user names and keys, which are compared and copied for each message.
struct InlineOctets: Hashable, Sendable {
    static let capacity = 32

    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let count: Int

    static let empty = InlineOctets()

    private init() { count = 0 }

    /// Nil if there are more than 32 octets.
    init?(_ octets: UnsafeRawBufferPointer) {
        guard octets.count <= Self.capacity else { return nil }
        count = octets.count
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: octets) }
    }

    init?(_ octets: some Sequence<UInt8>) {
        guard let inline = Array(octets.prefix(Self.capacity + 1)).withUnsafeBytes({ InlineOctets($0) }) else { return nil }
        self = inline
    }

    func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: words) { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    static func == (left: InlineOctets, right: InlineOctets) -> Bool { left.words == right.words && left.count == right.count }

    func hash(into hasher: inout Hasher) { withOctets { hasher.combine(bytes: $0) } }
}
