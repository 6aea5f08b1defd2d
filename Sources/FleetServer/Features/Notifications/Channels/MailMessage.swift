import FoundationEssentials
import PowerDevice

/// A mail as it goes over the wire (RFC 5322, RFC 2045, RFC 2047).
struct MailMessage: Sendable {
    /// Octets of text in one encoded word, which makes at most 75 characters.
    private static let wordLength = 42
    private static let lineLength = 76

    let from: String
    let to: [String]
    let message: NotificationMessage

    var octets: [UInt8] {
        let domain = from.split(separator: "@").last.map(String.init) ?? "nvfleet"
        var headers = [
            ("From", "NVFleet <\(from)>"), ("To", to.joined(separator: ",\r\n ")), ("Subject", Self.encoded(subject)),
            ("Date", Self.date(message.at)), ("Message-ID", "<\(message.messageId)@\(domain)>"),
        ]
        if let thread = message.thread {
            headers += [("In-Reply-To", "<\(thread)@\(domain)>"), ("References", "<\(thread)@\(domain)>")]
        }
        headers += [
            ("Auto-Submitted", "auto-generated"), ("X-NVFleet-Message-Id", message.messageId), ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "base64"),
        ]
        if message.severity == .critical, !message.isEnd { headers.append(("Importance", "high")) }
        let head = headers.map { "\($0): \($1)\r\n" }.joined()
        return Array("\(head)\r\n\(Self.lines(of: text))".utf8)
    }

    private var subject: String { "[\(message.isEnd ? "over" : message.severity.rawValue)] \(message.title)" }

    private var text: String {
        var lines = [message.title, ""]
        if !message.text.isEmpty { lines += [message.text, ""] }
        lines.append("Since: \(JSONCoding.timeStyle.format(message.at))")
        lines.append("Severity: \(message.severity.rawValue)")
        if let site = message.site { lines.append("Site: \(site)") }
        if let card = message.cardName { lines.append("Card: \(card)") }
        if let incident = message.incident { lines.append("Incident: \(incident)") }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// A header's text: as it is, or in encoded words. No control character gets through, so none can begin another header.
    static func encoded(_ text: String) -> String {
        let clean = String(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : Character($0) }.prefix(500))
        if clean.utf8.allSatisfy({ $0 < 127 }), clean.utf8.count <= 60, !clean.contains("=?") { return clean }
        var words: [String] = []
        var word: [UInt8] = []
        for character in clean {
            // A character that is longer than a word is cut at its scalars.
            for piece in character.utf8.count > wordLength ? character.unicodeScalars.map({ String($0) }) : [String(character)] {
                if word.count + piece.utf8.count > wordLength {
                    words.append("=?UTF-8?B?\(Data(word).base64EncodedString())?=")
                    word = []
                }
                word += Array(piece.utf8)
            }
        }
        words.append("=?UTF-8?B?\(Data(word).base64EncodedString())?=")
        return words.joined(separator: "\r\n ")
    }

    private static func lines(of text: String) -> String {
        let encoded = Array(Data(text.utf8).base64EncodedString().utf8)
        return stride(from: 0, to: encoded.count, by: lineLength).map { start in
            String(decoding: encoded[start..<min(start + lineLength, encoded.count)], as: UTF8.self) + "\r\n"
        }.joined()
    }

    /// `Mon, 23 Nov 2026 22:00:00 +0000`.
    static func date(_ date: Date) -> String {
        let iso = Array(Date.ISO8601FormatStyle().format(date).utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: iso[range], as: UTF8.self) }
        let days = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard iso.count >= 19, let month = Int(part(5..<7)), 1...12 ~= month else { return part(0..<iso.count) }
        return "\(weekday), \(part(8..<10)) \(months[month - 1]) \(part(0..<4)) \(part(11..<19)) +0000"
    }
}
