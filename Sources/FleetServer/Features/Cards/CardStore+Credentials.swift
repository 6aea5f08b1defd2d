import FoundationEssentials

extension CardStore {
    /// The cards, or all of them, with what opens them, read at one time.
    ///
    /// A card without credentials of its own is opened by the set that found it, else by the first of its groups' sets, else by the first
    /// whose ranges have its address, else by version 2c and the community `public`.
    func cardsWithCredentials(_ ids: [Int64]? = nil) async throws -> [(card: Card, credentials: CardCredentials)] {
        let secrets = secrets
        return try await database.read { transaction in
            let sets = try CredentialSets(transaction, secrets)
            let places = ids.map { " AND c.id IN (\($0.map { _ in "?" }.joined(separator: ", ")))" } ?? ""
            guard ids?.isEmpty != true else { return [] }
            return try transaction.rows(
                "\(Self.select) WHERE c.retired_at IS NULL\(places) ORDER BY c.id", (ids ?? []).map(SQLValue.integer)
            ).map { row in
                let card = try Card(row)
                let own = try row.blob("credentials").map { try Self.opened($0, card: card.id, secrets) }
                let set = sets.credentials(of: card, foundBy: row.integer("credential_set"))
                return (card, (own ?? CardCredentials(hasOwnSNMP: false)).completed(by: set))
            }
        }
    }

    /// What opens the card: its own credentials, or those of a set.
    func credentials(_ id: Int64) async throws -> CardCredentials {
        if let whole = try await cardsWithCredentials([id]).first { return whole.credentials }
        return try await ownCredentials(id) ?? CardCredentials()
    }

    /// The card's own, on which a change is built. What a set says of its agent stands there for a user that is changed in part, and does not
    /// become the card's own unless it is.
    func credentialsToChange(_ id: Int64) async throws -> CardCredentials {
        var own = try await ownCredentials(id) ?? CardCredentials(hasOwnSNMP: false)
        if !own.hasOwnSNMP { own.snmp = try await credentials(id).snmp }
        return own
    }

    /// Those of the card itself; nil if it has none.
    func ownCredentials(_ id: Int64) async throws -> CardCredentials? {
        let secrets = secrets
        return try await database.read { try Self.own(id, $0, secrets) }
    }

    func setCredentials(_ id: Int64, _ credentials: CardCredentials) async throws {
        let secrets = secrets
        try await database.write { try Self.store(credentials, card: id, $0, secrets) }
    }

    /// The card is opened by those of a set from now on.
    func forgetCredentials(_ id: Int64) async throws {
        try await database.write { try $0.execute("UPDATE card SET credentials = NULL WHERE id = ?", [.integer(id)]) }
    }

    /// Those of the card itself; nil if it has none.
    static func own(_ id: Int64, _ transaction: SQLTransaction, _ secrets: SecretBox) throws -> CardCredentials? {
        let row = try transaction.row("SELECT credentials FROM card WHERE id = ?", [.integer(id)])
        return try row?.blob("credentials").map { try opened($0, card: id, secrets) }
    }

    /// A card that has never been read, and for which nobody has said how, takes the way of asking that was found to work.
    static func adopt(_ finding: CardFinding, card id: Int64, _ transaction: SQLTransaction, _ secrets: SecretBox) throws {
        let row = try transaction.row(
            "SELECT c.id FROM card c JOIN card_status s ON s.card_id = c.id WHERE c.id = ? AND s.last_seen IS NULL", [.integer(id)])
        guard row != nil, let access = finding.access else { return }
        let known = try own(id, transaction, secrets)
        guard (known?.snmp ?? .standard) == .standard else { return }
        if let set = finding.credentialSet {
            return try transaction.execute(
                "UPDATE card SET credential_set = ?, credentials = CASE WHEN ? = 1 THEN NULL ELSE credentials END, snmp_version = ? WHERE id = ?",
                [
                    .integer(set), SQLValue(known.map { $0 == CardCredentials() } ?? true), .text(access.version.rawValue), .integer(id),
                ])
        }
        var credentials = known ?? CardCredentials()
        credentials.snmp = access
        credentials.hasOwnSNMP = true
        try store(credentials, card: id, transaction, secrets)
    }

    static func store(
        _ credentials: CardCredentials, card id: Int64, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws {
        var credentials = credentials
        if !credentials.hasOwnSNMP { credentials.snmp = .standard }
        try transaction.execute(
            "UPDATE card SET credentials = ?, snmp_version = COALESCE(?, snmp_version) WHERE id = ?",
            [
                .blob(try sealed(credentials, card: id, secrets)),
                SQLValue(credentials.hasOwnSNMP ? credentials.snmp.version.rawValue : nil), .integer(id),
            ])
    }

    static func sealed(_ credentials: CardCredentials, card: Int64, _ secrets: SecretBox) throws -> [UInt8] {
        try secrets.seal(try JSONCoding.encoder().encode(credentials), context: "card \(card)")
    }

    static func opened(_ sealed: [UInt8], card: Int64, _ secrets: SecretBox) throws -> CardCredentials {
        try JSONCoding.decoder().decode(CardCredentials.self, from: Data(try secrets.open(sealed, context: "card \(card)")))
    }
}
