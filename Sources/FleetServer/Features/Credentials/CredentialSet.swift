import FoundationEssentials
import HTTPTypes
import NetVision

/// Named credentials for many cards: those of a group, or those at the addresses of ranges.
struct CredentialSet: Sendable, Equatable {
    let id: Int64
    var name: String
    /// Sets are tried in this order.
    var position: Int
    /// Where they may be tried; empty: everywhere.
    var ranges: [String]
    /// The group whose cards they open.
    var group: Int64?
    var credentials: CardCredentials

    func covers(_ address: String) -> Bool { ranges.isEmpty || ranges.compactMap { AddressRange($0) }.contains(address) }
}

/// The stored credentials. Secrets are sealed, and never leave the server.
struct CredentialStore: Sendable {
    let database: FleetDatabase
    let secrets: SecretBox

    /// In their order.
    func sets() async throws -> [CredentialSet] {
        let secrets = secrets
        return try await database.read { try Self.all($0, secrets) }
    }

    static func all(_ transaction: SQLTransaction, _ secrets: SecretBox) throws -> [CredentialSet] {
        try transaction.rows("SELECT * FROM credential_set ORDER BY position, id").map { try CredentialSet($0, secrets) }
    }

    func set(_ id: Int64) async throws -> CredentialSet? {
        let secrets = secrets
        return try await database.read { transaction in
            try transaction.row("SELECT * FROM credential_set WHERE id = ?", [.integer(id)]).map { try CredentialSet($0, secrets) }
        }
    }

    /// Without a position it comes after the others.
    func add(
        name: String, position: Int?, ranges: [String], group: Int64?, credentials: CardCredentials
    ) async throws -> Int64 {
        let secrets = secrets
        return try await database.write { transaction in
            try Self.check(name, group, besides: 0, transaction)
            let id = try transaction.nextKey(for: "credentials")
            let position = try position ?? Ordering.last(in: "credential_set", transaction) + 1
            try transaction.execute(
                "INSERT INTO credential_set (id, name, position, ranges, group_id, secret) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .integer(id), .text(name), SQLValue(position), .text(try JSONCoding.text(ranges)), SQLValue(group),
                    .blob(try Self.sealed(credentials, id, secrets)),
                ])
            return id
        }
    }

    func change(_ set: CredentialSet) async throws {
        let secrets = secrets
        try await database.write { transaction in
            try Self.check(set.name, set.group, besides: set.id, transaction)
            try transaction.execute(
                "UPDATE credential_set SET name = ?, position = ?, ranges = ?, group_id = ?, secret = ? WHERE id = ?",
                [
                    .text(set.name), SQLValue(set.position), .text(try JSONCoding.text(set.ranges)), SQLValue(set.group),
                    .blob(try Self.sealed(set.credentials, set.id, secrets)), .integer(set.id),
                ])
        }
    }

    /// Cards that it opened are opened by another set from now on, or by the community `public`.
    func remove(_ id: Int64) async throws {
        try await database.write { transaction in
            try transaction.execute("DELETE FROM credential_set WHERE id = ?", [.integer(id)])
            try transaction.execute("UPDATE card SET credential_set = NULL WHERE credential_set = ?", [.integer(id)])
        }
    }

    private static func check(_ name: String, _ group: Int64?, besides id: Int64, _ transaction: SQLTransaction) throws {
        try Ordering.refuse(name, in: "credential_set", besides: id, transaction)
        guard let group else { return }
        guard try transaction.row("SELECT id FROM card_group WHERE id = ?", [.integer(group)]) != nil else {
            throw Problem.invalid("group", "There is no group \(group).")
        }
    }

    private static func sealed(_ credentials: CardCredentials, _ id: Int64, _ secrets: SecretBox) throws -> [UInt8] {
        try secrets.seal(try JSONCoding.encoder().encode(credentials), context: "credentials \(id)")
    }
}

extension CredentialSet {
    fileprivate init(_ row: SQLRow, _ secrets: SecretBox) throws {
        let id: Int64 = try row.required("id")
        let plain = try secrets.open(row.blob("secret") ?? [], context: "credentials \(id)")
        self.init(
            id: id, name: try row.required("name"), position: Int(try row.required("position", as: Int64.self)),
            ranges: try JSONCoding.value([String].self, from: try row.required("ranges")), group: row.integer("group_id"),
            credentials: try JSONCoding.decoder().decode(CardCredentials.self, from: Data(plain)))
    }
}

/// Which stored credentials open a card that has none of its own, as of one moment.
struct CredentialSets {
    private let sets: [CredentialSet]
    /// The cards of the groups that have credentials.
    private let members: [Int64: Set<Int64>]

    init(_ transaction: SQLTransaction, _ secrets: SecretBox) throws {
        sets = try CredentialStore.all(transaction, secrets)
        let wanted = Set(sets.compactMap(\.group))
        let groups = wanted.isEmpty ? [] : try GroupStore.all(transaction).filter { wanted.contains($0.id) }
        members = try Dictionary(uniqueKeysWithValues: groups.map { ($0.id, try GroupStore.members(of: $0, transaction)) })
    }

    init(sets: [CredentialSet], members: [Int64: Set<Int64>]) {
        self.sets = sets
        self.members = members
    }

    /// Those of the set that found it; else of its group; else of its range. Nil if none is for it.
    func credentials(of card: Card, foundBy set: Int64?) -> CardCredentials? {
        let found = sets.first { $0.id == set }
        let ofGroup = sets.first { $0.group.flatMap { members[$0] }?.contains(card.id) ?? false }
        let ofRange = sets.first { $0.group == nil && $0.covers(card.address) }
        return (found ?? ofGroup ?? ofRange)?.credentials
    }
}
