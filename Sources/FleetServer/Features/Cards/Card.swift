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
    let createdAt: Date
}

/// What was found at an address, before it is a card of the inventory.
struct CardFinding: Codable, Sendable, Equatable {
    var address: String
    var identity: CardIdentity
    /// How its SNMP agent answered; absent when it was found otherwise.
    var access: SNMPAccess?
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
