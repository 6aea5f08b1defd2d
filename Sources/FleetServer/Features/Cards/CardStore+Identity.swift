import FoundationEssentials
import HTTPTypes
import NetVision
import PowerDevice

extension CardStore {
    /// What the poller or a campaign learnt of the card itself. Returns the card that it is.
    ///
    /// That may be another one: a card that was listed by its address alone can turn out to be a card of the inventory, and the two become
    /// one.
    @discardableResult
    func refresh(_ id: Int64, with finding: CardFinding, now: Date) async throws -> Card {
        let secrets = secrets
        return try await database.write { transaction in
            switch try Self.verdict(finding, now: now, transaction) {
            case .card(let other, let duplicate) where other != id:
                try Self.recognise(
                    other, as: finding, hasAnswered: true, absorbing: duplicate == id ? id : nil, now: now, transaction, secrets)
                return try Self.card(other, transaction)
            case .card, .unknown:
                try Self.update(id, with: finding, transaction)
            case .double:
                // Whose identity it carries is in the inventory, and answers: this one stays what it was listed as.
                var rest = finding
                (rest.identity.mac, rest.identity.serial) = (nil, nil)
                try Self.update(id, with: rest, transaction)
            }
            return try Self.card(id, transaction)
        }
    }

    static func verdict(_ finding: CardFinding, now: Date, _ transaction: SQLTransaction) throws -> CardMatch.Verdict {
        let identity = finding.identity
        let rows = try transaction.rows(
            "\(selectEntry) WHERE c.mac = ? OR c.serial = ? OR c.engine = ? OR c.address = ? ORDER BY c.id",
            [SQLValue(identity.mac), SQLValue(identity.tellingSerial), SQLValue(identity.engine), .text(finding.address)])
        return CardMatch(finding: finding, entries: try rows.map { try CardMatch.Entry($0, now: now) }).verdict
    }

    private static let selectEntry = """
        SELECT c.id, c.mac, c.serial, c.engine, c.address, c.generation, c.model, c.retired_at, s.status, s.last_seen
        FROM card c JOIN card_status s ON s.card_id = c.id
        """

    static func card(_ id: Int64, _ transaction: SQLTransaction) throws -> Card {
        guard let row = try transaction.row("\(select) WHERE c.id = ?", [.integer(id)]) else { throw Problem.notFound("card \(id)") }
        return try Card(row)
    }

    static func clone(_ finding: CardFinding, of card: Card) -> Problem {
        Problem(
            .conflict,
            "The card at \(finding.address) carries the MAC \(finding.identity.mac ?? "") of \(card.name), which answers at \(card.address) "
                + "as another. Give one of them its own MAC.")
    }

