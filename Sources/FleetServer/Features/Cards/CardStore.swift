import FoundationEssentials
import HTTPTypes
import NetVision

/// The inventory. A card is recognised by its MAC or the serial number of its UPS, never by its address.
struct CardStore: Sendable {
    let database: FleetDatabase
    let secrets: SecretBox

    struct Enrolment: Sendable, Equatable {
        let card: Card
        let isNew: Bool
    }

    /// A card's columns, and the name of the card whose place it may inherit.
    static let select = "SELECT c.*, p.name AS place_name FROM card c LEFT JOIN card p ON p.id = c.place AND p.retired_at IS NULL"

    /// Takes what was found into the inventory: a known card gets its new address, firmware and so on, an unknown one is added.
    ///
    /// Throws a conflict when it carries the MAC of a card that answers elsewhere.
    func enroll(_ finding: CardFinding, now: Date) async throws -> Enrolment {
        let secrets = secrets
        return try await database.write { transaction in
            switch try Self.verdict(finding, now: now, transaction) {
            case .card(let id, let duplicate):
                try Self.recognise(
                    id, as: finding, hasAnswered: finding.access != nil, absorbing: duplicate, now: now, transaction, secrets)
                return Enrolment(card: try Self.card(id, transaction), isNew: false)
            case .double(let id):
                let card = try Self.card(id, transaction)
                guard finding.identity.mac == nil || finding.identity.mac != card.mac else { throw Self.clone(finding, of: card) }
                return Enrolment(card: try Self.add(finding, now: now, transaction, secrets), isNew: true)
            case .unknown:
                return Enrolment(card: try Self.add(finding, now: now, transaction, secrets), isNew: true)
            }
        }
    }

    /// The card of the inventory that a finding is, if any.
    func known(_ finding: CardFinding) async throws -> Int64? {
        try await database.read { transaction in
            guard case .card(let id, _) = try Self.verdict(finding, now: Date(), transaction) else { return nil }
            return id
        }
    }

    func card(_ id: Int64) async throws -> Card? {
        try await database.read { transaction in
            try transaction.row("\(Self.select) WHERE c.id = ? AND c.retired_at IS NULL", [.integer(id)]).map(Card.init)
        }
    }

    func cards() async throws -> [Card] {
        try await database.read { transaction in
            try transaction.rows("\(Self.select) WHERE c.retired_at IS NULL ORDER BY c.id").map(Card.init)
        }
    }

    /// The cards with these keys, retired ones too.
    func cards(_ ids: [Int64]) async throws -> [Int64: Card] {
        guard !ids.isEmpty else { return [:] }
        let places = ids.map { _ in "?" }.joined(separator: ", ")
        return try await database.read { transaction in
            let found = try transaction.rows("\(Self.select) WHERE c.id IN (\(places))", ids.map(SQLValue.integer)).map(Card.init)
            return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
        }
    }

    /// Fills in the numbers of addresses that were stored without.
    func numberAddresses() async throws {
        try await database.write { transaction in
            for row in try transaction.rows("SELECT id, address FROM card WHERE address_number IS NULL") {
                try transaction.execute(
                    "UPDATE card SET address_number = ? WHERE id = ?",
                    [Self.number(of: try row.required("address")), .integer(try row.required("id"))])
            }
        }
    }

    func rename(_ id: Int64, to name: String) async throws {
        try await change(id, "name", .text(name))
    }

    /// A site that is not there yet is made.
    func move(_ id: Int64, toSite site: String?, now: Date) async throws {
        try await database.write { transaction in
            if let site { try SiteStore.ensure(site, now: now, transaction) }
            try transaction.execute("UPDATE card SET site = ? WHERE id = ?", [SQLValue(site), .integer(id)])
        }
    }

    /// The card was given another address; it is polled there from now on.
    func readdress(_ id: Int64, to address: String) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE card SET address = ?, address_number = ? WHERE id = ?",
                [.text(address), Self.number(of: address), .integer(id)])
        }
    }

    func tag(_ id: Int64, _ tags: [String]) async throws {
        try await change(id, "tags", .text(JSONCoding.text(tags)))
    }

    /// Takes the card out of the inventory; its history stays. Found again, it comes back as the card it was.
    func retire(_ id: Int64, now: Date) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE card SET retired_at = ?, place = NULL WHERE id = ?", [SQLValue(now), .integer(id)])
            try AlarmStore.endAll(of: id, AlarmDeed(username: nil, at: now, text: "card retired"), transaction)
        }
    }

    /// Nil: as its group or the configuration says.
    func pollBy(_ id: Int64, _ intervals: PollIntervals?) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE card SET poll_status_seconds = ?, poll_full_seconds = ? WHERE id = ?",
                [SQLValue(intervals?.statusSeconds), SQLValue(intervals?.fullSeconds), .integer(id)])
        }
    }

    func readBy(_ id: Int64, _ protocol: CardProtocol) async throws {
        try await change(id, "protocol", .text(`protocol`.rawValue))
    }

    /// Nil: by its generation.
    func readBy(_ id: Int64, profile: String?) async throws {
        try await change(id, "profile", SQLValue(profile))
    }

    /// Throws a conflict when the port or the unit identifier is another card's.
    func reach(_ id: Int64, through gateway: CardGateway?) async throws {
        try await database.write { transaction in
            let other = try transaction.row(
                "SELECT name FROM card WHERE id <> ? AND retired_at IS NULL AND (gateway_port = ? OR gateway_unit = ?) ORDER BY id LIMIT 1",
                [.integer(id), SQLValue(gateway?.port), SQLValue(gateway?.unit)])
            if let name = other?.text("name") {
                throw Problem(.conflict, "The port or the unit identifier is \(name)'s already. Choose another.")
            }
            try transaction.execute(
                "UPDATE card SET gateway_port = ?, gateway_unit = ?, gateway_writes = ? WHERE id = ?",
                [
                    SQLValue(gateway?.port), SQLValue(gateway?.unit), gateway.map { SQLValue($0.writes) } ?? .null, .integer(id),
                ])
        }
    }

    private func change(_ id: Int64, _ column: String, _ value: SQLValue) async throws {
        try await database.write { try $0.execute("UPDATE card SET \(column) = ? WHERE id = ?", [value, .integer(id)]) }
    }
}
