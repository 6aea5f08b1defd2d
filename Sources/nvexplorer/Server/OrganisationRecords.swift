/// The silent card whose place another one seems to have taken.
struct PlaceRecord: Codable, Sendable, Equatable {
    let card: Int
    let name: String

    /// `in the place of Rack 3 (id 12)`
    var words: String { "in the place of \(name) (id \(card))" }
}

/// What was found and is not in the inventory, with the names of the API.
struct CandidateRecord: Codable, Sendable, Equatable {
    static let accepted = "accepted"

    let id: Int
    let address: String
    @Nullable var mac: String? = nil
    @Nullable var serial: String? = nil
    @Nullable var model: String? = nil
    let generation: String
    @Nullable var firmware: String? = nil
    @Nullable var name: String? = nil
    @Nullable var methods: [String]? = nil
    let state: String
    @Nullable var card: Int? = nil
    @Nullable var firstSeen: String? = nil
    @Nullable var lastSeen: String? = nil
    /// The silent card at whose address it is.
    @Nullable var place: PlaceRecord? = nil
    @Nullable var warnings: [String]? = nil
}

struct SiteRecord: NamedRecord {
    static let kind = RecordKind(path: "sites", one: "site", command: "sites")

    let id: Int
    let name: String
    @Nullable var description: String? = nil
    @Nullable var gateway: String? = nil
    let cards: Int
    @Nullable var statuses: [String: Int]? = nil
}

struct TagRecord: Codable, Sendable, Equatable {
    let name: String
    let cards: Int
}

struct PollingRecord: Codable, Sendable, Equatable {
    let statusSeconds: Double
    let fullSeconds: Double

    var words: String { PollOption.words(statusSeconds, fullSeconds) }
}

struct GroupRecord: NamedRecord {
    static let kind = RecordKind(path: "groups", one: "group", command: "groups")

    let id: Int
    let name: String
    let position: Int
    /// Each is a text, or a list of texts.
    @Nullable var filter: [String: FilterText]? = nil
    @Nullable var polling: PollingRecord? = nil
    let cards: Int

    /// `site Berlin, status onBattery or critical`.
    var words: String {
        (filter ?? [:]).filter { !$0.value.texts.isEmpty }.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value.texts.joined(separator: " or "))" }.joined(separator: ", ")
    }
}

/// A condition of a filter: one text, or several of which one must hold.
struct FilterText: Codable, Sendable, Equatable {
    let texts: [String]

    init(texts: [String]) { self.texts = texts }

    var value: APIValue { texts.count == 1 ? .text(texts[0]) : APIValue(texts) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            texts = []
        } else if let list = try? container.decode([String].self) {
            texts = list
        } else {
            texts = [try container.decode(String.self)]
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if texts.count == 1 { try container.encode(texts[0]) } else { try container.encode(texts) }
    }
}

/// Named credentials, without their secrets.
struct CredentialRecord: NamedRecord {
    static let kind = RecordKind(path: "credentials", one: "set of credentials", command: "credentials")

    let id: Int
    let name: String
    let position: Int
    @Nullable var ranges: [String]? = nil
    @Nullable var group: Int? = nil
    @Nullable var version: String? = nil
    @Nullable var user: String? = nil
    /// Nil: none, or an older server that does not tell.
    @Nullable var authProtocol: String? = nil
    @Nullable var privProtocol: String? = nil
    @Nullable var context: String? = nil
    @Nullable var hasPassword: Bool? = nil

    /// `v3 nms SHA AES`
    var words: String {
        [version.map { "v\($0)" }, user, authProtocol, privProtocol].compactMap(\.self).joined(separator: " ")
    }
}

/// What an import did, or would do.
struct ImportRecord: Codable, Sendable, Equatable {
    struct Item: Codable, Sendable, Equatable {
        @Nullable var line: Int? = nil
        @Nullable var address: String? = nil
        let action: String
        @Nullable var card: Int? = nil
        @Nullable var error: String? = nil
    }

    let items: [Item]
    let added: Int
    let updated: Int
    let unchanged: Int
    let refused: Int
}
