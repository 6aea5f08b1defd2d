/// Messages with one thing wrong in each, made of a well-formed one in the manner of the PROTOS test suite c06-snmpv1.
///
/// Each element of the message in turn gets another tag, a length in every form and with every lie, other contents, or is left out or doubled;
/// the elements around it stay as right as they can, so that the anomaly is met where it is and no sooner. Octets in, octets out: also
/// compiled into the tests of the programs, which know nothing of our modules.
struct AnomalyCorpus {
    let messages: [[UInt8]]

    /// - Parameter valid: one BER element; an OCTET STRING that holds a SEQUENCE and nothing else is taken apart too.
    init(of valid: [UInt8]) {
        messages = BERElement(valid).map { $0.anomalies() } ?? []
    }
}

/// A BER element, taken apart.
private struct BERElement {
    private let tag: UInt8
    private let contents: [UInt8]
    private let children: [BERElement]

    /// Nil unless the octets are one element of definite length.
    init?(_ octets: [UInt8]) {
        var rest = octets[...]
        guard let element = BERElement(from: &rest), rest.isEmpty else { return nil }
        self = element
    }

    private init?(from octets: inout ArraySlice<UInt8>) {
        guard let tag = octets.popFirst(), let first = octets.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            length = 0
            for _ in 0..<(first & 0x7F) {
                guard let octet = octets.popFirst(), length < 1 << 16 else { return nil }
                length = length << 8 | Int(octet)
            }
        }
        guard length <= octets.count else { return nil }
        self.tag = tag
        contents = Array(octets.prefix(length))
        octets = octets.dropFirst(length)
        children = Self.children(tag, contents)
    }

    private static func children(_ tag: UInt8, _ contents: [UInt8]) -> [BERElement] {
        let isWrapping = tag == 4 && contents.first == 0x30
        guard tag & 0x20 != 0 || isWrapping else { return [] }
        var rest = contents[...]
        var children: [BERElement] = []
        while !rest.isEmpty {
            guard let child = BERElement(from: &rest) else { return [] }
            children.append(child)
        }
        return isWrapping && children.count != 1 ? [] : children
    }

    private var encoded: [UInt8] { Self.element(tag, contents) }

    private static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] { [tag] + length(contents.count) + contents }

    private static func length(_ length: Int) -> [UInt8] {
        length < 0x80 ? [UInt8(length)] : length <= 0xFF ? [0x81, UInt8(length)] : [0x82] + number(length, octets: 2)
    }

    private static func number(_ number: Int, octets: Int) -> [UInt8] {
        (0..<octets).reversed().map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
    }
}

// MARK: - Anomalies

extension BERElement {
    /// The element's encodings with one thing wrong in it or below.
    func anomalies() -> [[UInt8]] {
        var anomalies = wrongHeaders() + wrongContents().map { Self.element(tag, $0) }
        let encodings = children.map(\.encoded)
        for (index, child) in children.enumerated() {
            let before = encodings[..<index].flatMap(\.self)
            let after = encodings[(index + 1)...].flatMap(\.self)
            let replacements = child.anomalies() + [[], encodings[index] + encodings[index]]
            anomalies += replacements.map { Self.element(tag, before + $0 + after) }
        }
        return anomalies
    }

