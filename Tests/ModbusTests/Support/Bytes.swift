import NIOCore

/// Bytes as protocol texts print them: `bytes("01 03 00 00")`.
func bytes(_ hex: String) -> ByteBuffer {
    ByteBuffer(bytes: hex.split(separator: " ").compactMap { UInt8($0, radix: 16) })
}

/// Every prefix of `fixture`, and every copy of it that differs in one byte.
func damaged(_ fixture: ByteBuffer) -> [ByteBuffer] {
    let original = Array(fixture.readableBytesView)
    var variants = (0..<original.count).map { ByteBuffer(bytes: original.prefix($0)) }
    for index in original.indices {
        for value in UInt8.min...UInt8.max where value != original[index] {
            var changed = original
            changed[index] = value
            variants.append(ByteBuffer(bytes: changed))
        }
    }
    return variants
}
