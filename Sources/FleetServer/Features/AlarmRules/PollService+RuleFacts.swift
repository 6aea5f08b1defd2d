import Alarming
import FoundationEssentials
import NetVision
import PowerDevice
import Synchronization

/// What the poller knows of a card that rules may ask for.
struct PolledFacts: Sendable {
    let card: RuleCard
    let createdAt: Date
    /// Nil where it is not one of now.
    let status: OperatingStatus?
    /// Nil where the last answer is too old.
    let hasFailedTest: Bool?
    /// Whether a battery test is under way.
    let isTesting: Bool
    /// Seconds by which the card's clock is ahead of the server's; nil where nobody has looked of late.
    var clockSkew: Double?
    /// Until when the certificate of its HTTPS is good, as far as it is known.
    var certificateEnd: Date?
}

extension PollService {
    /// How long a look at a card's clock tells something: a few looks may be lost.
    private static let clockPatience = 5 * PollRoster.clockInterval

    /// Of each card that this server polls.
    ///
    /// - Parameter certificates: until when which card's is good.
    func ruleFacts(certificates: [Int64: Date] = [:]) -> [PolledFacts] {
        let now = clock.seconds
        let members = roster.withLock { roster in roster.members.values.filter { roster.isOwn($0.card.id) } }
        return members.map { member in
            let (status, alarms) = (member.monitor.status, member.monitor.alarms)
            let isFresh = member.freshUntil.isFinite && member.freshUntil > now && status.status != .unreachable
            return PolledFacts(
                card: RuleCard(member.card), createdAt: member.card.createdAt,
                status: isFresh || status.status == .unreachable ? status.status : nil,
                hasFailedTest: isFresh ? alarms.contains(.batteryTestFailed) : nil,
                isTesting: isFresh && (status.batteryStatus == .test || alarms.contains(.autoTestRunning)),
                clockSkew: member.clock.flatMap { now - $0.at < Self.clockPatience ? $0.skew : nil },
                certificateEnd: certificates[member.card.id])
        }
    }
}

extension PollService {
    /// Where the cards are that this server polls.
    var places: [CertificateWatch.Place] {
        roster.withLock { roster in
            roster.members.values.compactMap { roster.isOwn($0.card.id) ? .init(card: $0.card.id, address: $0.card.address) : nil }
        }
    }
}

extension RuleCard {
    init(_ card: Card) {
        self.init(id: card.id, name: card.name, generation: card.generation.rawValue, kind: card.kind)
        (site, tags, model) = (card.site, card.tags, card.model)
        (serial, mac, firmware) = (card.serial, card.mac, card.firmware)
    }
}
