package import NIOCore

/// What a bad line does to the characters that pass: it loses some, changes some, and adds some of its own.
///
/// The same seed does the same to the same characters.
package struct LineNoise: Hashable, Sendable {
    /// How many of a million characters are lost, get one of their bits changed, and are followed by one that nobody sent.
    package struct Rates: Hashable, Sendable {
        package var lost: Int
        package var changed: Int
        package var added: Int

        package init(lost: Int, changed: Int, added: Int) {
            self.lost = lost
            self.changed = changed
            self.added = added
        }

        /// So many of a million characters are hit, a third in each way.
        package init(hit: Int) {
            self.init(lost: hit / 3, changed: hit / 3, added: hit / 3)
        }
    }

    package let rates: Rates
    private var state: UInt64

    package init(_ rates: Rates, seed: UInt64) {
        self.rates = rates
        state = seed
    }

    /// The same noise, but not the same at the same time: for the other direction.
    package var crossed: LineNoise { LineNoise(rates, seed: ~state) }

    /// What arrives of `characters`.
    package mutating func pass(_ characters: ByteBuffer) -> ByteBuffer {
        var arrived = ByteBuffer()
        for character in characters.readableBytesView {
            let isLost = happens(rates.lost)
            let change: UInt8 = happens(rates.changed) ? 1 << UInt8(next() % 8) : 0
            if !isLost { arrived.writeInteger(character ^ change) }
            if happens(rates.added) { arrived.writeInteger(UInt8(truncatingIfNeeded: next())) }
        }
        return arrived
    }

    private mutating func happens(_ perMillion: Int) -> Bool {
        Int(next() % 1_000_000) < perMillion
    }

    /// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
