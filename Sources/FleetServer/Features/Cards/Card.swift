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
    /// Since when it is out of the inventory.
    var retiredAt: Date?
    /// The card that has taken its place; nil of a card that is in its place.
    var successor: Int64?
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
    /// Whether `snmp` counts; else the card's agent is asked as a set of credentials says.
    var hasOwnSNMP = true
    /// The card's administrator; `admin` unless told otherwise.
    var username: String?
    /// Absent: the card's first password, the last six characters of its MAC.
    var password: String?
}

extension CardCredentials {
    /// With what a request gives; what it leaves out stays. Throws a `Problem`; `place` is where its SNMP credentials are.
    func changed(username: String?, password: String?, snmp: SNMPAccessFields?, in place: String) async throws -> CardCredentials {
        var changed = self
        changed.username = username ?? changed.username
        changed.password = password ?? changed.password
        if let snmp {
            changed.snmp = try await snmp.applied(to: changed.snmp, in: place)
            changed.hasOwnSNMP = true
        }
        return changed
    }

    /// What opens a card that has these of its own, if a set has others for it.
    func completed(by set: CardCredentials?) -> CardCredentials {
        var whole = self
        if !hasOwnSNMP { whole.snmp = set?.snmp ?? .standard }
        whole.username = username ?? set?.username
        whole.password = password ?? set?.password
        return whole
    }

    private enum CodingKeys: CodingKey { case snmp, hasOwnSNMP, username, password }

    /// Credentials that were stored before a card could go without SNMP credentials of its own have them.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        snmp = try container.decode(SNMPAccess.self, forKey: .snmp)
        hasOwnSNMP = try container.decodeIfPresent(Bool.self, forKey: .hasOwnSNMP) ?? true
        username = try container.decodeIfPresent(String.self, forKey: .username)
        password = try container.decodeIfPresent(String.self, forKey: .password)
    }
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
    /// When all of the readings were read last. Those of the status points may be newer, as `lastSeen`.
    var readingsAt: Date?
    var readings: [Variable: Double]

    /// Before the first answer.
    static let unknown = CardStatus(status: .unknown, problem: "Not polled yet.", alarmCount: 0, readings: [:])
}
