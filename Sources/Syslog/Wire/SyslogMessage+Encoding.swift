extension SyslogMessage {
    /// The message as its format has it: RFC 5424 with the time in UTC, or RFC 3164.
    ///
    /// What a field can't hold is left out of it: blanks and characters beyond ASCII of names, what is longer than allowed.
    package func encode() -> [UInt8] {
        switch format {
        case .structured: structured
        case .traditional: traditional
        }
    }

    /// With its length before it (RFC 6587 §3.4.1, RFC 5425 §4.3), for streams.
    package func encodeFrame() -> [UInt8] {
        let octets = encode()
        return Array("\(octets.count) ".utf8) + octets
    }

    private var structured: [UInt8] {
        let data = elements.isEmpty ? "-" : elements.map(\.encoded).joined()
        var header = "<\(priority)>1 \(time?.rfc3339 ?? "-") \(Self.field(host, 255)) \(Self.field(application, 48)) "
        header += "\(Self.field(process, 128)) \(Self.field(messageID, 32)) \(data)"
        guard !text.isEmpty else { return Array(header.utf8) }
        // §6.4: a text of UTF-8 begins with a byte order mark; one of ASCII does without.
        let mark: [UInt8] = text.utf8.contains { $0 >= 0x80 } ? [0xEF, 0xBB, 0xBF] : []
        return Array(header.utf8) + [0x20] + mark + Array(SyslogText.harmless(text).utf8)
    }

    private var traditional: [UInt8] {
        var tag = ""
        if let application { tag = Self.field(application, 32) + (process.map { "[\(Self.field($0, 32))]" } ?? "") + ": " }
        let start = time.map { "\($0.traditional) \(Self.field(host, 255)) " } ?? ""
        return Array("<\(priority)>\(start)\(tag)\(SyslogText.harmless(text))".utf8)
    }

    /// PRINTUSASCII of at most so many characters, `-` for nothing.
    private static func field(_ text: String?, _ limit: Int) -> String {
        let kept = (text ?? "").utf8.filter { 0x21...0x7E ~= $0 }.prefix(limit)
        return kept.isEmpty ? "-" : String(decoding: kept, as: UTF8.self)
    }
}

extension SyslogMessage.Element {
    fileprivate var encoded: String {
        let parameters = parameters.map { " \(Self.name($0.name))=\"\(Self.escaped($0.value))\"" }.joined()
        return "[\(Self.name(id))\(parameters)]"
    }

    /// SD-NAME: at most 32 characters; `x` for nothing.
    private static func name(_ text: String) -> String {
        let kept = text.utf8.filter { 0x21...0x7E ~= $0 && ![0x3D, 0x5D, 0x22].contains($0) }.prefix(32)
        return kept.isEmpty ? "x" : String(decoding: kept, as: UTF8.self)
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for character in SyslogText.harmless(value) {
            if character == "\"" || character == "\\" || character == "]" { text.append("\\") }
            text.append(character)
        }
        return text
    }
}
