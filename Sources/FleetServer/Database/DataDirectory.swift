import Crypto
import FoundationEssentials
import Logging
import Telemetry

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

    /// The fleet's state: in a file here, unless it is kept by a PostgreSQL server.
    func openFleetDatabase(_ server: PostgreSQLAddress? = nil) throws -> FleetDatabase {
        guard let server else { return try FleetDatabase(path: "\(path)/fleet.sqlite", migrations: FleetSchema.migrations) }
        return try FleetDatabase(postgreSQL: server, migrations: FleetSchema.migrations)
    }

    /// Keeps other servers off this directory for as long as the lock lives.
    func lock() throws -> DataDirectoryLock { try DataDirectoryLock(path: path) }

    /// The history; one that is damaged is set aside, and a new one begun.
    func openTelemetry(now: Date, logger: Logger) throws -> TelemetryStore {
        let archive = try SampleArchive(
            path: "\(path)/telemetry.sqlite", now: now.milliseconds, uptime: { SteadyClock.process.now.timeIntervalSince1970 },
            logger: logger)
        return TelemetryStore(archive: archive)
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
