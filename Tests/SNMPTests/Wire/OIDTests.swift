import Testing

@testable import SNMP

struct OIDTests {
    @Test(arguments: ["0.0", "1.3.6", "2.999.3", "2.39.1", "1.3.6.1.4.1.4555.1.1.7.1.4.4.1.2.1", "1.39.127.128.16383.16384.4294967295"])
    func printsWhatItParsed(_ text: String) throws {
        let oid = try #require(OID(text))
        #expect(oid.description == text)
        #expect(OID("." + text) == oid)
        #expect(OID(arcs: oid.arcs) == oid)
        #expect(oid.count == oid.arcs.count)
    }

    @Test(arguments: ["", ".", "1", "1.", "1..3", "3.1", "1.40", "1.3.x", "1.3.+6", "1.3.-6", "1.3.4294967296", "1.3 .6", "..1.3"])
    func refusesWhatIsNoIdentifier(_ text: String) {
        #expect(OID(text) == nil)
    }

    @Test func holdsUpTo128Arcs() {
        let longest = [1, 3] + [UInt32](repeating: .max, count: 126)
        #expect(OID(arcs: longest)?.arcs == longest)
        #expect(OID(arcs: longest + [1]) == nil)
        #expect(OID((longest + [1]).map(String.init).joined(separator: ".")) == nil)
    }

    @Test func readsContentsOctets() {
        #expect([0x2B, 0x06, 0xA3, 0x4B].oid == "1.3.6.4555")
        #expect([0x88, 0x37, 0x03].oid == "2.999.3")
        #expect([].oid == "0.0")
        #expect([0x2B, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F].oid == "1.3.4294967295")
    }

    @Test(arguments: [
        [0x2B, 0x86],  // unfinished arc
        [0x2B, 0x80, 0x01],  // padded arc
        [0x80],
        [0x2B, 0x90, 0x80, 0x80, 0x80, 0x00],  // 2³²
        [0x2B] + [UInt8](repeating: 1, count: 127),  // 129 arcs
    ])
    func refusesMalformedContents(_ octets: [UInt8]) {
        #expect(octets.oid == nil)
    }

    @Test func ordersByArcsNotByOctets() {
        let ordered: [OID] = [
            "0.0", "1.3", "1.3.6", "1.3.6.0", "1.3.6.1", "1.3.6.1.127", "1.3.6.1.128", "1.3.6.1.255", "1.3.6.1.256", "1.3.6.1.16383",
            "1.3.6.1.16384", "1.3.6.1.16384.0", "1.3.6.1.2097151", "1.3.6.1.2097152", "1.3.6.1.4294967295", "1.3.6.2", "2.5", "2.999",
        ]
        for (left, right) in zip(ordered, ordered.dropFirst()) {
            #expect(left < right)
            #expect(!(right < left))
        }
        var random = LinearCongruence(state: 7)
        #expect(ordered.shuffled(using: &random).sorted() == ordered)
    }

    @Test func ordersLikeItsArcs() {
        var random = LinearCongruence(state: 3)
        let arcs = (0..<300).map { _ in
            [1, 3]
                + (0..<random.next() % 4).map { _ in UInt32(truncatingIfNeeded: random.next() >> 32) >> UInt32(random.next() >> 40 & 31) }
        }
        let oids = arcs.compactMap { OID(arcs: $0) }
        #expect(oids.sorted().map(\.arcs) == arcs.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func knowsItsAncestors() {
        let cell: OID = "1.3.6.1.2.1.2.2.1.10.300"
        #expect(cell.isDescendant(of: "1.3.6.1.2.1.2.2.1.10"))
        #expect(!cell.isDescendant(of: cell))
        #expect(!cell.isDescendant(of: "1.3.6.1.2.1.2.2.1.1"))
        #expect(!cell.isDescendant(of: "1.3.6.1.2.1.2.2.1.10.2"))
        #expect(cell.arcs(after: "1.3.6.1.2.1.2.2.1") == [10, 300])
        #expect(cell.arcs(after: "1.3.6.1.4") == nil)
        #expect(cell.isSibling(of: "1.3.6.1.2.1.2.2.1.10.1"))
        #expect(!cell.isSibling(of: "1.3.6.1.2.1.2.2.1.11.300"))
    }

    @Test func isTheSameInlineAndOutOfLine() {
        let short = ("1.3.6" as OID).appending([UInt32](repeating: 1, count: 29))
        let long = short.appending(5)
        #expect(short.arcs + [5] == long.arcs)
        #expect(short < long)
        #expect(long.isDescendant(of: short))
        #expect(Set([short, long, OID(arcs: long.arcs) ?? short]).count == 2)
    }
}

extension [UInt8] {
    fileprivate var oid: OID? { withUnsafeBytes { OID(contents: $0) } }
}
