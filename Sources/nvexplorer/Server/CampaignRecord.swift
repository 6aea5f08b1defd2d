/// An image of the server's library, with the names of the API.
struct FirmwareRecord: Codable, Sendable, Equatable {
    let id: Int
    let name: String
    var format: String?
    var product: String?
    var version: String?
    var minimumVersion: String?
    var hardware: [String]?
    var size: Int?
    var sha256: String?
    var signature: String?
    var keyId: String?
    var uploadedAt: String?
    var uploadedBy: String?
}

/// A campaign, with the names of the API.
struct CampaignRecord: Codable, Sendable, Equatable {
    let id: Int
    let name: String
    /// planned, running, paused, halted, done or cancelled.
    let state: String
    var haltReason: String?
    var total: Int?
    var counts: [String: Int]?

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

/// What the upgrade command prints at its end.
struct UpgradeReport: Encodable, Sendable {
    let campaign: CampaignRecord?
    let cards: [UpgradeRow]
}

/// A search, with the names of the API.
struct DiscoveryRecord: Codable, Sendable, Equatable {
    let id: Int
    let state: String
    var probed: Int?
    var total: Int?
    var found: Int?
    var error: String?
}

/// What a search found, with the names of the API.
struct DiscoveredCard: Codable, Sendable, Equatable {
    var number: Int?
    let address: String
    var mac: String?
    var serial: String?
    var model: String?
    let generation: String
    var firmware: String?
    /// new, known, accepted or ignored; nil without a server.
    var state: String?
    /// The card's number at the server.
    var card: Int?
    /// Only known without a server.
    var name: String?
    var dhcp: Bool?
}
