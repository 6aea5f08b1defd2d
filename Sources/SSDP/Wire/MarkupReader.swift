/// Reads the small part of XML that a description is made of, in one pass: elements and texts.
///
/// No entities but the five of XML and character numbers, no document types, nothing is fetched. Everything is bounded by the text.
struct MarkupReader {
    enum Part: Equatable {
        /// Without a namespace's prefix.
        case opening(String, isEmpty: Bool)
        case closing(String)
        case text(String)
    }

    private let octets: [UInt8]
    private var position = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    var offset: Int { position }

    /// Nil at the end.
    mutating func next() throws(SSDPDecodingError) -> Part? {
        while position < octets.count {
            guard octets[position] == UInt8(ascii: "<") else { return .text(Self.plain(take { $0 != UInt8(ascii: "<") })) }
            if starts("<!--") {
                try skip(past: "-->")
            } else if starts("<![CDATA[") {
                position += 9
                let start = position
                try skip(past: "]]>")
                return .text(String(decoding: octets[start..<(position - 3)], as: UTF8.self))
            } else if starts("<?") {
                try skip(past: "?>")
            } else if starts("<!") {
                // A document type could declare entities: no device needs one.
                throw SSDPDecodingError(.badMarkup, at: position)
            } else {
                return try tag()
            }
        }
        return nil
    }

    private mutating func tag() throws(SSDPDecodingError) -> Part {
        let start = position
        position += 1
        let isClosing = position < octets.count && octets[position] == UInt8(ascii: "/")
        if isClosing { position += 1 }
        let name = Self.localName(take { Self.isName($0) })
        guard !name.isEmpty else { throw SSDPDecodingError(.badMarkup, at: start) }
        // Attributes, which may hold a ">" in quotes.
        var quote: UInt8?
        var last: UInt8 = 0
        while position < octets.count {
            let octet = octets[position]
            position += 1
            if let open = quote {
                if octet == open { quote = nil }
            } else if octet == UInt8(ascii: ">") {
                return isClosing ? .closing(name) : .opening(name, isEmpty: last == UInt8(ascii: "/"))
            } else if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "'") {
                quote = octet
            }
            last = octet
        }
        throw SSDPDecodingError(.badMarkup, at: start)
    }

    private mutating func take(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let taken = octets[position...].prefix(while: condition)
        position = taken.endIndex
        return taken
    }

    private func starts(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { octets[position...].starts(with: $0) }
    }

    private mutating func skip(past end: String) throws(SSDPDecodingError) {
        let start = position
        let end = Array(end.utf8)
        while position + end.count <= octets.count {
            if octets[position...].starts(with: end) {
                position += end.count
                return
            }
            position += 1
        }
        throw SSDPDecodingError(.badMarkup, at: start)
    }

    private static func isName(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: "/"), UInt8(ascii: ">"),
            UInt8(ascii: "<"):
            false
        default: true
        }
    }

    private static func localName(_ name: ArraySlice<UInt8>) -> String {
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        return String(decoding: local, as: UTF8.self)
    }

    /// The text with its entities replaced; what is none stays as it stands.
    private static func plain(_ octets: ArraySlice<UInt8>) -> String {
        let text = String(decoding: octets, as: UTF8.self)
        guard text.contains("&") else { return text }
        var parts = text.split(separator: "&", omittingEmptySubsequences: false).makeIterator()
        var plain = String(parts.next() ?? "")
        while let part = parts.next() {
            guard let end = part.firstIndex(of: ";"), let character = entity(part[..<end]) else {
                plain += "&" + part
                continue
            }
            plain.append(character)
            plain += part[part.index(after: end)...]
        }
        return plain
    }

    private static func entity(_ name: Substring) -> Character? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#"), name.count <= 8 else { return nil }
            let digits = name.dropFirst()
            let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(Unicode.Scalar.init).map(Character.init)
        }
    }
}
