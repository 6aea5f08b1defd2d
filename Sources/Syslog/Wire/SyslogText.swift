/// Octets of a message as text.
enum SyslogText {
    /// UTF-8; where it is none, Latin-1, which older devices write. Control characters become blanks, a byte order mark is left out.
    ///
    /// - Parameter isCut: whether a character may be cut off at the end: what is left of it is left out.
    static func decode(_ octets: ArraySlice<UInt8>, isCut: Bool = false) -> String {
        var octets = octets
        while octets.starts(with: [0xEF, 0xBB, 0xBF]) { octets = octets.dropFirst(3) }
        if isCut { octets = dropPartialCharacter(octets) }
        if let text = String(validating: octets, as: UTF8.self) { return harmless(text) }
        return harmless(String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) })))
    }

    /// Without control characters, C1 and the separators of lines and paragraphs among them.
    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value || scalar.value == 0x2028 || scalar.value == 0x2029 || scalar.value == 0xFEFF
    }

    private static func dropPartialCharacter(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let tail = octets.suffix(3)
        guard let lead = tail.lastIndex(where: { $0 & 0xC0 == 0xC0 }) else { return octets }
        let wanted = octets[lead] & 0xF8 == 0xF0 ? 4 : octets[lead] & 0xF0 == 0xE0 ? 3 : 2
        return octets.endIndex - lead < wanted ? octets[..<lead] : octets
    }
}
