package import NIOCore

/// A message of SSDP: the head of an HTTP message in a datagram (UPnP Device Architecture 2.0, 1.1.1).
///
/// ```
/// M-SEARCH * HTTP/1.1 ⏎ NAME: value ⏎ … ⏎ ⏎
/// HTTP/1.1 200 OK     ⏎ NAME: value ⏎ … ⏎ ⏎
/// ```
package struct SSDPMessage: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case search
        case notify
        case response(status: Int)
    }

    package static let port: UInt16 = 1900
    /// 239.255.255.250
    package static let group: UInt32 = 0xEFFF_FFFA
    /// Longer datagrams are dropped unread.
    package static let maximumLength = 4096
    static let maximumHeaders = 64

    package var kind: Kind
    /// In their order, names in upper case.
    package var headers: [(name: String, value: String)]

    package init(_ kind: Kind, headers: [(name: String, value: String)]) {
        self.kind = kind
        self.headers = headers
    }

    package static func == (left: SSDPMessage, right: SSDPMessage) -> Bool {
        left.kind == right.kind && left.headers.elementsEqual(right.headers, by: ==)
    }

    /// The first header of a name; names don't care for case.
    package subscript(_ name: String) -> String? {
        let name = name.uppercased()
        return headers.first { $0.name == name }?.value
    }

    package init(decoding datagram: ByteBuffer) throws(SSDPDecodingError) {
        guard datagram.readableBytes <= Self.maximumLength else { throw SSDPDecodingError(.tooLong) }
        // Texts in other encodings than UTF-8 occur in names of devices; the marks of the message are ASCII in all of them.
        let lines = String(buffer: datagram).split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        guard let first = lines.first, let kind = Kind(startLine: first) else { throw SSDPDecodingError(.badStartLine) }
        var headers: [(name: String, value: String)] = []
        for line in lines.dropFirst() {
            let line = line.trimmingSpaces
            if line.isEmpty { break }
            guard headers.count < Self.maximumHeaders else { throw SSDPDecodingError(.tooManyHeaders, at: headers.count) }
            guard let colon = line.firstIndex(of: ":") else { throw SSDPDecodingError(.badHeader, at: headers.count) }
            let name = line[..<colon].trimmingSpaces.uppercased()
            guard !name.isEmpty else { throw SSDPDecodingError(.badHeader, at: headers.count) }
            headers.append((name, String(line[line.index(after: colon)...].trimmingSpaces)))
        }
        self.init(kind, headers: headers)
    }

    package func encoded() -> ByteBuffer {
        var buffer = ByteBuffer(string: kind.startLine + "\r\n")
        for header in headers { buffer.writeString("\(header.name): \(header.value)\r\n") }
        buffer.writeString("\r\n")
        return buffer
    }
}

extension SSDPMessage.Kind {
    fileprivate init?(startLine: Substring) {
        let words = startLine.trimmingSpaces.split(separator: " ")
        guard words.count >= 2 else { return nil }
        switch words[0] {
        case "M-SEARCH" where words[1] == "*": self = .search
        case "NOTIFY" where words[1] == "*": self = .notify
        case _ where words[0].hasPrefix("HTTP/1."):
            guard let status = Int(words[1]), 100...599 ~= status else { return nil }
            self = .response(status: status)
        default: return nil
        }
    }

    fileprivate var startLine: String {
        switch self {
        case .search: "M-SEARCH * HTTP/1.1"
        case .notify: "NOTIFY * HTTP/1.1"
        case .response(200): "HTTP/1.1 200 OK"
        case .response(let status): "HTTP/1.1 \(status) "
        }
    }
}

extension Substring {
    var trimmingSpaces: Substring {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" || $0 == "\r\n" }
        var text = drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }
}
