import Crypto

/// A settings document on the disk ends with a line that says what it held when the card wrote it.
///
///     checksum = 9f86d081…
package enum SettingsFile {
    static let checksumKey = "checksum"

    /// Whether the contents of a file can be trusted.
    package enum Condition: Sendable {
        /// As the card wrote it.
        case intact
        /// Without a checksum: somebody has written it.
        case handWritten
        /// Not what the card wrote.
        case damaged
    }

    package static func sealed(_ document: String) -> String { document + "\(checksumKey) = \(checksum(document.utf8))\n" }

    package static func condition(of octets: [UInt8]) -> Condition {
        if octets.isEmpty { return .damaged }
        let mark = Array("\n\(checksumKey) =".utf8)
        guard let place = lastPlace(of: mark, in: octets) else { return .handWritten }
        let line = String(decoding: octets[(place + mark.count)...], as: UTF8.self)
        let told = SettingsText.trimmed(Substring(line.prefix { $0 != "\n" && $0 != "\r\n" }).unicodeScalars)
        // Nothing but the end of the line may follow.
        let rest = line.unicodeScalars.drop { $0 != "\n" }
        return told == checksum(octets[...place]) && rest.allSatisfy { $0 == "\n" } ? .intact : .damaged
    }

    private static func lastPlace(of mark: [UInt8], in octets: [UInt8]) -> Int? {
        guard octets.count >= mark.count else { return nil }
        return (0...(octets.count - mark.count)).last { octets[$0] == mark[0] && octets[$0..<($0 + mark.count)].elementsEqual(mark) }
    }

    private static func checksum(_ octets: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(data: Array(octets))
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
