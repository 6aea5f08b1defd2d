import FoundationEssentials
import NetVision
import PowerDevice

/// A card that was found and is not in the inventory; or was not when it was found.
struct Candidate: Sendable {
    enum State: String, Codable, Sendable, CaseIterable { case new, ignored, accepted }

    let id: Int64
    let finding: CardFinding
    let methods: [DiscoveryMethod]
    let state: State
    let card: Int64?
    let firstSeen: Date
    let lastSeen: Date
    /// The place that it could take.
    let place: CardPlace?
    /// What is wrong with it, a sentence each.
    let warnings: [String]
}

extension CardFinding {
    /// Under which a candidate is known: however often and by whomever it is found.
    var candidateKey: String {
        if let mac = identity.mac { return "mac \(mac)" }
        if let serial = identity.tellingSerial { return "serial \(serial)" }
        if let engine = identity.engine { return "engine \(engine)" }
        return "address \(address)"
    }

    /// With what an earlier finding told besides. What was seen without SNMP does not replace what SNMP told.
    func completed(by earlier: CardFinding) -> CardFinding {
        var result = access == nil && earlier.access != nil ? earlier : self
        let rest = access == nil && earlier.access != nil ? self : earlier
        result.address = address
        result.identity.mac = result.identity.mac ?? rest.identity.mac
        result.identity.serial = result.identity.serial ?? rest.identity.serial
        result.identity.model = result.identity.model ?? rest.identity.model
        result.identity.firmware = result.identity.firmware ?? rest.identity.firmware
        result.identity.name = result.identity.name ?? rest.identity.name
        result.identity.generation = rest.identity.generation.refined(by: result.identity.generation)
        result.access = result.access ?? rest.access
        result.credentialSet = result.credentialSet ?? rest.credentialSet
        result.evidence += rest.evidence.filter { !result.evidence.contains($0) }
        return result
    }
}

/// The candidates, one of each identity.
struct CandidateStore: Sendable {
    let database: FleetDatabase
    let secrets: SecretBox

    func candidates(state: Candidate.State?, after: Int64?, limit: Int) async throws -> [Candidate] {
        let secrets = secrets
        return try await database.read { transaction in
            var condition = Condition()
            condition.add("id > ?", .integer(after ?? 0))
            if let state { condition.add("state = ?", .text(state.rawValue)) }
            return try transaction.rows(
                "SELECT * FROM candidate WHERE \(condition.sql) ORDER BY id LIMIT \(limit)", condition.arguments
            ).map { try Candidate($0, transaction, secrets) }
        }
    }

    func candidate(_ id: Int64) async throws -> Candidate? {
        let secrets = secrets
        return try await database.read { transaction in
            try transaction.row("SELECT * FROM candidate WHERE id = ?", [.integer(id)]).map { try Candidate($0, transaction, secrets) }
        }
    }

    func decide(_ id: Int64, _ state: Candidate.State, card: Int64? = nil) async throws {
        try await database.write { try Self.decide(id, state, card: card, $0) }
    }

    /// What was found at an address is decided about there too where somebody decides about a search's result.
    func decide(_ finding: CardFinding, _ state: Candidate.State, card: Int64?) async throws {
        try await database.write { transaction in
            guard let row = try Self.row(of: finding, finding.candidateKey, transaction) else { return }
            try Self.decide(try row.required("id"), state, card: card, transaction)
        }
    }

    /// Takes down that it was found. Returns its key and how it has been decided about.
    ///
    /// - Parameter warning: why it can't be the card whose identity it carries; it is then known by its address too.
    static func note(
        _ finding: CardFinding, by method: DiscoveryMethod, warning: String?, now: Date, _ transaction: SQLTransaction,
        _ secrets: SecretBox
    ) throws -> (id: Int64, state: Candidate.State, isNew: Bool) {
        let key = warning == nil ? finding.candidateKey : "\(finding.candidateKey) at \(finding.address)"
        guard let row = try row(of: finding, key, transaction) else {
            let id = try transaction.nextKey(for: "candidate")
            try transaction.execute(
                """
                INSERT INTO candidate (id, identity, address, generation, kind, methods, state, finding, first_seen, last_seen)
                VALUES (?, ?, ?, '', '', '[]', 'new', ?, ?, ?)
                """, [.integer(id), .text(key), .text(finding.address), .blob([]), SQLValue(now), SQLValue(now)])
            try write(finding, key, methods: [method], to: id, warning: warning, now: now, transaction, secrets)
            return (id, .new, true)
        }
        let id: Int64 = try row.required("id")
        let before = try opened(row, secrets)
        var methods = try JSONCoding.value([DiscoveryMethod].self, from: try row.required("methods"))
        if !methods.contains(method) { methods.append(method) }
        let completed = finding.completed(by: before)
        let identity: String = try row.required("identity")
        // Of one that is known by its address too, what is only heard says nothing else about who it is.
        let isDouble = warning == nil && identity.hasPrefix("mac ") && identity.contains(" at ")
        try write(
            completed, isDouble ? identity : warning == nil ? completed.candidateKey : key, methods: methods, to: id,
            warning: isDouble ? row.text("warning") : warning, now: now, transaction, secrets)
        return (id, Candidate.State(rawValue: try row.required("state")) ?? .new, false)
    }

