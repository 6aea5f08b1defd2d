import FoundationEssentials
import NetVision
import PowerDevice

/// The inventory. A card is recognised by its MAC or the serial number of its UPS, never by its address.
struct CardStore: Sendable {
    let database: FleetDatabase
    let secrets: SecretBox

    struct Enrolment: Sendable, Equatable {
        let card: Card
        let isNew: Bool
    }

    /// Takes what was found into the inventory: a known card gets its new address, firmware and so on, an unknown one is added.
    func enroll(_ finding: CardFinding, now: Date) async throws -> Enrolment {
        let secrets = secrets
        return try await database.write { transaction in
            if let id = try Self.match(finding, transaction) {
                try Self.update(id, with: finding, transaction)
                if let access = finding.access { try Self.adopt(access, card: id, transaction, secrets) }
                return Enrolment(card: try Self.card(id, transaction), isNew: false)
            }
            let id = try transaction.nextKey(for: "card")
            let access = finding.access ?? .standard
            let credentials = try Self.sealed(CardCredentials(snmp: access), card: id, secrets)
            try transaction.execute(
                """
                INSERT INTO card (id, name, mac, serial, address, generation, kind, model, firmware, agent, location, snmp_version,
                  credentials, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(id), .text(Self.firstName(finding)), SQLValue(finding.identity.mac), SQLValue(finding.identity.serial),
                    .text(finding.address),
                    .text(finding.identity.generation.rawValue), .text(finding.identity.kind.rawValue), SQLValue(finding.identity.model),
                    SQLValue(finding.identity.firmware),
                    SQLValue(finding.identity.agent), SQLValue(finding.identity.location), .text(access.version.rawValue),
                    .blob(credentials), SQLValue(now),
                ])
            try transaction.execute(
                "INSERT INTO card_status (card_id, status, problem) VALUES (?, 'unknown', ?)",
                [.integer(id), SQLValue(CardStatus.unknown.problem)])
            return Enrolment(card: try Self.card(id, transaction), isNew: true)
        }
    }

    /// The card of the inventory that a finding is, if any.
    func known(_ finding: CardFinding) async throws -> Int64? {
        try await database.read { try Self.match(finding, $0) }
    }

    func card(_ id: Int64) async throws -> Card? {
        try await database.read { transaction in
            try transaction.row("SELECT * FROM card WHERE id = ? AND retired_at IS NULL", [.integer(id)]).map(Card.init)
        }
    }

    func cards() async throws -> [Card] {
        try await database.read { transaction in
            try transaction.rows("SELECT * FROM card WHERE retired_at IS NULL ORDER BY id").map(Card.init)
        }
    }

    /// All cards with what opens them, read at one time.
    func cardsWithCredentials() async throws -> [(card: Card, credentials: CardCredentials)] {
        let secrets = secrets
        return try await database.read { transaction in
            try transaction.rows("SELECT * FROM card WHERE retired_at IS NULL ORDER BY id").map { row in
                let card = try Card(row)
                let credentials = try row.blob("credentials").map { try Self.opened($0, card: card.id, secrets) }
                return (card, credentials ?? CardCredentials())
            }
        }
    }

    /// The cards with these keys, retired ones too.
    func cards(_ ids: [Int64]) async throws -> [Int64: Card] {
        guard !ids.isEmpty else { return [:] }
        let places = ids.map { _ in "?" }.joined(separator: ", ")
        return try await database.read { transaction in
            let found = try transaction.rows("SELECT * FROM card WHERE id IN (\(places))", ids.map(SQLValue.integer)).map(Card.init)
            return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
        }
    }

    func rename(_ id: Int64, to name: String) async throws {
        try await change(id, "name", .text(name))
    }

    func move(_ id: Int64, toSite site: String?) async throws {
        try await change(id, "site", SQLValue(site))
    }

    /// The card was given another address; it is polled there from now on.
    func readdress(_ id: Int64, to address: String) async throws {
        try await change(id, "address", .text(address))
    }

    func tag(_ id: Int64, _ tags: [String]) async throws {
        try await change(id, "tags", .text(JSONCoding.text(tags)))
    }

    /// What the poller or a campaign learnt of the card itself.
    func refresh(_ id: Int64, with finding: CardFinding) async throws {
        try await database.write { try Self.update(id, with: finding, $0) }
    }

    /// Takes the card out of the inventory; its history stays. Found again, it comes back as the card it was.
    func retire(_ id: Int64, now: Date) async throws {
        try await change(id, "retired_at", SQLValue(now))
    }

    func credentials(_ id: Int64) async throws -> CardCredentials {
        let secrets = secrets
        return try await database.read { transaction in
            let row = try transaction.row("SELECT credentials FROM card WHERE id = ?", [.integer(id)])
            guard let sealed = row?.blob("credentials") else { return CardCredentials() }
            return try Self.opened(sealed, card: id, secrets)
        }
    }

    func setCredentials(_ id: Int64, _ credentials: CardCredentials) async throws {
        let secrets = secrets
        try await database.write { try Self.store(credentials, card: id, $0, secrets) }
    }

    private func change(_ id: Int64, _ column: String, _ value: SQLValue) async throws {
        try await database.write { try $0.execute("UPDATE card SET \(column) = ? WHERE id = ?", [value, .integer(id)]) }
    }
}

extension CardStore {
    /// By MAC; else by serial number, unless both MACs are known and differ; else, for what has neither, by address.
    private static func match(_ finding: CardFinding, _ transaction: SQLTransaction) throws -> Int64? {
        if let mac = finding.identity.mac, let row = try transaction.row("SELECT id FROM card WHERE mac = ?", [.text(mac)]) {
            return row.integer("id")
        }
        if let serial = finding.identity.serial {
            let row = try transaction.row(
                "SELECT id FROM card WHERE serial = ? AND (mac IS NULL OR ? IS NULL) ORDER BY id LIMIT 1",
                [.text(serial), SQLValue(finding.identity.mac)])
            if let row { return row.integer("id") }
        }
        let row = try transaction.row(
            """
            SELECT id FROM card WHERE address = ? AND (mac IS NULL OR ? IS NULL) AND (serial IS NULL OR ? IS NULL)
            ORDER BY id LIMIT 1
            """, [.text(finding.address), SQLValue(finding.identity.mac), SQLValue(finding.identity.serial)])
        return row?.integer("id")
    }

    private static func update(_ id: Int64, with finding: CardFinding, _ transaction: SQLTransaction) throws {
        try transaction.execute(
            """
            UPDATE card SET retired_at = NULL, address = ?, mac = COALESCE(?, mac), serial = COALESCE(?, serial),
              kind = COALESCE(?, kind),
              generation = CASE WHEN generation = 'CardAgent' AND ? = 'NV8' THEN generation ELSE ? END, model = COALESCE(?, model),
              firmware = COALESCE(?, firmware), agent = COALESCE(?, agent), location = COALESCE(?, location)
            WHERE id = ?
            """,
            [
                .text(finding.address), SQLValue(finding.identity.mac), SQLValue(finding.identity.serial),
                SQLValue(finding.identity.tellsKind ? finding.identity.kind.rawValue : nil),
                .text(finding.identity.generation.rawValue), .text(finding.identity.generation.rawValue), SQLValue(finding.identity.model),
                SQLValue(finding.identity.firmware), SQLValue(finding.identity.agent), SQLValue(finding.identity.location), .integer(id),
            ])
    }

    /// A card that has never been read, and for which nobody has said how, takes the way of asking that was found to work.
    private static func adopt(_ access: SNMPAccess, card id: Int64, _ transaction: SQLTransaction, _ secrets: SecretBox) throws {
        let row = try transaction.row(
            """
            SELECT c.credentials FROM card c JOIN card_status s ON s.card_id = c.id WHERE c.id = ? AND s.last_seen IS NULL
            """, [.integer(id)])
        guard let row else { return }
        var credentials = try row.blob("credentials").map { try opened($0, card: id, secrets) } ?? CardCredentials()
        guard credentials.snmp == .standard, access != .standard else { return }
        credentials.snmp = access
        try store(credentials, card: id, transaction, secrets)
    }

    private static func store(
        _ credentials: CardCredentials, card id: Int64, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws {
        try transaction.execute(
            "UPDATE card SET credentials = ?, snmp_version = ? WHERE id = ?",
            [.blob(try sealed(credentials, card: id, secrets)), .text(credentials.snmp.version.rawValue), .integer(id)])
    }

    private static func card(_ id: Int64, _ transaction: SQLTransaction) throws -> Card {
        guard let row = try transaction.row("SELECT * FROM card WHERE id = ?", [.integer(id)]) else {
            throw Problem.notFound("card \(id)")
        }
        return try Card(row)
    }

    /// A name to start with: what the card calls itself, else its model and where it is.
    private static func firstName(_ finding: CardFinding) -> String {
        let factoryNames: Set<String> = ["Net Vision", "NET VISION"]
        if let name = finding.identity.name, !factoryNames.contains(name) { return name }
        return "\(finding.identity.model ?? finding.identity.generation.rawValue) \(finding.address)"
    }

    private static func sealed(_ credentials: CardCredentials, card: Int64, _ secrets: SecretBox) throws -> [UInt8] {
        try secrets.seal(try JSONCoding.encoder().encode(credentials), context: "card \(card)")
    }

    private static func opened(_ sealed: [UInt8], card: Int64, _ secrets: SecretBox) throws -> CardCredentials {
        try JSONCoding.decoder().decode(CardCredentials.self, from: Data(try secrets.open(sealed, context: "card \(card)")))
    }
}

extension Card {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), name: try row.required("name"), mac: row.text("mac"), serial: row.text("serial"),
            address: try row.required("address"), generation: CardGeneration(rawValue: try row.required("generation")) ?? .rfc1628,
            kind: DeviceKind(rawValue: try row.required("kind")) ?? .ups, model: row.text("model"), firmware: row.text("firmware"),
            agent: row.text("agent"), location: row.text("location"), site: row.text("site"),
            tags: try JSONCoding.value([String].self, from: try row.required("tags")),
            snmpVersion: SNMPAccess.Version(rawValue: try row.required("snmp_version")) ?? .v2c,
            createdAt: try row.requiredDate("created_at"))
    }
}
