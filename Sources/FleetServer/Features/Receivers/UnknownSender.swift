import FoundationEssentials
import NetVision
import SNMP

/// Somebody who sends traps or syslog and is no card of the inventory, or whose traps are refused.
struct UnknownSender: Sendable, Encodable {
    enum Kind: String, Sendable, Codable, CaseIterable {
        case trap
        /// A notification that is not let in: its community, user, key or clock.
        case refusedTrap
        case syslog
    }

    let address: String
    let `protocol`: Kind
    /// In hexadecimal with colons.
    @Nullable var engine: String?
    let firstAt: Date
    let lastAt: Date
    let count: Int64
    @Nullable var lastText: String?
    /// The card at the address: its traps are refused.
    @Nullable var card: Int64?
}

/// Who was heard since the last write to the database. Pure and bounded: however many addresses are forged, no more are kept.
struct UnknownSenders: Sendable, Equatable {
    /// Addresses between two writes; what more of them send is counted only.
    static let capacity = 2000
    /// Characters of a text that are kept.
    static let textLength = 200

    struct Key: Hashable, Sendable {
        let address: String
        let kind: UnknownSender.Kind
    }

    struct Sighting: Sendable, Equatable {
        var count: UInt64
        var firstAt: Date
        var lastAt: Date
        var engine: EngineID?
        var text: String?
    }

    private(set) var sightings: [Key: Sighting] = [:]
    /// Messages of senders for which there was no room.
    private(set) var unlisted: UInt64 = 0

    mutating func note(_ key: Key, count: UInt64 = 1, engine: EngineID? = nil, text: String?, at: Date) {
        guard count > 0 else { return }
        let sighting = Sighting(count: count, firstAt: at, lastAt: at, engine: engine, text: text.map(Self.harmless))
        merge(key, sighting)
    }

    /// What could not be written is noted again.
    mutating func merge(_ key: Key, _ sighting: Sighting) {
        guard var known = sightings[key] else {
            guard sightings.count < Self.capacity else { return unlisted &+= sighting.count }
            sightings[key] = sighting
            return
        }
        known.count &+= sighting.count
        if sighting.lastAt >= known.lastAt {
            known.engine = sighting.engine ?? known.engine
            known.text = sighting.text ?? known.text
        }
        known.firstAt = min(known.firstAt, sighting.firstAt)
        known.lastAt = max(known.lastAt, sighting.lastAt)
        sightings[key] = known
    }

    mutating func take() -> [Key: Sighting] {
        defer { sightings.removeAll(keepingCapacity: true) }
        return sightings
    }

    /// Cut to its length, and without what looks like a secret: what stands behind "password=", "community:" and the like.
    static func harmless(_ text: String) -> String {
        let secrets: Set<String> = ["password", "passwd", "pwd", "passphrase", "secret", "community", "token", "key", "authorization"]
        var words: [Substring] = []
        var isSecret = false
        for word in text.prefix(4 * textLength).split(separator: " ") {
            if isSecret {
                words.append("***")
                isSecret = false
                continue
            }
            let end = word.firstIndex { $0 == "=" || $0 == ":" }
            let name = (end.map { word[..<$0] } ?? word).lowercased().filter { $0.isLetter }
            guard let end, secrets.contains(where: { name.hasSuffix($0) }) else {
                words.append(word)
                continue
            }
            words.append(word[...end] + (word.index(after: end) == word.endIndex ? "" : "***"))
            isSecret = word.index(after: end) == word.endIndex
        }
        return String(words.joined(separator: " ").prefix(textLength))
    }
}

extension TrapIntake.Arrival {
    /// What was sent, in words: `v2c trap upsTrapOnBattery`.
    var words: String {
        let name = CardTrap(notification).map(\.name) ?? "\(notification.trapOID)"
        return "SNMP \(version.rawValue) \(isInform ? "inform" : "trap") \(name)"
    }
}

extension RefusedSender {
    /// Why, in words.
    var words: String {
        let of = user.map { " of the user \"\($0)\"" } ?? ""
        return switch reason {
        case .unknownCommunity: "Refused: its community is none of traps.communities."
        case .unknownUser: "Refused: there is no SNMPv3 user\(user.map { " \"\($0)\"" } ?? "") in the inventory or in traps.users."
        case .wrongDigest: "Refused: not signed with the key\(of)."
        case .unsupportedSecurityLevel: "Refused: not at the security level\(of)."
        case .decryption: "Refused: not encrypted with the privacy key\(of)."
        case .notInTimeWindow: "Refused: older than what the engine has sent before; its clock or its count of starts went back."
        case .unknownContext: "Refused: for a context that is not the default one."
        case .rateLimited: "Refused: too many engines that were never heard before."
        case .malformed, .unsupportedVersion, .notANotification, .queueFull: "Refused: \(reason.rawValue)."
        }
    }
}
