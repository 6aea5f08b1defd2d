/// What was found and is not in the inventory, with the names of the API.
struct CandidateRecord: Codable, Sendable, Equatable {
    struct Place: Codable, Sendable, Equatable {
        let card: Int
        let name: String
    }

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
    @Nullable var place: Place? = nil
    @Nullable var warnings: [String]? = nil
}

struct SiteRecord: Codable, Sendable, Equatable {
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
}

struct GroupRecord: Codable, Sendable, Equatable {
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
struct CredentialRecord: Codable, Sendable, Equatable {
    let id: Int
    let name: String
    let position: Int
    @Nullable var ranges: [String]? = nil
    @Nullable var group: Int? = nil
    @Nullable var version: String? = nil
    @Nullable var user: String? = nil
    @Nullable var hasPassword: Bool? = nil
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
