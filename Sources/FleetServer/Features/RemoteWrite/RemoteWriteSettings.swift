import Configuration
import FoundationEssentials
import NIOCore
import NIOPosix

/// Where the fleet's values are sent. Keys, below `remoteWrite`:
/// - `url` (http or https, default none: nothing is sent; `FLEET_REMOTE_WRITE_URL`): where Prometheus remote-write is taken.
/// - `username`, `passwordFile` (path): for basic authentication. `bearerTokenFile` (path): for a token instead. The files are read anew for
///   every round, so that a secret can be changed without a restart.
/// - `intervalSeconds` (1…300, default 15; `FLEET_REMOTE_WRITE_INTERVAL_SECONDS`): how often what has come in is sent.
/// - `queueMegabytes` (1…4096, default 64; `FLEET_REMOTE_WRITE_QUEUE_MEGABYTES`): what may wait while the far end does not take it.
struct RemoteWriteSettings: Sendable, Equatable {
    enum Login: Sendable, Equatable {
        case none
        case basic(username: String, passwordFile: String)
        case bearer(tokenFile: String)
    }

    let url: String
    var login = Login.none
    var interval = Duration.seconds(15)
    var queueBytes = 64 << 20

    init(url: String) { self.url = url }

    /// Nil when no URL is configured.
    init?(config: ConfigReader) throws(ConfigurationProblem) {
        guard let url = config.string(forKey: "url"), !url.isEmpty else { return nil }
        guard let parts = URLComponents(string: url), let scheme = parts.scheme, ["http", "https"].contains(scheme), parts.host != nil,
            parts.user == nil
        else {
            throw ConfigurationProblem(
                key: "remoteWrite.url", value: parts(of: url), expected: "an http or https URL, with the credentials in keys of their own")
        }
        self.url = url
        login = try Self.login(config)
        interval = .seconds(try FleetConfiguration.number(config, "intervalSeconds", default: 15, in: 1...300))
        queueBytes = try FleetConfiguration.number(config, "queueMegabytes", default: 64, in: 1...4096) << 20
    }

    private static func login(_ config: ConfigReader) throws(ConfigurationProblem) -> Login {
        let (username, passwordFile, tokenFile) = (
            config.string(forKey: "username"), config.string(forKey: "passwordFile"), config.string(forKey: "bearerTokenFile")
        )
        switch (username, passwordFile, tokenFile) {
        case (nil, nil, nil): return .none
        case (let username?, let passwordFile?, nil): return .basic(username: username, passwordFile: passwordFile)
        case (nil, nil, let tokenFile?): return .bearer(tokenFile: tokenFile)
        default:
            throw ConfigurationProblem(
                key: "remoteWrite", value: "username, passwordFile, bearerTokenFile",
                expected: "given as username with passwordFile, or as bearerTokenFile alone")
        }
    }

    /// The value of the `Authorization` header, from the file that is there now.
    func authorization() async throws -> String? {
        switch login {
        case .none: nil
        case .basic(let username, let passwordFile):
            "Basic \(Data("\(username):\(try await Self.secret(passwordFile, "remoteWrite.passwordFile"))".utf8).base64EncodedString())"
        case .bearer(let tokenFile): "Bearer \(try await Self.secret(tokenFile, "remoteWrite.bearerTokenFile"))"
        }
    }

    /// The first line of a file.
    private static func secret(_ path: String, _ key: String) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            let line = FileManager.default.contents(atPath: path).flatMap {
                String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isNewline).first
            }
            guard let line, !line.isEmpty else {
                throw ConfigurationProblem(key: key, value: path, expected: "the path of a readable file with the secret in its first line")
            }
            return String(line)
        }
    }
}

/// What can be told of a URL that may have a password in it.
private func parts(of url: String) -> String { url.contains("@") ? "(with credentials)" : url }
