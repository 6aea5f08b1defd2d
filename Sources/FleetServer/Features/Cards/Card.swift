import FoundationEssentials
import NetVision
import PowerDevice

/// A card of the inventory: who it is and where it is. What it measures at the moment is its `CardStatus`.
struct Card: Sendable, Equatable {
    let id: Int64
    var name: String
    /// Upper case with colons.
    var mac: String?
    var serial: String?
    /// Without a port: the fleet's port offset applies to all cards.
    var address: String
    var generation: CardGeneration
    var kind: DeviceKind
    var model: String?
    var firmware: String?
    /// The agent's own words about itself: `Net Vision 8 v8.00`.
    var agent: String?
    var location: String?
    var site: String?
    var tags: [String]
    var snmpVersion: SNMPAccess.Version
    /// The card whose place this one has taken; its history goes on from there.
    var predecessor: Int64?
    /// The silent card whose place this one seems to have taken, while nobody has decided.
    var place: CardPlace?
    /// Nil: as its group or the configuration says.
    var polling: PollIntervals?
    var `protocol` = CardProtocol.snmp
    /// The name of the profile that it is read by; nil: by its generation.
    var profile: String?
    /// Nil: Modbus clients don't reach it through the server.
    var gateway: CardGateway?
    let createdAt: Date
}

/// A place that a new card may inherit: that of a card which was where it is.
struct CardPlace: Codable, Sendable, Equatable {
    let card: Int64
    let name: String
}

extension Card {
    /// The address of a card that was never configured and has found no DHCP server (manual 4.2).
    static let factoryAddress = "192.168.7.18"

    /// What is wrong with the card's place in the network, whatever it measures; a sentence each.
    var placeWarnings: [String] { Self.placeWarnings(at: address) }

    static func placeWarnings(at address: String) -> [String] {
        guard address == factoryAddress else { return [] }
        return ["Was never configured: \(factoryAddress) is the address of a card that has found no DHCP server."]
    }
}

/// What was found at an address, before it is a card of the inventory.
struct CardFinding: Codable, Sendable, Equatable {
    var address: String
    var identity: CardIdentity
    /// How its SNMP agent answered; absent when it was found otherwise.
    var access: SNMPAccess?
    /// The stored credentials that `access` is of; nil if they were given with the search, or are nobody's secret.
    var credentialSet: Int64?
    /// What showed that it is a card, in words, where it was found without SNMP: `BACnet device 4711 of vendor 591`.
    var evidence: [String] = []
}

extension CardFinding {
    private enum CodingKeys: CodingKey { case address, identity, access, credentialSet, evidence }

    /// Findings that were stored before there was evidence can be read.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        address = try container.decode(String.self, forKey: .address)
        identity = try container.decode(CardIdentity.self, forKey: .identity)
        access = try container.decodeIfPresent(SNMPAccess.self, forKey: .access)
        credentialSet = try container.decodeIfPresent(Int64.self, forKey: .credentialSet)
        evidence = try container.decodeIfPresent([String].self, forKey: .evidence) ?? []
    }
}

/// The secrets with which a card is opened; sealed in the database.
struct CardCredentials: Codable, Sendable, Equatable {
    var snmp: SNMPAccess = .standard
    /// The card's administrator; `admin` unless told otherwise.
    var username: String?
    /// Absent: the card's first password, the last six characters of its MAC.
    var password: String?
}

extension CardCredentials: CustomStringConvertible, CustomDebugStringConvertible {
    var description: String { "CardCredentials(redacted)" }
    var debugDescription: String { description }
}

/// What a card says of its device at the moment, as far as lists and pages need it.
struct CardStatus: Sendable, Equatable {
    var status: OperatingStatus
    /// Why the card is unreachable or unknown, in words.
    var problem: String?
    /// What is wrong beside that, and does not keep the card from being read; a sentence each.
    var warnings: [String] = []
    /// What feeds the load; nil where the card does not tell.
    var outputSource: OutputSource?
    var batteryStatus: BatteryStatus?
    /// What a transfer switch does; nil of a UPS, and without an answer.
    var transfer: TransferState?
    var lastSeen: Date?
    var alarmCount: Int
    var readingsAt: Date?
    var readings: [Variable: Double]

    /// Before the first answer.
    static let unknown = CardStatus(status: .unknown, problem: "Not polled yet.", alarmCount: 0, readings: [:])
}
