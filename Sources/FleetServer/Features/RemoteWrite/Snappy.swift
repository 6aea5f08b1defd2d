import CSnappy

/// Snappy's block format, by the system's library.
enum Snappy {
    /// Nil only where the library refuses, which it does not do with a buffer of the size that it asks for.
    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        let capacity = snappy_max_compressed_length(bytes.count)
        var isDone = false
        let result = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            var length = capacity
            isDone = bytes.withUnsafeBytes { input in
                snappy_compress(
                    input.bindMemory(to: CChar.self).baseAddress, bytes.count,
                    UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self), &length) == SNAPPY_OK
            }
            count = isDone ? length : 0
        }
        return isDone ? result : nil
    }
}
