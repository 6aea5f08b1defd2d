import Configuration
import FoundationEssentials
import NIOCore
import NIOPosix
import SNMP

/// Where and from whom traps are heard. Keys, below `traps`:
/// - `listen` (address and port, or `off`; default: port 162 plus `portOffset` on all addresses; `FLEET_TRAPS_LISTEN`).
/// - `communities` (list, default: any; `FLEET_TRAPS_COMMUNITIES`, comma-separated): those of versions 1 and 2c that are let in.
/// - `users` (path, default none; `FLEET_TRAPS_USERS`): a file with version 3 users beside those of the inventory, one a line:
///   `NAME[:AUTH:PASSWORD[:PRIV:PASSWORD]]`.
struct TrapSettings: Sendable {
    /// Nil: no traps are heard.
    var listen: ListenAddress?
    /// Nil lets in any.
    var communities: [String]?
    var usersFile: String?
    /// Those of the file, once it has been read.
    private(set) var users: Set<USMUser> = []

    /// No traps are heard.
    init() {}

    init(config: ConfigReader, portOffset: Int) throws(ConfigurationProblem) {
        let text = config.string(forKey: "listen", default: "0.0.0.0:\(162 + portOffset)")
        listen = text == "off" ? nil : try ListenAddress(text, key: "traps.listen")
        if let listen, (try? SocketAddress(ipAddress: listen.host, port: listen.port)) == nil {
            throw ConfigurationProblem(key: "traps.listen", value: text, expected: "off, or ADDRESS:PORT, for example 0.0.0.0:162")
        }
        let communities = FleetConfiguration.list(config, "communities", isSecret: true)
        self.communities = communities.isEmpty ? nil : communities
        usersFile = config.string(forKey: "users").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads the file of users and makes their keys, which takes some milliseconds for each.
    mutating func loadUsers() async throws {
        guard let usersFile else { return }
        users = try await NIOThreadPool.singleton.runIfActive { try Self.users(inFile: usersFile) }
    }

    private static func users(inFile path: String) throws -> Set<USMUser> {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationProblem(key: "traps.users", value: path, expected: "the path of a readable file")
        }
        do throws(USMSpecificationError) {
            return Set(try USMUser.users(in: String(decoding: data, as: UTF8.self)))
        } catch {
            throw ConfigurationProblem(key: "traps.users", value: path, expected: "a file of users, one a line: \(error)")
        }
    }

    /// Whose notifications are let in, if these are the users of the inventory. Of users with one name, those of the file count.
    func admission(_ inventory: Set<USMUser>) -> TrapListener.Admission {
        let others = inventory.subtracting(users).sorted { $0.name < $1.name }
        return TrapListener.Admission(communities: communities.map { Set($0.map { Community($0) }) }, users: others + users)
    }
}
