/// What every packing of samples promises, for those who throw bytes at it: what can be read at all is read again as it was.
package enum PackedSamples {
    /// True where the bytes are no block, too.
    package static func surviveEncoding(block bytes: [UInt8]) -> Bool {
        guard let table = try? SampleBlock.decode(bytes), table.isFinite else { return true }
        return (try? SampleBlock.decode(SampleBlock.encode(table))) == table
    }

    /// True where the bytes are no chain, too.
    package static func surviveEncoding(chain bytes: [UInt8]) -> Bool {
        let rows = SampleChain.rows(in: bytes).rows
        guard rows.allSatisfy({ row in row.values.allSatisfy(\.value.isFinite) }) else { return true }
        var chain = SampleChain()
        var writer = ByteWriter()
        for row in rows { chain.append(row, to: &writer) }
        return SampleChain.rows(in: writer.bytes).rows == rows
    }
}

extension SampleTable {
    /// Whether all values are numbers: others are never stored, and equal nothing.
    fileprivate var isFinite: Bool { columns.values.allSatisfy { $0.values.allSatisfy(\.isFinite) } }
}
