import FoundationEssentials
import Glibc
import NIOCore

/// What the program remembers between two calls: where the server is, and the sessions.
struct Configuration: Codable, Sendable, Equatable {
    struct Session: Codable, Sendable, Equatable {
        let token: String
        let username: String
        /// RFC 3339.
        var expiresAt: String?
    }

    /// The server that was logged in to last.
    var server: String?
    /// By the server's address: a token never goes to another server than the one that gave it.
    var sessions: [String: Session] = [:]
}

/// `nvexplorer/config.json` in the user's configuration directory, readable by its owner only.
struct ConfigurationFile: Sendable {
    let path: String

    init(path: String) { self.path = path }

    /// `$XDG_CONFIG_HOME/nvexplorer/config.json`, or that in `~/.config`.
    static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> ConfigurationFile {
        // The XDG base directory specification: a relative path is to be ignored.
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
            return ConfigurationFile(path: base + "/nvexplorer/config.json")
        }
        guard let home = environment["HOME"], !home.isEmpty else {
            throw CommandFailure(.failed, "Neither HOME nor XDG_CONFIG_HOME is set: there is no place for the configuration.")
        }
        return ConfigurationFile(path: home + "/.config/nvexplorer/config.json")
    }

    /// The stored configuration; an empty one where there is no file yet.
    func load() throws -> Configuration {
        guard LocalFile.exists(path) else { return Configuration() }
        guard let data = FileManager.default.contents(atPath: path),
            let configuration = try? JSONDecoder().decode(Configuration.self, from: data)
        else { throw CommandFailure(.failed, "\(path) can't be read. Remove it, and log in again.") }
        return configuration
    }

    func save(_ configuration: Configuration) async throws {
        let directory = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(.failed, "Can't make the directory \(directory).")
        }
        try await LocalFile.write(.init(string: try Output.json(configuration) + "\n"), to: path, mode: 0o600)
    }
}
