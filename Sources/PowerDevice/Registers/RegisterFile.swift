/// The registers of one device, held sparsely: only the blocks that its map describes exist.
///
/// A word that was never stored is unknown (nil). The file neither interprets nor defaults a word; that is the map's business.
package struct RegisterFile: Sendable, Equatable {
    private struct Block: Sendable, Equatable {
        let range: RegisterRange
        var words: [UInt16?]
    }

    private var blocks: [Block]

    /// An empty file: every word of `ranges` exists and is unknown.
    package init(_ ranges: [RegisterRange]) {
        blocks = ranges.map { Block(range: $0, words: Array(repeating: nil, count: $0.count)) }
    }

    /// The word at `address`: nil where the file has no such word or does not know it yet. Storing outside the blocks has no effect.
    package subscript(address: UInt16) -> UInt16? {
        get {
            for block in blocks {
                if let offset = block.range.offset(of: address) { return block.words[offset] }
            }
            return nil
        }
        set {
            for index in blocks.indices {
                guard let offset = blocks[index].range.offset(of: address) else { continue }
                blocks[index].words[offset] = newValue
                return
            }
        }
    }

    /// Whether `address` is a word of this file, known or not.
    package func contains(_ address: UInt16) -> Bool { blocks.contains { $0.range.offset(of: address) != nil } }

    /// Whether a word is another one than in `other`, those of `ignored` left aside.
    package func differs(from other: RegisterFile, beside ignored: RegisterRange?) -> Bool {
        guard let ignored else { return self != other }
        return masking(ignored) != other.masking(ignored)
    }

    private func masking(_ range: RegisterRange) -> RegisterFile {
        var file = self
        for offset in 0..<range.count { file[range.address &+ UInt16(truncatingIfNeeded: offset)] = nil }
        return file
    }

    /// The words of `range`, or nil where one of them is missing or unknown.
    package func words(in range: RegisterRange) -> [UInt16]? {
        var words: [UInt16] = []
        words.reserveCapacity(range.count)
        for offset in 0..<range.count {
            guard let word = self[range.address &+ UInt16(truncatingIfNeeded: offset)] else { return nil }
            words.append(word)
        }
        return words
    }

    /// Stores consecutive words from `address` on; those that fall outside the blocks are dropped.
    package mutating func store(_ words: some Sequence<UInt16>, at address: UInt16) {
        var next = Int(address)
        for word in words {
            guard let address = UInt16(exactly: next) else { return }
            self[address] = word
            next += 1
        }
    }
}

extension RegisterFile {
    /// A point's raw value: a word as it is, a bit as 0 or 1. Nil where the word is unknown, and for texts.
    package func raw(_ point: Point) -> UInt16? {
        switch point.content {
        case .status(let bit, _), .alarm(let bit, _): self[point.address].map { ($0 >> UInt16(bit)) & 1 }
        case .measurement, .configuration, .rating, .word: self[point.address]
        case .text: nil
        }
    }

    /// Sets a point's raw value. A bit is set by any value but 0; the other bits of its word stay (an unknown word counts as 0).
    package mutating func setRaw(_ value: UInt16, of point: Point) {
        switch point.content {
        case .status(let bit, _), .alarm(let bit, _):
            let mask: UInt16 = 1 << UInt16(bit)
            let word = self[point.address] ?? 0
            self[point.address] = value == 0 ? word & ~mask : word | mask
        case .measurement, .configuration, .rating, .word: self[point.address] = value
        case .text: break
        }
    }

    /// The characters of a text point, without its padding of NUL and blanks; nil where a word is unknown or nothing printable is left.
    ///
    /// Each word carries two ASCII characters: the first one in the high byte (VU-MAP, STS) or in the low byte (JBUSP).
    package func text(_ point: Point) -> String? {
        guard case .text(let count, let order) = point.content,
            let words = words(in: RegisterRange(point.address, count: count))
        else { return nil }
        var characters: [UInt8] = []
        for word in words {
            let high = UInt8(truncatingIfNeeded: word >> 8)
            let low = UInt8(truncatingIfNeeded: word)
            characters += order == .highByteFirst ? [high, low] : [low, high]
        }
        let printable = characters.prefix { $0 != 0 }.filter { (0x20...0x7E).contains($0) }
        let text = String(decoding: printable, as: UTF8.self)
        guard let first = text.firstIndex(where: { $0 != " " }), let last = text.lastIndex(where: { $0 != " " }) else { return nil }
        return String(text[first...last])
    }

    /// Writes a text point: longer texts are cut, shorter ones padded with NUL; what is not printable ASCII becomes `?`.
    package mutating func setText(_ text: String, of point: Point) {
        guard case .text(let count, let order) = point.content else { return }
        var characters = text.unicodeScalars.map {
            (0x20...0x7E).contains($0.value) ? UInt8(truncatingIfNeeded: $0.value) : UInt8(ascii: "?")
        }
        characters = Array(characters.prefix(count * 2))
        characters += Array(repeating: 0, count: count * 2 - characters.count)
        for index in 0..<count {
            let first = UInt16(characters[2 * index])
            let second = UInt16(characters[2 * index + 1])
            self[point.address &+ UInt16(index)] = order == .highByteFirst ? first << 8 | second : second << 8 | first
        }
    }
}
