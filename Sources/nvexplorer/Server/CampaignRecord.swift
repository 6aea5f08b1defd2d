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
