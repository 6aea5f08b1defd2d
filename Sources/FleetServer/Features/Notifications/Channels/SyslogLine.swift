import FoundationEssentials
import PowerDevice

/// A message as RFC 5424 writes it.
struct SyslogLine: Sendable {
    /// Octets; what is longer a receiver may cut (RFC 5424 §6.1).
    private static let longest = 2048

    /// 0…23.
    let facility: Int
    let hostname: String
    let message: NotificationMessage

    var octets: [UInt8] {
        let priority = facility * 8 + severity
        let data = [
            ("messageId", message.messageId), ("kind", message.kind), ("site", message.site ?? ""),
            ("incident", message.incident.map(String.init) ?? ""), ("alarm", message.alarm.map(String.init) ?? ""),
            ("card", message.cardName ?? ""),
        ].filter { !$0.1.isEmpty }.map { "\($0)=\"\(Self.value($1))\"" }.joined(separator: " ")
        // 32473 is the enterprise number for documentation (RFC 5612): nobody else's.
        let head =
            "<\(priority)>1 \(JSONCoding.timeStyle.format(message.at)) \(hostname) NVFleet - \(message.kind) [nvfleet@32473 \(data)] "
        let text = Self.clean(message.text.isEmpty ? message.title : "\(message.title): \(message.text)")
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return Self.cut(Array(head.utf8) + mark + Array(text.utf8))
    }

    /// RFC 5424 table 2.
    private var severity: Int {
        if message.isEnd { return 5 }
        return switch message.severity {
        case .critical: 2
        case .warning: 4
        case .information: 6
        }
    }

    private static func value(_ text: String) -> String {
        clean(String(text.prefix(200))).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("]", with: "\\]")
    }

    private static func clean(_ text: String) -> String {
        String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? " " : $0 })
    }

    private static func cut(_ octets: [UInt8]) -> [UInt8] {
        guard octets.count > longest else { return octets }
        var end = longest
        while end > 0, octets[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(octets[..<end])
    }
}
