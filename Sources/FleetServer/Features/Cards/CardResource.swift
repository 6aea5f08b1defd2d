import FoundationEssentials
import Hummingbird
import NetVision
import PowerDevice

/// A card as the API shows it.
struct CardResource: ResponseEncodable, Sendable {
    let card: Card
    let status: CardStatus
    /// The fields to show; nil shows all.
    var fields: Set<String>?
    /// Shown only to who asks for it.
    var health: PollHealthResource?

    init(_ row: CardListing.Row, fields: Set<String>? = nil) {
        self.init(card: row.card, status: row.status, fields: fields)
    }

    init(card: Card, status: CardStatus, fields: Set<String>? = nil) {
        self.card = card
        self.status = status
        self.fields = fields
    }

    enum Field: String, CodingKey, CaseIterable {
        case id, name, mac, serial, address, generation, kind, model, firmware, agent, status, problem, warnings, site, tags, location,
            lastSeen
        case alarmCount, outputSource, batteryStatus, transfer, webPort, summary, createdAt, predecessor, place, polling, `protocol`,
            profile, gateway, health, retiredAt, successor
    }

    /// The values that a list shows.
    static let summaryVariables: [Variable] = [.load, .batteryCharge, .batteryRuntime]

    var summary: [String: Double] {
        let pairs = Self.summaryVariables.compactMap { variable in status.readings[variable].map { (variable.rawValue, $0) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// The port of the card's own web pages; nil where there are none.
    var webPort: Int? { card.generation.isNetVision && card.generation != .cardAgent ? 80 : nil }

    func isShown(_ field: Field) -> Bool { field == .id || fields?.contains(field.rawValue) ?? (field != .health) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Field.self)
        for field in Field.allCases where isShown(field) {
            try encode(field, into: &container)
        }
    }

    private func encode(_ field: Field, into container: inout KeyedEncodingContainer<Field>) throws {
        switch field {
        case .id: try container.encode(card.id, forKey: field)
        case .name: try container.encode(card.name, forKey: field)
        case .mac: try container.encode(card.mac, forKey: field)
        case .serial: try container.encode(card.serial, forKey: field)
        case .address: try container.encode(card.address, forKey: field)
        case .generation: try container.encode(card.generation.rawValue, forKey: field)
        case .kind: try container.encode(card.kind, forKey: field)
        case .model: try container.encode(card.model, forKey: field)
        case .firmware: try container.encode(card.firmware, forKey: field)
        case .agent: try container.encode(card.agent, forKey: field)
        case .status: try container.encode(status.status, forKey: field)
        case .problem: try container.encode(status.problem, forKey: field)
        case .warnings: try container.encode(card.placeWarnings + status.warnings, forKey: field)
        case .site: try container.encode(card.site, forKey: field)
        case .tags: try container.encode(card.tags, forKey: field)
        case .location: try container.encode(card.location, forKey: field)
        case .lastSeen: try container.encode(status.lastSeen, forKey: field)
        case .alarmCount: try container.encode(status.alarmCount, forKey: field)
        case .outputSource: try container.encode(status.outputSource, forKey: field)
        case .batteryStatus: try container.encode(status.batteryStatus, forKey: field)
        case .transfer: try container.encode(status.transfer.map(TransferResource.init), forKey: field)
        case .webPort: try container.encode(webPort, forKey: field)
        case .summary: try container.encode(summary, forKey: field)
        case .createdAt: try container.encode(card.createdAt, forKey: field)
        case .predecessor: try container.encode(card.predecessor, forKey: field)
        case .place: try container.encode(card.place, forKey: field)
        case .polling: try container.encode(card.polling, forKey: field)
        case .protocol: try container.encode(card.protocol, forKey: field)
        case .profile: try container.encode(card.profile, forKey: field)
        case .gateway: try container.encode(card.gateway, forKey: field)
        case .health: try container.encode(health, forKey: field)
        case .retiredAt: try container.encode(card.retiredAt, forKey: field)
        case .successor: try container.encode(card.successor, forKey: field)
        }
    }
}

/// What a transfer switch does, as the API shows it.
struct TransferResource: Encodable, Sendable {
    let source1: TransferState.SourceStatus
    let source2: TransferState.SourceStatus
    /// 1 or 2.
    @Nullable var preferredSource: Int?
    let interaction: TransferState.Interaction
    let load: TransferState.LoadStatus
    let output: TransferState.OutputStatus

    init(_ state: TransferState) {
        source1 = state.source1
        source2 = state.source2
        preferredSource = state.preferredSource
        interaction = state.interaction
        load = state.load
        output = state.output
    }
}

/// Live values as the API shows them.
struct ReadingsResource: ResponseEncodable, Sendable {
    @Nullable var at: Date?
    let values: [String: Double]

    init(at: Date?, readings: [Variable: Double]) {
        self.at = at
        values = Dictionary(uniqueKeysWithValues: readings.map { ($0.key.rawValue, $0.value) })
    }
}
