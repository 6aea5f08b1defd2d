import FoundationEssentials

/// A change that is brought to many cards.
struct Campaign: Sendable, Equatable {
    enum Kind: String, Codable, Sendable, CaseIterable { case firmware }

    enum State: String, Codable, Sendable, CaseIterable {
        case planned, running, paused, halted, done, cancelled

        /// Nothing more happens in it by itself or by request.
        var isFinal: Bool { self == .done || self == .cancelled }
    }

    let id: Int64
    let name: String
    let kind: Kind
    let firmwareID: Int64
    var state: State
    var haltReason: String?
    let plan: CampaignPlan
    let createdAt: Date
    var startedAt: Date?
    var finishedAt: Date?
    let createdBy: String
}

/// One card of a campaign.
struct CampaignCard: Sendable, Equatable {
    /// The steps in their order, then the ends. A state is stored before its work begins.
    enum State: String, Codable, Sendable, CaseIterable {
        case queued, preflight, unlock, transfer, restart, verify
        case done, failed, quarantined, skipped

        var isFinal: Bool {
            switch self {
            case .done, .failed, .quarantined, .skipped: true
            case .queued, .preflight, .unlock, .transfer, .restart, .verify: false
            }
        }

        /// Counts against the campaign's halt rule.
        var isFailure: Bool { self == .failed || self == .quarantined }
    }

    let campaign: Int64
    let card: Int64
    /// The card's place in the campaign's order, from 0.
    let position: Int
    let wave: Int
    var state: State
    /// Why the card failed or was skipped.
    var error: String?
    /// Transfers that were begun.
    var transfers: Int
    var fromVersion: String?
    var toVersion: String?
    var updatedAt: Date
}

extension Campaign {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), name: try row.required("name"), kind: Kind(rawValue: try row.required("kind")) ?? .firmware,
            firmwareID: try row.required("firmware_id"), state: State(rawValue: try row.required("state")) ?? .halted,
            haltReason: row.text("halt_reason"), plan: try JSONCoding.value(CampaignPlan.self, from: try row.required("plan")),
            createdAt: try row.requiredDate("created_at"), startedAt: row.date("started_at"), finishedAt: row.date("finished_at"),
            createdBy: try row.required("created_by"))
    }
}

extension CampaignCard {
    init(_ row: SQLRow) throws {
        self.init(
            campaign: try row.required("campaign_id"), card: try row.required("card_id"),
            position: Int(try row.required("position", as: Int64.self)),
            wave: Int(try row.required("wave", as: Int64.self)), state: State(rawValue: try row.required("state")) ?? .failed,
            error: row.text("error"), transfers: Int(try row.required("transfers", as: Int64.self)), fromVersion: row.text("from_version"),
            toVersion: row.text("to_version"), updatedAt: try row.requiredDate("updated_at"))
    }
}