    /// A new card. At the address of another one, or with its UPS, it is offered the other's place.
    static func add(
        _ finding: CardFinding, now: Date, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws -> Card {
        let id = try transaction.nextKey(for: "card")
        let identity = finding.identity
        let isOwnAccess = finding.access != nil && finding.credentialSet == nil
        let credentials = isOwnAccess ? try sealed(CardCredentials(snmp: finding.access ?? .standard), card: id, secrets) : nil
        try transaction.execute(
            """
            INSERT INTO card (id, name, mac, serial, address, address_number, generation, kind, model, firmware, agent, location, engine,
              snmp_version, credentials, credential_set, place, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(id), .text(firstName(finding)), SQLValue(identity.mac), SQLValue(identity.serial), .text(finding.address),
                number(of: finding.address), .text(identity.generation.rawValue), .text(identity.kind.rawValue), SQLValue(identity.model),
                SQLValue(identity.firmware), SQLValue(identity.agent), SQLValue(identity.location), SQLValue(identity.engine),
                .text((finding.access ?? .standard).version.rawValue), SQLValue(credentials), SQLValue(finding.credentialSet),
                SQLValue(try place(for: finding, besides: id, transaction)?.card), SQLValue(now),
            ])
        try transaction.execute(
            "INSERT INTO card_status (card_id, status, problem) VALUES (?, 'unknown', ?)",
            [.integer(id), SQLValue(CardStatus.unknown.problem)])
        return try card(id, transaction)
    }

    /// The place that a newcomer could take: of a card with the same UPS, else of one at the same address.
    static func place(for finding: CardFinding, besides id: Int64?, _ transaction: SQLTransaction) throws -> CardPlace? {
        let serial = finding.identity.tellingSerial
        let row = try transaction.row(
            """
            SELECT id, name FROM card WHERE id <> ? AND retired_at IS NULL AND (serial = ? OR address = ?)
              AND (mac IS NULL OR ? IS NULL OR mac <> ?)
            ORDER BY CASE WHEN serial = ? THEN 0 ELSE 1 END, id LIMIT 1
            """,
            [
                .integer(id ?? 0), SQLValue(serial), .text(finding.address), SQLValue(finding.identity.mac), SQLValue(finding.identity.mac),
                SQLValue(serial),
            ])
        guard let row else { return nil }
        return CardPlace(card: try row.required("id"), name: try row.required("name"))
    }

    /// The card was found: it is where the finding is, and in the inventory again if it was retired.
    ///
    /// - Parameter hasAnswered: the card itself has answered there. Where it has only been heard of (an entry of the neighbour table can be of
    ///   yesterday, an announcement made up), a card that answers at its address stays there.
    static func recognise(
        _ id: Int64, as finding: CardFinding, hasAnswered: Bool, absorbing duplicate: Int64?, now: Date, _ transaction: SQLTransaction,
        _ secrets: SecretBox
    ) throws {
        var finding = finding
        let row = hasAnswered ? nil : try transaction.row("\(selectEntry) WHERE c.id = ?", [.integer(id)])
        if let entry = try row.map({ try CardMatch.Entry($0, now: now) }), entry.isAnswering, entry.address != finding.address {
            finding.address = entry.address
        } else if let duplicate {
            try absorb(duplicate, into: id, now: now, transaction, secrets)
        }
        try update(id, with: finding, transaction)
        if finding.access != nil { try adopt(finding, card: id, transaction, secrets) }
    }

    static func update(_ id: Int64, with finding: CardFinding, _ transaction: SQLTransaction) throws {
        let identity = finding.identity
        let moved = try transaction.row(
            "SELECT 1 AS moved FROM card WHERE id = ? AND address <> ?", [.integer(id), .text(finding.address)])
        if moved != nil {
            try transaction.execute("UPDATE card SET place = NULL WHERE id = ? OR place = ?", [.integer(id), .integer(id)])
        }
        if finding.isHearsay {
            return try transaction.execute(
                "UPDATE card SET model = COALESCE(model, ?), firmware = COALESCE(firmware, ?) WHERE id = ?",
                [SQLValue(identity.model), SQLValue(identity.firmware), .integer(id)])
        }
        let generation = SQLValue.text(identity.generation.rawValue)
        try transaction.execute(
            """
            UPDATE card SET retired_at = NULL, address = ?, address_number = ?, mac = COALESCE(?, mac), serial = COALESCE(?, serial),
              kind = COALESCE(?, kind),
              generation = CASE WHEN generation = 'CardAgent' AND ? = 'NV8' OR ? = 'unknown' THEN generation ELSE ? END,
              model = COALESCE(?, model), firmware = COALESCE(?, firmware), agent = COALESCE(?, agent), location = COALESCE(?, location),
              engine = CASE WHEN ? IS NULL AND ? IS NULL THEN COALESCE(?, engine) ELSE NULL END
            WHERE id = ?
            """,
            [
                .text(finding.address), number(of: finding.address), SQLValue(identity.mac), SQLValue(identity.serial),
                SQLValue(identity.tellsKind ? identity.kind.rawValue : nil), generation, generation, generation, SQLValue(identity.model),
                SQLValue(identity.firmware), SQLValue(identity.agent), SQLValue(identity.location),
                SQLValue(identity.mac), SQLValue(identity.serial), SQLValue(identity.engine), .integer(id),
            ])
    }

    static func number(of address: String) -> SQLValue { SQLValue(AddressRange.number(address).map { Int64($0) }) }

    /// A name to start with: what the card calls itself, else its model and where it is.
    static func firstName(_ finding: CardFinding) -> String {
        let factoryNames: Set<String> = ["Net Vision", "NET VISION"]
        if let name = finding.identity.name, !name.isEmpty, !factoryNames.contains(name) { return name }
        let generation = finding.identity.generation
        return "\(finding.identity.model ?? (generation == .unknown ? "Card" : generation.rawValue)) \(finding.address)"
    }
}
