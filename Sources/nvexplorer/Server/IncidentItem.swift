/// Alarms of one cause, with the names of the API.
struct IncidentItem: Decodable, Sendable, Equatable {
    static let path = "incidents"

    let id: Int
    var site: String?
    let cause: String
    let title: String
    let severity: String
    /// open or ended.
    let state: String
    let openedAt: String
    var endedAt: String?
    var changedAt: String?
    /// Cards that have been in it, and those that still are.
    let cards: Int
    let active: Int
    /// Members that were told of on their own.
    var singles: Int?
    var acknowledgedAt: String?
    var acknowledgedBy: String?

    /// `34 cards, 5 still active, 2 told on their own`
    var size: String {
        let alone = singles.flatMap { $0 > 0 ? ", \($0) told on their own" : nil } ?? ""
        return "\(CardTable.count(cards)), \(active) still active\(alone)"
    }
}

/// A card's part in an incident.
struct IncidentMemberItem: Decodable, Sendable, Equatable {
    var alarm: APIValue?
    var card: Int?
    var cardName: String?
    var title: String?
    var severity: String?
    var state: String?
    var joinedAt: String?
    var clearedAt: String?
    var singledAt: String?
}
