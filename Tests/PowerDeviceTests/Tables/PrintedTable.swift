import PowerDevice

/// The manual's tables once more, written down apart from the sources: what the tests of the maps hold those to.
enum Printed {
    /// The level letters of a run of rows: `I`, `W`, `C`, or `-` where none is printed.
    static func levels(_ text: String) -> [Severity?] {
        text.map { ["I": .information, "W": .warning, "C": .critical][$0] }
    }

    /// Rows separated by semicolons or line ends: `M05 Ah*10 XXX`, `M25 -`.
    static func rows(_ text: String) -> [[String]] {
        text.split { $0 == ";" || $0 == "\n" }.map { $0.split(separator: " ").map(String.init) }
    }
}

extension Printed {
    /// A condition as the manual prints it, `S04&!S07`, `S16|A49`, `0` for never, `-` where no register tells.
    struct Condition: Sendable {
        /// Any of these, each of which needs all of its bits at the given values.
        let alternatives: [[(code: PointCode, value: Bool)]]?

        init(_ text: Substring) {
            guard text != "-" else {
                alternatives = nil
                return
            }
            guard text != "0" else {
                alternatives = []
                return
            }
            alternatives = text.split(separator: "|").map { part in
                part.split(separator: "&").map { bit in
                    (PointCode(String(bit.drop { $0 == "!" })), !bit.hasPrefix("!"))
                }
            }
        }

        func holds(_ set: Set<PointCode>) -> Bool {
            (alternatives ?? []).contains { $0.allSatisfy { set.contains($0.code) == $0.value } }
        }

        var codes: Set<PointCode> { Set((alternatives ?? []).flatMap { $0.map(\.code) }) }
    }

    static func conditions(_ text: String) -> [Condition] { text.split { $0 == " " || $0 == "\n" }.map(Condition.init) }

    /// `5:A31 6:A02 …`
    static func traps(_ text: String) -> [Int32: Condition] {
        let pairs = text.split { $0 == " " || $0 == "\n" }.compactMap { pair -> (Int32, Condition)? in
            let parts = pair.split(separator: ":", maxSplits: 1)
            return Int32(parts[0]).map { ($0, Condition(parts[1])) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}

/// The same numbers at every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension DeviceMap {
    /// A device that answers 0 everywhere but for the bits of `set`.
    func registers(_ set: some Sequence<PointCode> = []) -> RegisterFile {
        var registers = emptyRegisters
        for range in readPlan + optionalRanges { registers.store(Array(repeating: 0, count: range.count), at: range.address) }
        for code in set { self[code].map { registers.setRaw(1, of: $0) } }
        return registers
    }

    /// Every bit of the map, described or not.
    var bits: [PointCode] { points.filter { $0.bit != nil }.map(\.code) }
}
