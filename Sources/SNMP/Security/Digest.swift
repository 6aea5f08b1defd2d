import COpenSSL

/// A hash function in the midst of its input; a value, copied at the cost of its 100 to 200 octets.
struct Digest {
    private var context = digest_context()

    init(_ protocol: AuthenticationProtocol) { digest_start(&context, `protocol`.function) }

    mutating func update(_ octets: UnsafeRawBufferPointer) { digest_update(&context, octets.baseAddress, octets.count) }

    /// Calls `body` with the digest in a buffer of 64 octets; what is behind the digest is undefined.
    consuming func finish<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var context = context
        return withUnsafeTemporaryAllocation(byteCount: Int(SHA512_DIGEST_LENGTH), alignment: 8) { digest in
            digest_finish(&context, digest.baseAddress)
            return body(UnsafeRawBufferPointer(digest))
        }
    }

    static func digest(of pieces: [UInt8]..., by protocol: AuthenticationProtocol) -> [UInt8] {
        var digest = Digest(`protocol`)
        for piece in pieces { piece.withUnsafeBytes { digest.update($0) } }
        return digest.finish { [UInt8]($0.prefix(`protocol`.digestLength)) }
    }
}
