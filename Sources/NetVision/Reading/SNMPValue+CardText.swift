import SNMP

extension SNMPValue {
    /// What a card means by a string; nil if there is nothing in it.
    ///
    /// Cards pad with spaces and NULs, put quotes around, write Latin-1 where UTF-8 is expected, and answer empty strings for what was never
    /// set. `<private>` stands in published recordings in place of names.
    var cardText: String? {
        guard case .octetString(let octets) = self else { return nil }
        let content = octets.prefix { $0 != 0 }
        let text = String(validating: content, as: UTF8.self) ?? String(String.UnicodeScalarView(content.map { Unicode.Scalar($0) }))
        let printable = String(String.UnicodeScalarView(text.unicodeScalars.lazy.map { Self.isControl($0) ? " " : $0 }))
        let trimmed = printable.trimmed { $0.isWhitespace || $0 == "\"" }
        return trimmed.isEmpty || trimmed == "<private>" ? nil : String(trimmed)
    }

    /// Of the general category Cc. Asked for each character of each poll.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value }

    /// Whether the agent gave a value at all.
    var isAnswer: Bool { !isException && self != .null }
}

extension String {
    fileprivate func trimmed(where isPadding: (Character) -> Bool) -> Substring {
        let head = drop(while: isPadding)
        guard let last = head.lastIndex(where: { !isPadding($0) }) else { return "" }
        return head[...last]
    }
}
