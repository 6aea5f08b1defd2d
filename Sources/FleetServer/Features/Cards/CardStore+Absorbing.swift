import FoundationEssentials
import NetVision

extension CardStore {
    /// Two entries of the inventory are one card: `id` keeps its history and what it was given, and takes the rest from the other.
    ///
    /// One that was never read goes without a trace; another is retired, and stays as the predecessor.
    static func absorb(
        _ duplicate: Int64, into id: Int64, now: Date, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws {
        let (kept, other) = (try card(id, transaction), try card(duplicate, transaction))
        let name = isFirstName(kept) && !isFirstName(other) ? other.name : kept.name
        try transaction.execute(
            "UPDATE card SET name = ?, tags = ? WHERE id = ?",
            [.text(name), .text(try JSONCoding.text(kept.tags + other.tags.filter { !kept.tags.contains($0) })), .integer(id)])
        try inheritMissing(from: duplicate, to: id, transaction)
        try inheritCredentials(from: duplicate, to: id, replacing: false, transaction, secrets)
        try transaction.execute("UPDATE card SET place = NULL WHERE place = ?", [.integer(duplicate)])
        let wasRead = try transaction.row(
            "SELECT card_id FROM card_status WHERE card_id = ? AND last_seen IS NOT NULL", [.integer(duplicate)])
        try AlarmStore.endAll(of: duplicate, AlarmDeed(username: nil, at: now, text: "this is card \(id)"), transaction)
        guard wasRead != nil else {
            try AlarmStore.move(from: duplicate, to: id, transaction)
            return try transaction.execute("DELETE FROM card WHERE id = ?", [.integer(duplicate)])
        }
        try transaction.execute(
            "UPDATE card SET retired_at = ?, gateway_port = NULL, gateway_unit = NULL WHERE id = ?", [SQLValue(now), .integer(duplicate)])
        try transaction.execute(
            "UPDATE card SET predecessor = COALESCE(predecessor, ?) WHERE id = ?", [.integer(duplicate), .integer(id)])
    }

    /// The new card takes the old one's place: name, site, tags, credentials, polling, profile and gateway. The old one is retired; its
    /// history stays with it, and the new one's `predecessor` leads there.
    func inherit(_ id: Int64, from old: Int64, now: Date) async throws -> Card {
        let secrets = secrets
        return try await database.write { try Self.inherit(id, from: old, now: now, $0, secrets) }
    }

    static func inherit(
        _ id: Int64, from old: Int64, now: Date, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws -> Card {
        guard id != old else { throw Problem.invalid("from", "A card can't inherit its own place.") }
        let gone = try card(old, transaction)
        try transaction.execute(
            "UPDATE card SET name = ?, tags = ?, site = ?, predecessor = ?, place = NULL WHERE id = ?",
            [.text(gone.name), .text(try JSONCoding.text(gone.tags)), SQLValue(gone.site), .integer(old), .integer(id)])
        try inheritMissing(from: old, to: id, transaction)
        try inheritCredentials(from: old, to: id, replacing: true, transaction, secrets)
        try transaction.execute(
            """
            UPDATE card SET retired_at = COALESCE(retired_at, ?), place = NULL, gateway_port = NULL, gateway_unit = NULL,
              gateway_writes = NULL WHERE id = ?
            """, [SQLValue(now), .integer(old)])
        try AlarmStore.endAll(of: old, AlarmDeed(username: nil, at: now, text: "card retired"), transaction)
        try transaction.execute("UPDATE card SET place = NULL WHERE place = ?", [.integer(old)])
        return try card(id, transaction)
    }

    /// What the one was given, and the other not.
    private static func inheritMissing(from old: Int64, to id: Int64, _ transaction: SQLTransaction) throws {
        let columns = ["site", "poll_status_seconds", "poll_full_seconds", "profile", "gateway_port", "gateway_unit", "gateway_writes"]
        let values = columns.map { "\($0) = COALESCE(\($0), (SELECT o.\($0) FROM card o WHERE o.id = ?))" }.joined(separator: ", ")
        try transaction.execute("UPDATE card SET \(values) WHERE id = ?", columns.map { _ in .integer(old) } + [.integer(id)])
    }

    /// Sealed values are bound to their card: they are opened, and sealed again for the other one.
    private static func inheritCredentials(
        from old: Int64, to id: Int64, replacing: Bool, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws {
        let mine = try own(id, transaction, secrets)
        guard let theirs = try own(old, transaction, secrets), replacing || mine == nil else { return }
        var credentials = theirs
        // How the new card was found to answer is true of it; the way into the old one may not be.
        if let mine, mine.snmp != .standard { credentials.snmp = mine.snmp }
        try store(credentials, card: id, transaction, secrets)
    }

    private static func isFirstName(_ card: Card) -> Bool {
        card.name.hasSuffix(" \(card.address)") || card.name == card.generation.rawValue || card.name == card.address
    }
}
