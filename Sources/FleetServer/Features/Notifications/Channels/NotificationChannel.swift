import FoundationEssentials

/// What became of one attempt to tell something.
enum DeliveryOutcome: Sendable, Equatable {
    /// Taken, and in which words.
    case delivered(String)
    /// Not taken, and it would not be taken again as it is.
    case refused(String)
    /// Not taken now.
    case failed(String)

    var answer: String {
        switch self {
        case .delivered(let words), .refused(let words), .failed(let words): words
        }
    }

    var isDelivered: Bool {
        if case .delivered = self { return true }
        return false
    }
}

/// A way to somebody. An attempt ends by itself after half a minute at the latest.
protocol NotificationChannel: Sendable {
    func send(_ message: NotificationMessage) async -> DeliveryOutcome
    /// Gives up connections that it keeps.
    func close() async
}

extension NotificationChannel {
    func close() async {}
}

enum ChannelKind: String, Sendable, Codable, CaseIterable {
    case mail, webhook, syslog, snmpTrap, mqtt, command

    /// Attempts that may be under way at one time; what belongs to one incident stays in its order in any case.
    var lanes: Int {
        switch self {
        case .webhook: 4
        case .mail: 2
        case .syslog, .snmpTrap, .mqtt, .command: 1
        }
    }

    /// The settings that mean something.
    var settings: Set<String> {
        switch self {
        case .mail: ["host", "port", "security", "username", "from", "to", "caFile"]
        case .webhook: ["url", "template", "body", "headers", "caFile"]
        case .syslog: ["host", "port", "transport", "facility", "caFile"]
        case .snmpTrap: ["host", "port", "version", "confirmed"]
        case .mqtt: ["host", "port", "security", "username", "caFile", "topic", "discoveryPrefix"]
        case .command: ["command", "arguments"]
        }
    }

    /// What is sealed, and never shown.
    var secrets: Set<String> {
        switch self {
        case .mail, .mqtt: ["password"]
        case .webhook: ["url", "signingKey", "authorization"]
        case .syslog, .command: []
        case .snmpTrap: ["community", "user"]
        }
    }
}

/// What a channel is told about its far end. Which of it means something depends on the kind; `docs/notifications.md` has the tables.
struct ChannelSettings: Sendable, Equatable, Codable {
    enum Security: String, Sendable, Codable, CaseIterable { case none, startTLS = "starttls", tls }
    enum Transport: String, Sendable, Codable, CaseIterable { case udp, tcp, tls }
    enum Template: String, Sendable, Codable, CaseIterable { case json, slack, teams, discord, telegram, custom }
    enum TrapVersion: String, Sendable, Codable, CaseIterable { case v2c = "2c", v3 = "3" }

    var host: String?
    var port: Int?
    var security: Security?
    var username: String?
    var from: String?
    var to: [String]?
    var caFile: String?
    var url: String?
    var template: Template?
    var body: String?
    var headers: [String: String]?
    var transport: Transport?
    var facility: Int?
    var version: TrapVersion?
    var confirmed: Bool?
    var topic: String?
    var discoveryPrefix: String?
    var command: String?
    var arguments: [String]?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case host, port, security, username, from, to, caFile, url, template, body, headers, transport, facility, version, confirmed, topic
        case discoveryPrefix, command, arguments
    }

    /// The names of all settings.
    static let names = Set(CodingKeys.allCases.map(\.rawValue))

    /// The names of those that are given.
    var given: Set<String> {
        let pairs: [(String, Bool)] = [
            ("host", host != nil), ("port", port != nil), ("security", security != nil), ("username", username != nil),
            ("from", from != nil), ("to", to != nil), ("caFile", caFile != nil), ("url", url != nil), ("template", template != nil),
            ("body", body != nil), ("headers", headers != nil), ("transport", transport != nil), ("facility", facility != nil),
            ("version", version != nil), ("confirmed", confirmed != nil), ("topic", topic != nil),
            ("discoveryPrefix", discoveryPrefix != nil), ("command", command != nil), ("arguments", arguments != nil),
        ]
        return Set(pairs.filter(\.1).map(\.0))
    }
}

/// A channel as it is stored. Secret: it holds passwords and keys.
struct ChannelRecord: Sendable, Equatable {
    let id: Int64
    var name: String
    var kind: ChannelKind
    var isEnabled: Bool
    var settings: ChannelSettings
    var secrets: [String: String]
    var createdAt: Date
}

extension ChannelRecord: CustomStringConvertible, CustomDebugStringConvertible {
    var description: String { "ChannelRecord(\(id), \(kind.rawValue), redacted)" }
    var debugDescription: String { description }
}
