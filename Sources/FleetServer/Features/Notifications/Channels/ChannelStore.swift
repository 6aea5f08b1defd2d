import FoundationEssentials
import HTTPTypes

/// The stored channels. Secrets are sealed, and never leave the server.
struct ChannelStore: Sendable {
    /// As many as anybody needs.
    static let maximum = 200

    let database: FleetDatabase
    let secrets: SecretBox

    /// In the order of their numbers.
    func channels() async throws -> [ChannelRecord] {
        let secrets = secrets
        return try await database.read { transaction in
            try transaction.rows("SELECT * FROM channel ORDER BY id").map { try ChannelRecord($0, secrets) }
        }
    }

    func channel(_ id: Int64) async throws -> ChannelRecord? {
        let secrets = secrets
        return try await database.read { transaction in
            try transaction.row("SELECT * FROM channel WHERE id = ?", [.integer(id)]).map { try ChannelRecord($0, secrets) }
        }
    }

    /// Stores a new channel; its key is given here.
    func add(_ channel: ChannelRecord) async throws -> Int64 {
        let secrets = secrets
        return try await database.write { transaction in
            try Ordering.refuse(channel.name, in: "channel", besides: 0, transaction)
            let count = try transaction.row("SELECT COUNT(*) AS number FROM channel")?.integer("number") ?? 0
            guard count < Self.maximum else { throw Problem(.conflict, "There are \(Self.maximum) channels already; remove one first.") }
            let id = try transaction.nextKey(for: "channel")
            try transaction.execute(
                "INSERT INTO channel (id, name, kind, enabled, settings, secrets, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    .integer(id), .text(channel.name), .text(channel.kind.rawValue), SQLValue(channel.isEnabled),
                    .text(try JSONCoding.text(channel.settings)), .blob(try Self.sealed(channel.secrets, id, secrets)),
                    SQLValue(channel.createdAt),
                ])
            return id
        }
    }

    /// What still waits for a channel that is switched off is not told later, when it is old.
    func change(_ channel: ChannelRecord) async throws {
        let secrets = secrets
        try await database.write { transaction in
            try Ordering.refuse(channel.name, in: "channel", besides: channel.id, transaction)
            try transaction.execute(
                "UPDATE channel SET name = ?, enabled = ?, settings = ?, secrets = ? WHERE id = ?",
                [
                    .text(channel.name), SQLValue(channel.isEnabled), .text(try JSONCoding.text(channel.settings)),
                    .blob(try Self.sealed(channel.secrets, channel.id, secrets)), .integer(channel.id),
                ])
            if !channel.isEnabled { try Self.dropWaiting(of: channel.id, because: "channelDisabled", transaction) }
        }
    }

    func remove(_ id: Int64) async throws {
        try await database.write { transaction in
            try transaction.execute("DELETE FROM channel WHERE id = ?", [.integer(id)])
            try Self.dropWaiting(of: id, because: "channelRemoved", transaction)
        }
    }

    private static func dropWaiting(of channel: Int64, because reason: String, _ transaction: SQLTransaction) throws {
        try transaction.execute(
            "UPDATE delivery SET state = 'suppressed', reason = ? WHERE channel_id = ? AND state = 'waiting'",
            [.text(reason), .integer(channel)])
    }

    private static func sealed(_ secrets: [String: String], _ id: Int64, _ box: SecretBox) throws -> [UInt8] {
        try box.seal(try JSONCoding.encoder().encode(secrets), context: "channel \(id)")
    }
}

extension ChannelRecord {
    fileprivate init(_ row: SQLRow, _ box: SecretBox) throws {
        let id: Int64 = try row.required("id")
        let plain = try box.open(row.blob("secrets") ?? [], context: "channel \(id)")
        guard let kind = ChannelKind(rawValue: try row.required("kind")) else { throw SQLShapeError(column: "kind") }
        self.init(
            id: id, name: try row.required("name"), kind: kind, isEnabled: row.bool("enabled"),
            settings: try JSONCoding.value(ChannelSettings.self, from: try row.required("settings")),
            secrets: try JSONCoding.decoder().decode([String: String].self, from: Data(plain)),
            createdAt: try row.requiredDate("created_at"))
    }
}
