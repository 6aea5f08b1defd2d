/// A firmware version as the cards print it: numbers with points between them, "8.40" < "8.41" < "8.41.1".
///
/// Missing parts count as 0 in comparisons, so that "8.41" equals "8.41.0"; the text stays as it was written.
package struct FirmwareVersion: Sendable, CustomStringConvertible {
    private let parts: [Int]
    package let description: String

    private static let maximumParts = 4
    private static let maximumDigits = 6

    /// Nil for anything but 1 to 4 numbers of at most 6 digits.
    package init?(_ text: String) {
        let fields = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...Self.maximumParts).contains(fields.count) else { return nil }
        var parts: [Int] = []
        for field in fields {
            guard (1...Self.maximumDigits).contains(field.utf8.count), field.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(field)
            else { return nil }
            parts.append(number)
        }
        while parts.count > 1, parts.last == 0 { parts.removeLast() }
        self.parts = parts
        description = text
    }
}

extension FirmwareVersion: Comparable, Hashable {
    package static func == (left: FirmwareVersion, right: FirmwareVersion) -> Bool { left.parts == right.parts }
    package static func < (left: FirmwareVersion, right: FirmwareVersion) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }
    package func hash(into hasher: inout Hasher) { hasher.combine(parts) }
}
