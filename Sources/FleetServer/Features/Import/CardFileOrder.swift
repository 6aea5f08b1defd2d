import FoundationEssentials
import NetVision
import PowerDevice
import SNMP

/// Why an entry of a file is not taken.
struct CardFileRefusal: Error, Equatable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// An entry of a file, found to be possible.
struct CardFileOrder: Sendable {
    let line: Int
    var address: String?
    var mac: String?
    var serial: String?
    var generation: CardGeneration?
    var change = CardChange()
    /// How its SNMP agent is asked, if the entry says so.
    var access: SNMPAccess?
    /// `access` follows from the version alone, and says nothing of a card that is asked in some way already.
    var isBareVersion = false
    /// The entry says version 3 and names no user, as exported files do: secrets are not written.
    var isSecretVersion = false

    /// Never throws: a wrong entry is a result too.
    static func make(
        _ entry: CardFile.Entry, _ profiles: ProfileLibrary, _ keys: inout CardFileKeys, _ seen: inout CardFileDuplicates
    ) async -> Result<CardFileOrder, CardFileRefusal> {
        do {
            if let problem = entry.problem { throw CardFileRefusal(problem) }
            var order = CardFileOrder(line: entry.line)
            try order.readIdentity(entry)
            try order.readOrganisation(entry, profiles)
            try seen.note(order)
            try await order.readAccess(entry, &keys)
            return .success(order)
        } catch let refusal as CardFileRefusal {
            return .failure(refusal)
        } catch let problem as Problem {
            return .failure(CardFileRefusal(problem.detail))
        } catch {
            return .failure(CardFileRefusal("\(error)"))
        }
    }

