import FoundationEssentials

/// Sees at the start that this server's master key is the one with which the database's secrets were sealed.
///
/// Several servers on one database need the same key; with another one, each card's credentials would fail one by one, much later.
struct MasterKeyCheck: Sendable {
    let database: FleetDatabase
    let secrets: SecretBox

    private static let context = "master key"
    private static let words = Array("NVFleet".utf8)

    func run(_ directory: String) async throws {
        let sealed = try secrets.seal(Self.words, context: Self.context)
        let kept = try await database.write { transaction in
            try transaction.row(
                "INSERT INTO master_key_check (id, sealed) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING sealed",
                [.blob(sealed)])?.blob("sealed")
        }
        guard let kept, (try? secrets.open(kept, context: Self.context)) == Self.words else {
            throw MasterKeyForeign(path: "\(directory)/master.key")
        }
    }
}

struct MasterKeyForeign: Error, CustomStringConvertible {
    let path: String
    var description: String {
        "\(path) is not the key with which this database's secrets were sealed. Copy master.key from the server that began the database."
    }
}
