/// Who sends traps or syslog messages and is no card of the inventory, or is one whose traps are refused.
struct UnknownSender: Decodable, Sendable, Equatable {
    static let path = "unknown-senders"

    let address: String
    let `protocol`: String
    var engine: String?
    var firstAt: String?
    let lastAt: String
    let count: Int
    var lastText: String?
}

/// Where the server hears what is sent to it, with the names of the API.
struct ReceiverItem: Decodable, Sendable, Equatable {
    let kind: String
    let state: String
    var address: String?
    var problem: String?
    let received: Int
    let dropped: Int
}