    private mutating func readIdentity(_ entry: CardFile.Entry) throws {
        if let text = entry[.address] {
            guard let number = AddressRange.number(text) else { throw CardFileRefusal("\(text) is no IPv4 address.") }
            address = AddressRange.text(number)
        }
        if let text = entry[.mac] {
            guard let parsed = HardwareAddress(text) else { throw CardFileRefusal("\(text) is no MAC: write 00:E0:D8:01:02:03.") }
            mac = parsed.description
        }
        serial = entry[.serial].flatMap(CardIdentity.telling)
        guard (serial?.count ?? 0) <= 64 else { throw CardFileRefusal("A serial number has at most 64 characters.") }
        guard address != nil || mac != nil || serial != nil else {
            throw CardFileRefusal("Nothing tells which card it is: give its address, its MAC or its serial number.")
        }
        if let text = entry[.generation] {
            guard let known = CardGeneration(rawValue: text) else {
                throw CardFileRefusal(
                    "There is no generation \(text). There are \(CardGeneration.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            generation = known
        }
    }

    private mutating func readOrganisation(_ entry: CardFile.Entry, _ profiles: ProfileLibrary) throws {
        change.name = entry[.name]
        change.site = entry[.site]
        change.tags = entry[.tags]?.split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty }
        if let text = entry[.protocol] {
            guard let known = CardProtocol(rawValue: text) else {
                throw CardFileRefusal("There is no protocol \(text). There are snmp, modbus.")
            }
            change.protocol = known
        }
        if let profile = entry[.profile] { change.profile = .set(profile) }
        try change.validate()
        try change.validateProfile(in: profiles)
    }

    private mutating func readAccess(_ entry: CardFile.Entry, _ keys: inout CardFileKeys) async throws {
        let version = try entry[.snmpVersion].map { text in
            guard let version = SNMPAccess.Version(rawValue: text) else {
                throw CardFileRefusal("There is no SNMP version \(text). There are 1, 2c, 3.")
            }
            return version
        }
        let fields = SNMPUserFields(
            user: entry[.user], authProtocol: entry[.authenticationProtocol], authPassword: entry[.authenticationPassword],
            privProtocol: entry[.privacyProtocol], privPassword: entry[.privacyPassword], context: nil)
        if version == .v3 || !fields.isEmpty {
            guard version == nil || version == .v3 else {
                throw CardFileRefusal("Users are version 3's: leave the user out, or the version.")
            }
            guard entry[.community] == nil else { throw CardFileRefusal("Version 3 has users, no communities: give one or the other.") }
            if fields.isEmpty { return isSecretVersion = true }
            access = try await keys.access(fields)
        } else if let community = entry[.community] {
            guard community.utf8.count <= 64 else { throw CardFileRefusal("A community has 1 to 64 bytes.") }
            access = SNMPAccess(communityVersion: version == .v1 ? .v1 : .v2c, readCommunity: community)
        } else if version == .v1 {
            access = SNMPAccess(communityVersion: .v1, readCommunity: SNMPAccess.standard.readCommunity)
            isBareVersion = true
        }
    }

    func finding(at address: String) -> CardFinding {
        CardFinding(
            address: address,
            identity: CardIdentity(generation: generation ?? .unknown, serial: serial, mac: mac), access: access)
    }

    /// Gives the card what the entry says.
    func dress(
        _ card: Card, isNew: Bool, now: Date, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws {
        try learn(card, transaction)
        if let site = change.site { try SiteStore.ensure(site, now: now, transaction) }
        let tags = try change.tags.map { try JSONCoding.text($0) }
        try transaction.execute(
            """
            UPDATE card SET name = COALESCE(?, name), site = COALESCE(?, site), tags = COALESCE(?, tags), protocol = COALESCE(?, protocol),
              profile = COALESCE(?, profile) WHERE id = ?
            """,
            [
                SQLValue(change.name), SQLValue(change.site), SQLValue(tags), SQLValue(change.protocol?.rawValue),
                SQLValue(change.profile.value), .integer(card.id),
            ])
        guard let access, isNew || !isBareVersion else { return }
        var credentials = try CardStore.own(card.id, transaction, secrets) ?? CardCredentials()
        guard !credentials.hasOwnSNMP || credentials.snmp != access else { return }
        credentials.snmp = access
        credentials.hasOwnSNMP = true
        try CardStore.store(credentials, card: card.id, transaction, secrets)
    }

    /// A card that answers knows better where it is and what it is.
    private func learn(_ card: Card, _ transaction: SQLTransaction) throws {
        let answers = try transaction.row(
            "SELECT card_id FROM card_status WHERE card_id = ? AND last_seen IS NOT NULL AND status NOT IN ('unreachable', 'unknown')",
            [.integer(card.id)])
        try transaction.execute(
            "UPDATE card SET mac = COALESCE(mac, ?), serial = COALESCE(serial, ?) WHERE id = ?",
            [SQLValue(mac), SQLValue(serial), .integer(card.id)])
        guard answers == nil else { return }
        try transaction.execute(
            "UPDATE card SET address = COALESCE(?, address), address_number = COALESCE(?, address_number) WHERE id = ?",
            [SQLValue(address), address.map(CardStore.number) ?? .null, .integer(card.id)])
        guard card.agent == nil, let generation, generation != .unknown else { return }
        try transaction.execute("UPDATE card SET generation = ? WHERE id = ?", [.text(generation.rawValue), .integer(card.id)])
    }
}

/// The keys of version 3 users, made once for each user however many cards it opens.
struct CardFileKeys: Sendable {
    private struct User: Hashable { let fields: [String?] }
    private var made: [User: SNMPAccess] = [:]

    mutating func access(_ fields: SNMPUserFields) async throws -> SNMPAccess {
        let user = User(fields: [fields.user, fields.authProtocol, fields.authPassword, fields.privProtocol, fields.privPassword])
        if let access = made[user] { return access }
        var access = SNMPAccess.standard
        access.user = try await fields.user(keeping: nil, in: "user")
        made[user] = access
        return access
    }
}

/// Which lines have named which card.
struct CardFileDuplicates: Sendable {
    private var lines: [String: Int] = [:]

    mutating func note(_ order: CardFileOrder) throws(CardFileRefusal) {
        let names = [
            order.mac.map { "MAC \($0)" }, order.mac == nil ? order.serial.map { "serial number \($0)" } : nil,
            order.address.map { "address \($0)" },
        ].compactMap(\.self)
        for name in names {
            if let line = lines[name] { throw CardFileRefusal("Line \(line) has the \(name) too.") }
        }
        for name in names { lines[name] = order.line }
    }
}
