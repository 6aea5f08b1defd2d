extension STS {
    /// The reference and the serial number.
    package static let texts: [Point] = [
        Point(code(referenceAddress), address: referenceAddress, title: "Reference", content: .text(words: 10, order: .highByteFirst)),
        Point(code(serialAddress), address: serialAddress, title: "Serial number", content: .text(words: 10, order: .highByteFirst)),
    ]

    /// 16 words, of which the manual says nothing.
    package static let configuration: [Point] = (0..<16).map {
        Point(code(configurationAddress + $0), address: configurationAddress + $0, title: nil, content: .configuration([]))
    }

    /// 0x0140–0x0143: each word, then its bits.
    package static let status: [Point] = word(0, sources) + word(1, load) + word(2, switches) + word(3, [])

    private typealias Bit = (level: Severity?, title: String?)

    private static let sources: [Bit] = [
        (nil, "Source 1 OK"),
        (.critical, "Source 1 critical"),
        (.warning, "Source 1 out of tolerance"),
        (.warning, "Source 1 absent"),
        (nil, "Power path 1 OK"),
        (nil, nil),
        (nil, "Source 2 OK"),
        (.critical, "Source 2 critical"),
        (.warning, "Source 2 out of tolerance"),
        (.warning, "Source 2 absent"),
        (nil, "Power path 2 OK"),
        (nil, nil),
        (nil, "Sources permanently synchronised"),
        (.warning, "Sources sliding"),
        (.warning, "Sources permanently not synchronised"),
        (nil, "Sources synchronised at this instant"),
    ]

    private static let load: [Bit] = [
        (nil, "Source 1 is the preferred source"),
        (nil, "Load on the preferred source"),
        (.warning, "Load on the alternate source"),
        (.critical, "Load not supplied"),
        (.warning, "Load on manual bypass 1"),
        (.warning, "Load on manual bypass 2"),
        (nil, nil),
        (nil, "Load on source 1"),
        (nil, "Load on source 2"),
        (nil, nil),
        (.warning, "Transfer locked from outside"),
        (nil, nil),
        (nil, "Output OK"),
        (.warning, "Output out of tolerance"),
        (.warning, "Output absent"),
        (nil, nil),
    ]

    private static let switches: [Bit] = [
        (.warning, "Emergency stop input active"),
        (nil, "Q41 closed"),
        (nil, "Q42 closed"),
        (nil, "Static switch 1 closed"),
        (nil, "Static switch 2 closed"),
        (nil, "Q30 closed"),
        (nil, "Q51 closed"),
        (nil, "Q52 closed"),
        (nil, nil),
        (nil, nil),
        (nil, nil),
        (nil, nil),
        (nil, nil),
        (nil, "Remote controls enabled"),
        (.warning, "Maintenance alert"),
        (nil, "User mode"),
    ]

    private static func word(_ number: UInt16, _ bits: [Bit]) -> [Point] {
        let address = statusAddress + number
        let word = Point(code(address), address: address, title: bits.isEmpty ? nil : "Status word \(number + 1)", content: .word)
        let rows = bits + Array(repeating: (nil, nil), count: 16 - bits.count)
        return [word]
            + rows.enumerated().map { bit, row in
                Point(code(address, bit: bit), address: address, title: row.title, content: .status(bit: bit, level: row.level))
            }
    }
}
