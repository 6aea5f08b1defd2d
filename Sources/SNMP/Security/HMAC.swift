import COpenSSL

/// A keyed digest (RFC 2104) with the state after each of the key's two pads at hand, which halves the work for a short message.
struct HMAC {
    let `protocol`: AuthenticationProtocol
    private let inner: Digest
    private let outer: Digest

    /// - Parameter key: a localized key, which is never longer than a block.
    init(_ protocol: AuthenticationProtocol, key: [UInt8]) {
        self.protocol = `protocol`
        let padded = key + [UInt8](repeating: 0, count: max(0, `protocol`.blockLength - key.count))
        inner = Self.start(`protocol`, padded.map { $0 ^ 0x36 })
        outer = Self.start(`protocol`, padded.map { $0 ^ 0x5C })
    }

    private static func start(_ protocol: AuthenticationProtocol, _ pad: [UInt8]) -> Digest {
        var digest = Digest(`protocol`)
        pad.withUnsafeBytes { digest.update($0) }
        return digest
    }

    /// Writes the signature of a message over the zeros that stand in its place.
    func sign(_ message: UnsafeMutableRawBufferPointer, at place: Range<Int>) {
        var digest = inner
        digest.update(UnsafeRawBufferPointer(message))
        finish(digest) {
            UnsafeMutableRawBufferPointer(rebasing: message[place]).copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<place.count]))
        }
    }

    /// Whether the octets at `place` are the signature of the message as it was when they were zeros. Takes the same time wherever they differ.
    func isSignature(of message: UnsafeRawBufferPointer, at place: Range<Int>) -> Bool {
        guard place.count == `protocol`.parameterLength else { return false }
        var digest = inner
        digest.update(UnsafeRawBufferPointer(rebasing: message[..<place.lowerBound]))
        withUnsafeBytes(of: (0, 0, 0, 0, 0, 0) as (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)) { zeros in
            digest.update(UnsafeRawBufferPointer(rebasing: zeros[..<place.count]))
        }
        digest.update(UnsafeRawBufferPointer(rebasing: message[place.upperBound...]))
        let given = UnsafeRawBufferPointer(rebasing: message[place])
        return finish(digest) { CRYPTO_memcmp($0.baseAddress, given.baseAddress, given.count) == 0 }
    }

    private func finish<Result>(_ digest: Digest, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var result = outer
        digest.finish { result.update(UnsafeRawBufferPointer(rebasing: $0[..<`protocol`.digestLength])) }
        return result.finish(body)
    }
}
