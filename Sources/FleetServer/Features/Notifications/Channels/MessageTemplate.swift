import FoundationEssentials
import PowerDevice

/// Makes the body of a webhook.
struct MessageTemplate: Sendable {
    let kind: ChannelSettings.Template
    /// Of `custom`: JSON text with `{{name}}` in its strings.
    let custom: String

    static let placeholders = [
        "messageId", "kind", "severity", "title", "text", "at", "site", "cause", "incident", "alarm", "alarmName", "card", "cardName",
        "cards",
    ]

    func body(_ message: NotificationMessage) -> [UInt8] {
        let text =
            switch kind {
            case .json: JSONCodingText.of(message)
            case .slack: JSONCodingText.of(Slack(text: "*\(Self.headline(message))*\n\(message.text)"))
            case .discord: JSONCodingText.of(Discord(content: String("**\(Self.headline(message))**\n\(message.text)".prefix(2000))))
            case .telegram: JSONCodingText.of(Telegram(text: String("\(Self.headline(message))\n\(message.text)".prefix(4096))))
            case .teams: JSONCodingText.of(TeamsMessage(message, headline: Self.headline(message)))
            case .custom: Self.filled(custom, message)
            }
        return Array(text.utf8)
    }

    /// `🔴 Bern: 12 cards on battery`: what a chat shows first.
    static func headline(_ message: NotificationMessage) -> String {
        if message.isEnd { return "🟢 \(message.title)" }
        let mark =
            switch message.severity {
            case .critical: "🔴"
            case .warning: "🟠"
            case .information: "🔵"
            }
        return "\(mark) \(message.title)"
    }

    /// Replaces each placeholder by its value as the inside of a JSON string; one that is not known, by nothing. What a value contains is
    /// not looked at again.
    static func filled(_ template: String, _ message: NotificationMessage) -> String {
        let values = values(of: message)
        var result = ""
        var rest = Substring(template)
        while let begin = rest.firstRange(of: "{{"), let end = rest[begin.upperBound...].firstRange(of: "}}") {
            result += rest[..<begin.lowerBound]
            let name = rest[begin.upperBound..<end.lowerBound].filter { $0 != " " }
            result += escaped(values[String(name)] ?? "")
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    static func values(of message: NotificationMessage) -> [String: String] {
        [
            "messageId": message.messageId, "kind": message.kind, "severity": message.severity.rawValue, "title": message.title,
            "text": message.text, "at": JSONCoding.timeStyle.format(message.at), "site": message.site ?? "", "cause": message.cause ?? "",
            "incident": message.incident.map(String.init) ?? "", "alarm": message.alarm.map(String.init) ?? "",
            "alarmName": message.alarmName ?? "", "card": message.card.map(String.init) ?? "", "cardName": message.cardName ?? "",
            "cards": "\(message.cards)",
        ]
    }

    private static func escaped(_ text: String) -> String {
        var json = JSONText(capacity: text.utf8.count + 2)
        json.value(text)
        return String(decoding: json.octets.dropFirst().dropLast(), as: UTF8.self)
    }

    /// Slack's incoming webhooks, and those of Mattermost and Rocket.Chat.
    private struct Slack: Encodable { let text: String }
    private struct Discord: Encodable {
        let content: String
        let allowed_mentions = ["parse": [String]()]
    }
    /// `sendMessage` of the Bot API; the chat is a parameter of the URL.
    private struct Telegram: Encodable { let text: String }
}

/// Our own documents always encode.
enum JSONCodingText {
    static func of(_ value: some Encodable) -> String { (try? JSONCoding.text(value)) ?? "{}" }
}

/// An Adaptive Card in the envelope that a Teams workflow takes.
struct TeamsMessage: Encodable {
    struct Attachment: Encodable {
        let contentType = "application/vnd.microsoft.card.adaptive"
        let content: AdaptiveCard
    }

    struct AdaptiveCard: Encodable {
        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case type, version, body
        }

        let schema = "http://adaptivecards.io/schemas/adaptive-card.json"
        let type = "AdaptiveCard"
        let version = "1.4"
        let body: [TextBlock]
    }

    struct TextBlock: Encodable {
        let type = "TextBlock"
        let text: String
        let weight: String
        let wrap = true
    }

    let type = "message"
    let attachments: [Attachment]

    init(_ message: NotificationMessage, headline: String) {
        let blocks = [TextBlock(text: headline, weight: "Bolder"), TextBlock(text: message.text, weight: "Default")]
        attachments = [Attachment(content: AdaptiveCard(body: blocks))]
    }
}
