import Crypto
import FoundationEssentials

/// The directory in which the server keeps everything: databases, images, the master key, the instance's name.
struct DataDirectory: Sendable {
    let path: String

    /// Creates the directory if needed; only the server's user may look into it.
    init(path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: "\(path)/firmware", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DataDirectoryUnusable(path: path)
        }
    }

    var firmwareDirectory: String { "\(path)/firmware" }

    func openFleetDatabase() throws -> FleetDatabase {
        try FleetDatabase(path: "\(path)/fleet.sqlite", migrations: FleetSchema.migrations)
    }

    func openTelemetryDatabase() throws -> FleetDatabase {
        try FleetDatabase(path: "\(path)/telemetry.sqlite", migrations: TelemetryStore.migrations, durability: .normal)
    }

    func masterKey() throws -> SymmetricKey {
        let bytes = try PrivateFile.readOrCreate(path: "\(path)/master.key") { randomBytes(32) }
        guard bytes.count == 32 else { throw MasterKeyDamaged(path: "\(path)/master.key") }
        return SymmetricKey(data: bytes)
    }

    /// The name under which this instance claims work; the same after a restart.
    func instanceName() throws -> String {
        String(decoding: try PrivateFile.readOrCreate(path: "\(path)/instance") { Array(randomText(16).utf8) }, as: UTF8.self)
    }
}

struct DataDirectoryUnusable: Error, CustomStringConvertible {
    let path: String
    var description: String { "The data directory \(path) can't be created or written. Choose another with --data." }
}

struct MasterKeyDamaged: Error, CustomStringConvertible {
    let path: String
    var description: String {
        "The master key \(path) is damaged; the stored card credentials can't be read without it. Restore it from your backup."
    }
}