    private func wrongHeaders() -> [[UInt8]] {
        let universal: [UInt8] = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x09, 0x1F, 0x24, 0x30, 0x31, 0x83, 0xBF, 0xFF]
        let tags: [UInt8] = universal + Array(0x40...0x47) + Array(0x80...0x82) + Array(0xA0...0xA8)
        let lengths = Self.wrongLengths(contents.count).map { [tag] + $0 + contents }
        let others = tags.filter { $0 != tag }.map { Self.element($0, contents) }
        let torn: [[UInt8]] = [[], [tag], [tag, 0], [tag, 0x80], [tag, 0x82, 1], [tag, 0x80] + contents + [0, 0]]
        return others + lengths + torn
    }

    /// Long forms of the length, and lengths that are not true.
    private static func wrongLengths(_ length: Int) -> [[UInt8]] {
        let longForms: [[UInt8]] = [1, 2, 3, 4, 5, 8, 9, 126].map { [0x80 | UInt8($0)] + number(length, octets: $0) }
        let lies: [[UInt8]] = [length + 1, max(length - 1, 0), length / 2, length * 2, length + 127].map { Self.length($0) }
        let huge: [[UInt8]] = [
            [0x7F], [0x81, 0xFF], [0x82, 0xFF, 0xFF], [0x83, 0xFF, 0xFF, 0xFF], [0x84, 0x7F, 0xFF, 0xFF, 0xFF], [0x84, 0x80, 0, 0, 0],
            [0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x88, 0x7F] + filled(0xFF, 7), [0x88, 0x80] + filled(0, 7), [0x88] + filled(0xFF, 8), [0xFF],
        ]
        return longForms + lies + huge
    }

    private func wrongContents() -> [[UInt8]] {
        switch tag {
        case 0x02, 0x41...0x43, 0x46, 0x47: Self.integers
        case 0x04 where children.isEmpty: Self.strings
        case 0x06: Self.identifiers
        case 0x30 where !children.isEmpty: Self.nestings + repetitions
        default: [0, 1, 3, 5, 20].map { Self.filled(0xFF, $0) }
        }
    }

    /// 0 to 20 octets of several fillings, and the limits of what 32 and 64 bits hold.
    private static let integers: [[UInt8]] = {
        let fillings: [UInt8] = [0x00, 0x01, 0x7F, 0x80, 0xFF]
        let limits: [Int] = [0x7FFF_FFFF, -0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, .max, .min]
        var integers: [[UInt8]] = []
        for filling in fillings { integers += (0...20).map { filled(filling, $0) } }
        for limit in limits { integers += (4...9).map { number(limit, octets: $0) } }
        return integers
    }()

    private static let strings: [[UInt8]] = {
        let lengths: [Int] = [0, 1, 4, 8, 12, 31, 32, 33, 127, 128, 255, 256, 484, 1472, 2048, 60_000]
        let texts: [String] = [
            "%s%s%s%n%n%n", "%99999999d", "../../../etc/passwd", "'; --", "\u{1B}[2J\u{1B}]0;x\u{7}", "\r\n\r\n", "a\0b",
        ]
        let octets: [[UInt8]] = [[0xFF, 0xFE, 0xC0, 0x80], filled(0, 300), filled(0xFF, 300)]
        return lengths.map { filled(0x41, $0) } + texts.map { Array($0.utf8) } + octets
    }()

    private static let identifiers: [[UInt8]] = {
        let short: [[UInt8]] = [
            [], [0x00], [0x2B], [0x80], [0x80, 0x01], [0x2B, 0x80, 0x01], [0x2B, 0x81], [0xFF], [0x88, 0x37, 0x03],
        ]
        // Arcs of 32, 33 and 63 bits.
        let great: [[UInt8]] = [[0x8F, 0xFF, 0xFF, 0xFF, 0x7F], [0x90, 0x80, 0x80, 0x80, 0x00], filled(0xFF, 8) + [0x7F]]
        var identifiers = short + great + great.map { [0x2B] + $0 }
        for count in [127, 128, 129, 1000, 20_000] {
            identifiers += [filled(1, count - 1), filled(0x7F, count), filled(0xFF, count) + [0x7F]]
        }
        return identifiers
    }()

    private static func filled(_ octet: UInt8, _ count: Int) -> [UInt8] { Array(repeating: octet, count: count) }

    /// Elements in elements in elements.
    private static let nestings: [[UInt8]] = [1, 8, 9, 100, 5000].map { depth in
        var nest: [UInt8] = []
        for _ in 0..<depth {
            let length = nest.count
            nest += (length < 0x80 ? [UInt8(length)] : number(length, octets: 2).reversed() + [0x82]) + [0x30]
        }
        return nest.reversed()
    }

    /// What is in a list, very often: up to what a datagram holds.
    private var repetitions: [[UInt8]] {
        [64, 400, 9000].map { count in
            let fitting = min(count, 60_000 / max(contents.count, 1))
            return Array((0..<fitting).map { _ in contents }.joined())
        }
    }
}
