/// Packs a sequence of integers by what is left of each after its prediction.
///
/// ```
/// +- byte -+-- zigzag --+- residuals ------------------------------------+
/// | form   | base       | none · runs of varints · width byte, Rice bits |
/// +--------+------------+------------------------------------------------+
///   form = 3 × coding + order
/// ```
/// Order 0 predicts the base (noise about a level), 1 the value before (a walk), 2 the value before and its change (a clock, a counter).
/// Coding 0: all residuals are 0. Coding 1: varints, an even one stands for n / 2 + 1 zeros, an odd one for one residual. Coding 2: Rice.
/// The shortest of all is taken. Differences wrap around, so that any two integers have one.
enum IntegerColumn {
    private static let orders: [UInt8] = [0, 1, 2]

    private struct Candidate {
        let form: UInt8
        let base: Int64
        let bits: Int
        let residuals: [UInt64]
        let width: UInt64
    }

    static func encode(_ values: [Int64]) -> [UInt8] {
        guard let best = orders.flatMap({ candidates(values, order: $0) }).min(by: { $0.bits < $1.bits }) else { return [] }
        var writer = ByteWriter()
        writer.append(best.form)
        writer.append(zigzag: best.base)
        switch best.form / 3 {
        case 0: break
        case 1: appendRuns(of: best.residuals, to: &writer)
        default:
            writer.append(UInt8(best.width))
            var bits = BitWriter()
            for residual in best.residuals { RiceCode.append(residual, width: best.width, to: &bits) }
            writer.append(bits.finish())
        }
        return writer.bytes
    }

    /// Reads exactly `count` integers, of which the caller knows that they fit into memory.
    static func decode(_ reader: ByteReader, count: Int) throws(DamagedSamples) -> [Int64] {
        guard count > 0 else { return [] }
        var reader = reader
        let form = try reader.byte()
        guard form < 9 else { throw DamagedSamples(reason: "a column has an unknown form") }
        let base = try reader.zigzag()
        let residuals: [UInt64] =
            switch form / 3 {
            case 0: [UInt64](repeating: 0, count: count)
            case 1: try runs(&reader, count: count)
            default: try riceCoded(&reader, count: count)
            }
        return restored(residuals, base: base, order: form % 3)
    }

    // MARK: - Prediction

    private static func candidates(_ values: [Int64], order: UInt8) -> [Candidate] {
        guard let first = values.first else { return [] }
        let base = order == 0 ? middle(of: values) : first
        let residuals = residuals(of: values, base: base, order: order)
        guard residuals.contains(where: { $0 != 0 }) else {
            return [Candidate(form: order, base: base, bits: 0, residuals: [], width: 0)]
        }
        let width = bestWidth(for: residuals)
        let riceBits = 8 + residuals.reduce(0) { $0 + RiceCode.cost(of: $1, width: width) }
        let rice = Candidate(form: 6 + order, base: base, bits: riceBits, residuals: residuals, width: width)
        guard let runBits = costOfRuns(residuals) else { return [rice] }
        return [Candidate(form: 3 + order, base: base, bits: runBits, residuals: residuals, width: 0), rice]
    }

    /// A value in the middle of some of them: near the level about which they lie.
    private static func middle(of values: [Int64]) -> Int64 {
        let some = stride(from: 0, to: values.count, by: max(1, values.count / 63)).map { values[$0] }.sorted()
        return some.isEmpty ? 0 : some[some.count / 2]
    }

    private static func residuals(of values: [Int64], base: Int64, order: UInt8) -> [UInt64] {
        var previous = base
        var change: Int64 = 0
        return values.map { value in
            let predicted = order == 2 ? previous &+ change : previous
            if order > 0 {
                change = value &- previous
                previous = value
            }
            return (value &- predicted).zigzag
        }
    }

    private static func restored(_ residuals: [UInt64], base: Int64, order: UInt8) -> [Int64] {
        var previous = base
        var change: Int64 = 0
        return residuals.map { residual in
            let value = (order == 2 ? previous &+ change : previous) &+ Int64(zigzag: residual)
            if order > 0 {
                change = value &- previous
                previous = value
            }
            return value
        }
    }

    // MARK: - Rice

    /// Near the logarithm of the mean, where the code is shortest; outliers, which are written whole, don't count.
    private static func bestWidth(for residuals: [UInt64]) -> UInt64 {
        let mean = residuals.reduce(0.0) { $0 + min(Double($1), 1_000_000) } / Double(residuals.count)
        let around = UInt64(max(0, (mean + 1).exponent))
        let widths = [around == 0 ? 0 : around - 1, around, around + 1].filter { $0 <= RiceCode.maximumWidth }
        return widths.min { first, second in cost(of: residuals, width: first) < cost(of: residuals, width: second) } ?? 0
    }

    private static func cost(of residuals: [UInt64], width: UInt64) -> Int {
        residuals.reduce(0) { $0 + RiceCode.cost(of: $1, width: width) }
    }

    private static func riceCoded(_ reader: inout ByteReader, count: Int) throws(DamagedSamples) -> [UInt64] {
        let width = UInt64(try reader.byte())
        guard width <= RiceCode.maximumWidth else { throw DamagedSamples(reason: "a column has an unknown width") }
        // Each takes a bit at least: no more memory than the bytes can fill.
        guard count <= reader.remaining * 8 else { throw DamagedSamples(reason: "they end too early") }
        var bits = BitReader(reader)
        var residuals: [UInt64] = []
        residuals.reserveCapacity(count)
        for _ in 0..<count { residuals.append(try RiceCode.read(width: width, from: &bits)) }
        return residuals
    }

    // MARK: - Runs

    /// Nil where a residual is too large for a token.
    private static func costOfRuns(_ residuals: [UInt64]) -> Int? {
        var bytes = 0
        var zeros: UInt64 = 0
        for residual in residuals {
            guard residual >> 62 == 0 else { return nil }
            if residual == 0 {
                zeros += 1
            } else {
                if zeros > 0 { bytes += length(of: (zeros - 1) * 2) }
                zeros = 0
                bytes += length(of: residual << 1 | 1)
            }
        }
        if zeros > 0 { bytes += length(of: (zeros - 1) * 2) }
        return bytes * 8
    }

    private static func length(of varint: UInt64) -> Int { max(1, (70 - varint.leadingZeroBitCount) / 7) }

    private static func appendRuns(of residuals: [UInt64], to writer: inout ByteWriter) {
        var zeros: UInt64 = 0
        for residual in residuals {
            if residual == 0 {
                zeros += 1
            } else {
                if zeros > 0 { writer.append(varint: (zeros - 1) * 2) }
                zeros = 0
                writer.append(varint: residual << 1 | 1)
            }
        }
        if zeros > 0 { writer.append(varint: (zeros - 1) * 2) }
    }

    private static func runs(_ reader: inout ByteReader, count: Int) throws(DamagedSamples) -> [UInt64] {
        var residuals: [UInt64] = []
        while residuals.count < count {
            let token = try reader.varint()
            if token & 1 == 1 {
                residuals.append(token >> 1)
            } else {
                guard token / 2 < UInt64(count - residuals.count) else { throw DamagedSamples(reason: "a run is too long") }
                residuals.append(contentsOf: repeatElement(0, count: Int(token / 2) + 1))
            }
        }
        return residuals
    }
}