    static func decide(_ id: Int64, _ state: Candidate.State, card: Int64?, _ transaction: SQLTransaction) throws {
        try transaction.execute(
            "UPDATE candidate SET state = ?, card_id = ? WHERE id = ?", [.text(state.rawValue), SQLValue(card), .integer(id)])
    }

    /// By its identity; of what tells none of itself, by its address. A candidate that was only heard of at the address of one that now
    /// tells who it is, is that one.
    private static func row(of finding: CardFinding, _ key: String, _ transaction: SQLTransaction) throws -> SQLRow? {
        if let row = try transaction.row("SELECT * FROM candidate WHERE identity = ?", [.text(key)]) { return row }
        if let serial = finding.identity.tellingSerial {
            let row = try transaction.row(
                "SELECT * FROM candidate WHERE serial = ? AND (mac IS NULL OR ? IS NULL) ORDER BY id LIMIT 1",
                [.text(serial), SQLValue(finding.identity.mac)])
            if let row { return row }
        }
        if finding.isHearsay {
            return try transaction.row(
                "SELECT * FROM candidate WHERE address = ? ORDER BY last_seen DESC LIMIT 1", [.text(finding.address)])
        }
        return try transaction.row("SELECT * FROM candidate WHERE identity = ?", [.text("address \(finding.address)")])
    }

    private static func write(
        _ finding: CardFinding, _ key: String, methods: [DiscoveryMethod], to id: Int64, warning: String?, now: Date,
        _ transaction: SQLTransaction,
        _ secrets: SecretBox
    ) throws {
        let identity = finding.identity
        let sealed = try secrets.seal(try JSONCoding.encoder().encode(finding), context: "candidate \(id)")
        try transaction.execute(
            """
            UPDATE candidate SET identity = ?, address = ?, mac = ?, serial = ?, model = ?, generation = ?, kind = ?, firmware = ?, name = ?,
              methods = ?, warning = ?, finding = ?, last_seen = ? WHERE id = ?
            """,
            [
                .text(key), .text(finding.address), SQLValue(identity.mac), SQLValue(identity.serial),
                SQLValue(identity.model), .text(identity.generation.rawValue), .text(identity.kind.rawValue), SQLValue(identity.firmware),
                SQLValue(identity.name), .text(try JSONCoding.text(methods)), SQLValue(warning), .blob(sealed), SQLValue(now), .integer(id),
            ])
    }

    fileprivate static func opened(_ row: SQLRow, _ secrets: SecretBox) throws -> CardFinding {
        let id: Int64 = try row.required("id")
        let plain = try secrets.open(row.blob("finding") ?? [], context: "candidate \(id)")
        return try JSONCoding.decoder().decode(CardFinding.self, from: Data(plain))
    }
}

extension Candidate {
    fileprivate init(_ row: SQLRow, _ transaction: SQLTransaction, _ secrets: SecretBox) throws {
        let finding = try CandidateStore.opened(row, secrets)
        let state = State(rawValue: try row.required("state")) ?? .new
        let card = row.integer("card_id")
        self.init(
            id: try row.required("id"), finding: finding,
            methods: try JSONCoding.value([DiscoveryMethod].self, from: try row.required("methods")), state: state, card: card,
            firstSeen: try row.requiredDate("first_seen"), lastSeen: try row.requiredDate("last_seen"),
            place: state == .accepted ? nil : try CardStore.place(for: finding, besides: card, transaction),
            warnings: [row.text("warning"), row.text("conflict")].compactMap(\.self) + Card.placeWarnings(at: finding.address))
    }
}
