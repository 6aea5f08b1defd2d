package import NIOCore

/// What a UART set to one rate hears of characters that are sent at another: the line's levels, read at the wrong moments.
///
///     sent at 9600      ‾‾\_0_/1\_0_/1 1 1\_0_…      one start bit, eight data bits from the lowest on, one stop bit
///     read at 19200       ^ ^ ^ ^ ^ ^ ^ ^ ^ ^        from each falling edge on, in the middle of bits half as long
///
/// The same characters always sound the same. No run of what is heard has a right CRC: a character that would complete one is lost.
package struct MistunedReceiver: Sendable {
    /// The two rates in bits per second.
    package let rates: (sent: Int, heard: Int)
    /// One bit of the sender, and one of the receiver, in nanoseconds.
    private let sentBit: Int64
    private let heardBit: Int64
    /// Bits of the character under way: the start bit and those after it; nil while it waits for a falling edge.
    private var bits: [Bool]?
    /// From now to the middle of the next bit to be read.
    private var untilSample: Int64 = 0
    private var level = true
    /// The checksum of each run of characters that ends here; the longest is the first.
    private var runs: [UInt16] = []

    /// - Parameters:
    ///   - sentAt: the sender's rate in bits per second, more than zero.
    ///   - heardAt: the receiver's, more than zero.
    package init(sentAt: Int, heardAt: Int) {
        rates = (sentAt, heardAt)
        sentBit = Int64(1_000_000_000 / max(1, sentAt))
        heardBit = Int64(1_000_000_000 / max(1, heardAt))
    }

    /// The characters heard while `characters` are sent without a pause.
    package mutating func hear(_ characters: ByteBuffer) -> ByteBuffer {
        var heard = ByteBuffer()
        for character in characters.readableBytesView {
            sense(false, for: sentBit, &heard)
            for bit in 0..<8 { sense(character >> bit & 1 == 1, for: sentBit, &heard) }
            // Two stop bits: a character takes 11 bits.
            sense(true, for: sentBit * 2, &heard)
        }
        return heard
    }

    /// The characters that end when the sender pauses.
    package mutating func hearPause() -> ByteBuffer {
        var heard = ByteBuffer()
        sense(true, for: heardBit * 12, &heard)
        return heard
    }

    /// The line is at `level` for `duration`.
    private mutating func sense(_ level: Bool, for duration: Int64, _ heard: inout ByteBuffer) {
        if bits == nil, self.level, !level {
            bits = []
            untilSample = heardBit / 2
        }
        self.level = level
        var left = duration
        while bits != nil, left > untilSample {
            left -= untilSample
            untilSample = heardBit
            sample(&heard)
        }
        if bits != nil { untilSample -= left }
    }

    private mutating func sample(_ heard: inout ByteBuffer) {
        guard var read = bits else { return }
        read.append(level)
        if read == [true] {
            // A start bit that is over by its middle was none.
            bits = nil
        } else if read.count < 10 {
            bits = read
        } else {
            bits = nil
            let value = read[1...8].reversed().reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
            // Without its stop bit a character is read as zero, as a terminal does.
            pass(level ? value : 0, &heard)
        }
    }

    private mutating func pass(_ character: UInt8, _ heard: inout ByteBuffer) {
        var extended = runs
        if extended.count == RTUFrame.sizeLimits.upperBound { extended.removeFirst() }
        extended.append(CRC16.start)
        for index in extended.indices { extended[index] = CRC16.appending(character, to: extended[index]) }
        // The checksum over a frame and its own checksum is zero.
        guard !extended.dropLast(RTUFrame.sizeLimits.lowerBound - 1).contains(0) else { return }
        runs = extended
        heard.writeInteger(character)
    }
}
