/// Numbers of which none comes twice: with the same key and the same salt, two messages would betray each other (RFC 3826 §3.1.2.1).
package struct SaltCounter: Hashable, Sendable {
    private var last: UInt64

    /// - Parameter start: random, so that the numbers differ from those before a restart and from those of other senders with the same key.
    package init(start: UInt64) { last = start }

    package mutating func next() -> UInt64 {
        last &+= 1
        return last
    }
}
