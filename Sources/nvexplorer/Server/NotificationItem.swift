/// A message to one channel, and what became of it, with the names of the API.
struct NotificationItem: Decodable, Sendable, Equatable {
    static let path = "notifications"
    static let delivered = "delivered"

    let id: Int
    var messageId: String?
    var channel: Int?
    var channelName: String?
    var route: APIValue?
    /// opened, changed, ended, single …
    let kind: String
    let severity: String
    var incident: Int?
    var alarm: Int?
    /// waiting, sending, delivered, failed, suppressed or digested.
    let state: String
    var reason: String?
    let createdAt: String
    var dueAt: String?
    var attempts: Int?
    var attemptedAt: String?
    var endedAt: String?
    /// What the far end said.
    var answer: String?
    var title: String?
    var text: String?

    var to: String? { channelName ?? channel.map { "channel \($0)" } }
}

/// Who would be told.
struct NotificationPreview: Decodable, Sendable, Equatable {
    struct Message: Decodable, Sendable, Equatable {
        let channel: Int
        var channelName: String?
        let at: String
        var reason: String?
        /// Of an escalation, counted from 1.
        var step: Int?
    }

    /// Those that match, in their order.
    let routes: [String]
    let messages: [Message]
    /// Why nobody is told.
    var suppressed: String?
}

/// A way to tell people, without its secrets.
struct ChannelFields: NamedFields {
    static let kind = RecordKind(path: "notifications/channels", one: "channel", command: "channels")

    let id: Int
    let name: String
    let kind: String
    var isEnabled: Bool?
    var settings: APIValue?
}

/// What the far end of a channel said to a test.
struct ChannelTestReport: Codable, Sendable, Equatable {
    let delivered: Bool
    @Nullable var answer: String?
    @Nullable var milliseconds: Double?
}

/// Which messages go to which channels; what it matches is the server's business.
struct RouteFields: NamedFields {
    static let kind = RecordKind(path: "notifications/routes", one: "route", command: "routes")

    let id: Int
    let name: String
    var position: Int?
    var isEnabled: Bool?
}

/// A time in which nobody is told.
struct WindowFields: NamedFields {
    static let kind = RecordKind(path: "notifications/windows", one: "maintenance window", command: "windows")

    let id: Int
    let name: String
    var isOpen: Bool?
}

extension FleetAPI {
    /// The number of the channel of an id or a name. Only administrators may ask for the names.
    func channelNumber(_ text: String) async throws -> Int {
        if let number = CardSelector(text).number { return number }
        return try await record(text, ChannelRecord.self).id
    }

    /// What the channels are called; nothing for whom that is not told.
    func channelNames() async throws -> [Int: String] {
        do {
            let channels: [ChannelRecord] = try await list(ChannelFields.kind.path)
            return Dictionary(channels.map { ($0.id, $0.name) }) { first, _ in first }
        } catch let failure as CommandFailure where failure.code == .refused {
            return [:]
        }
    }
}

typealias ChannelRecord = Answer<ChannelFields>
typealias RouteRecord = Answer<RouteFields>
typealias WindowRecord = Answer<WindowFields>
