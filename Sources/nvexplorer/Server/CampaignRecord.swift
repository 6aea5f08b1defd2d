/// An image of the server's library, with the names of the API.
struct FirmwareRecord: Codable, Sendable, Equatable {
    let id: Int
    let name: String
    @Nullable var format: String? = nil
    @Nullable var product: String? = nil
    @Nullable var version: String? = nil
    @Nullable var minimumVersion: String? = nil
    @Nullable var hardware: [String]? = nil
    @Nullable var size: Int? = nil
    @Nullable var sha256: String? = nil
    @Nullable var signature: String? = nil
    @Nullable var keyId: String? = nil
    @Nullable var uploadedAt: String? = nil
    @Nullable var uploadedBy: String? = nil
}

/// A campaign, with the names of the API.
struct CampaignRecord: Codable, Sendable, Equatable {
    let id: Int
    let name: String
    /// planned, running, paused, halted, done or cancelled.
    let state: String
    @Nullable var haltReason: String? = nil
    @Nullable var total: Int? = nil
    @Nullable var counts: [String: Int]? = nil

    /// Nothing will happen any more unless somebody resumes it.
    var isOver: Bool { ["done", "cancelled", "halted"].contains(state) }
}

/// What `POST /campaigns` takes.
struct NewCampaign: Encodable, Sendable {
    struct Targets: Encodable, Sendable { let cards: [Int] }

    /// Seconds.
    struct Deadlines: Encodable, Sendable {
        let transfer: Double?
        let restart: Double?
        let verify: Double?
    }

    struct Halt: Encodable, Sendable {
        /// A number of cards, or a text like "2%".
        let failures: String

        private enum CodingKeys: CodingKey { case failures }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            if let count = Int(failures) {
                try container.encode(count, forKey: .failures)
            } else {
                try container.encode(failures, forKey: .failures)
            }
        }
    }

    let name: String
    var kind = "firmware"
    let firmware: Int
    let targets: Targets
    var canary: Int?
    var waves: [String]?
    var concurrency: Int?
    var deadlines: Deadlines?
    var halt: Halt?
}

/// What a POST answers that makes something.
struct Created: Decodable, Sendable { let id: Int }

/// What the upgrade command prints at its end.
struct UpgradeReport: Encodable, Sendable {
    @Nullable var campaign: CampaignRecord?
    let cards: [UpgradeRow]
}

/// A search, with the names of the API.
struct DiscoveryRecord: Codable, Sendable, Equatable {
    let id: Int
    let state: String
    @Nullable var probed: Int? = nil
    @Nullable var total: Int? = nil
    @Nullable var found: Int? = nil
    @Nullable var error: String? = nil
}

/// What a search found, with the names of the API.
struct DiscoveredCard: Codable, Sendable, Equatable {
    @Nullable var number: Int? = nil
    let address: String
    @Nullable var mac: String? = nil
    @Nullable var serial: String? = nil
    @Nullable var model: String? = nil
    let generation: String
    @Nullable var firmware: String? = nil
    /// new, known, accepted or ignored; nil without a server.
    @Nullable var state: String? = nil
    /// The card's number at the server.
    @Nullable var card: Int? = nil
    /// Only known without a server.
    @Nullable var name: String? = nil
    @Nullable var dhcp: Bool? = nil
}
