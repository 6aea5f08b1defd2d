import Configuration
import FoundationEssentials

/// The server's configuration.
///
/// From the strongest: command-line flags, environment (`FLEET_…`), the YAML file, the defaults. Keys, as in YAML (environment in brackets):
/// - `listen` (text, default `127.0.0.1:8080`; `FLEET_LISTEN`): address and port of the dashboard and the API.
/// - `data` (path, default `data`; `FLEET_DATA`): the directory of databases, images and the master key.
/// - `web` (path, default: `Web/fleet/dist` below the working directory; `FLEET_WEB`): the built dashboard.
/// - `portOffset` (0…17727, default 0; `FLEET_PORT_OFFSET`): added to every port of the cards.
/// - `discover` (list of ranges, default none; `FLEET_DISCOVER`, comma-separated): searched at start and every `discoverMinutes`.
/// - `discoverMinutes` (1…10080, default 15; `FLEET_DISCOVER_MINUTES`).
/// - `adminPassword` (secret, default random; `FLEET_ADMIN_PASSWORD`): of the first user, used only when the user is created.
/// - `poll.statusSeconds` (1…3600, default 5; `FLEET_POLL_STATUS_SECONDS`), `poll.allSeconds` (1…86400, default 10;
///   `FLEET_POLL_ALL_SECONDS`): see `PollProfile`.
/// - `session.hours` (1…720, default 12; `FLEET_SESSION_HOURS`): a login's life.
/// - `retention.days` (1…3650, default 30; `FLEET_RETENTION_DAYS`): how long readings are kept.
/// - `trustKeys` (list of files, default none; `FLEET_TRUST_KEYS`, comma-separated): firmware signing keys that the library vouches for.
/// - `traps.listen`, `traps.communities`, `traps.users`: see `TrapSettings`.
/// - `logLevel` (trace…critical, default info; `FLEET_LOG_LEVEL`).
struct FleetConfiguration: Sendable {
    var listen: ListenAddress
    var dataDirectory: String
    var webDirectory: String
    var portOffset: Int
    var discoverRanges: [String]
    var discoverInterval: Duration
    var adminPassword: String?
    var pollProfile: PollProfile
    var sessionLifetime: TimeInterval
    var retention: TimeInterval
    var trustKeyFiles: [String]
    var traps: TrapSettings
    var logLevel: String

    init(config: ConfigReader) throws(ConfigurationProblem) {
        listen = try ListenAddress(config.string(forKey: "listen", default: "127.0.0.1:8080"), key: "listen")
        dataDirectory = config.string(forKey: "data", default: "data")
        webDirectory = config.string(forKey: "web", default: "Web/fleet/dist")
        portOffset = try Self.number(config, "portOffset", default: 0, in: 0...17727)
        discoverRanges = Self.list(config, "discover")
        discoverInterval = .seconds(60 * (try Self.number(config, "discoverMinutes", default: 15, in: 1...10_080)))
        adminPassword = config.string(forKey: "adminPassword", isSecret: true)
        pollProfile = PollProfile(
            statusSeconds: Double(try Self.number(config, "poll.statusSeconds", default: 5, in: 1...3600)),
            allSeconds: Double(try Self.number(config, "poll.allSeconds", default: 10, in: 1...86_400)))
        sessionLifetime = TimeInterval(3600 * (try Self.number(config, "session.hours", default: 12, in: 1...720)))
        retention = TimeInterval(86_400 * (try Self.number(config, "retention.days", default: 30, in: 1...3650)))
        trustKeyFiles = Self.list(config, "trustKeys")
        traps = try TrapSettings(config: config.scoped(to: "traps"), portOffset: portOffset)
        logLevel = config.string(forKey: "logLevel", default: "info")
        guard ["trace", "debug", "info", "notice", "warning", "error", "critical"].contains(logLevel) else {
            throw ConfigurationProblem(key: "logLevel", value: logLevel, expected: "trace, debug, info, notice, warning, error or critical")
        }
    }

    /// A list; what a set but empty variable holds is nothing.
    private static func list(_ config: ConfigReader, _ key: ConfigKey) -> [String] {
        config.stringArray(forKey: key, default: []).filter { !$0.isEmpty }
    }

    private static func number(
        _ config: ConfigReader, _ key: ConfigKey, default fallback: Int, in range: ClosedRange<Int>
    ) throws(ConfigurationProblem) -> Int {
        let name = "\(key)"
        guard let text = config.string(forKey: key) ?? config.int(forKey: key).map(String.init) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            throw ConfigurationProblem(key: name, value: text, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}

/// Address and port that the HTTP server listens on: `127.0.0.1:8080`, `[::1]:8080`.
struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    let host: String
    let port: Int

    init(_ text: String, key: String) throws(ConfigurationProblem) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port) else {
            throw ConfigurationProblem(key: key, value: text, expected: "HOST:PORT, for example 127.0.0.1:8080")
        }
        let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
        self.host = host.isEmpty ? "0.0.0.0" : host
        self.port = port
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// A key of the configuration whose value can't be used.
struct ConfigurationProblem: Error, CustomStringConvertible {
    let key: String
    let value: String
    let expected: String

    var description: String { "Configuration: \(key) is \"\(value)\"; it must be \(expected)\(expected.hasSuffix(".") ? "" : ".")" }
}
