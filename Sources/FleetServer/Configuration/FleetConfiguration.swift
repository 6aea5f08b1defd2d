import Configuration
import FoundationEssentials
import Telemetry

/// The server's configuration.
///
/// From the strongest: command-line flags, environment (`FLEET_…`), the YAML file, the defaults. Keys, as in YAML (environment in brackets):
/// - `listen` (text, default `127.0.0.1:8080`; `FLEET_LISTEN`): address and port of the dashboard and the API.
/// - `data` (path, default `data`; `FLEET_DATA`): the directory of databases, images and the master key.
/// - `database` (secret, default: `fleet.sqlite` in `data`; `FLEET_DATABASE`): `postgresql://USER@HOST/DATABASE`, for several servers on one
///   state. They share one `master.key`.
/// - `web` (path, default: `Web/fleet/dist` below the working directory; `FLEET_WEB`): the built dashboard.
/// - `profiles` (path, default: `profiles` in the directory of the data; `FLEET_PROFILES`): the directory of profiles of your own.
/// - `portOffset` (0…17727, default 0; `FLEET_PORT_OFFSET`): added to every port of the cards.
/// - `discover` (list of ranges, default none; `FLEET_DISCOVER`, comma-separated): searched at start and every `discoverMinutes`.
/// - `discoverMinutes` (1…10080, default 15; `FLEET_DISCOVER_MINUTES`).
/// - `adminPassword` (secret, default random; `FLEET_ADMIN_PASSWORD`): of the first user, used only when the user is created.
/// - `poll.statusSeconds` (1…3600, default 10; `FLEET_POLL_STATUS_SECONDS`), `poll.allSeconds` (1…86400, default 60;
///   `FLEET_POLL_ALL_SECONDS`): how often cards are read that have no intervals of their own or of a group.
/// - `session.hours` (1…720, default 12; `FLEET_SESSION_HOURS`): a login's life.
/// - `trustedProxies`: see `TrustedProxies`.
/// - `retention.days` (1…3650, default 30; `FLEET_RETENTION_DAYS`), `retention.hourlyDays` (1…36500, default 730;
///   `FLEET_RETENTION_HOURLY_DAYS`), `retention.dailyDays` (1…36500, default 3650; `FLEET_RETENTION_DAILY_DAYS`): how long readings and
///   their summaries by hour and by day are kept.
/// - `alarms.retentionDays` (1…36500, default 1825; `FLEET_ALARMS_RETENTION_DAYS`): how long alarms are kept after their end.
/// - `trustKeys` (list of files, default none; `FLEET_TRUST_KEYS`, comma-separated): firmware signing keys that the library vouches for.
/// - `traps.listen`, `traps.communities`, `traps.users`: see `TrapSettings`.
/// - `syslog.udp`, `syslog.tcp`, `syslog.tls` and others: see `SyslogSettings`.
/// - `gateway.listen`, `gateway.host`, `gateway.maxAgeMs`, `gateway.clients`: see `GatewaySettings`.
/// - `metrics.cards`, `metrics.token`: see `MetricsSettings`. `remoteWrite.url` and others: see `RemoteWriteSettings`.
/// - `notifications.commands` (path, default none; `FLEET_NOTIFICATIONS_COMMANDS`): the directory of programs that notifications may run.
/// - `logLevel` (trace…critical, default info; `FLEET_LOG_LEVEL`).
struct FleetConfiguration: Sendable {
    var listen: ListenAddress
    var dataDirectory: String
    var database: PostgreSQLAddress?
    var webDirectory: String
    var profilesDirectory: String
    var portOffset: Int
    var discoverRanges: [String]
    var discoverInterval: Duration
    var adminPassword: String?
    var polling: PollIntervals
    var sessionLifetime: TimeInterval
    var trustedProxies: TrustedProxies
    var retention: Retention
    var alarmRetentionDays: Int
    var trustKeyFiles: [String]
    var traps: TrapSettings
    var syslog: SyslogSettings
    var gateway: GatewaySettings
    var metrics: MetricsSettings
    var remoteWrite: RemoteWriteSettings?
    var notificationCommands: String?
    var logLevel: String

    init(config: ConfigReader) throws(ConfigurationProblem) {
        listen = try ListenAddress(config.string(forKey: "listen", default: "127.0.0.1:8080"), key: "listen")
        dataDirectory = config.string(forKey: "data", default: "data")
        database = try Self.database(config)
        webDirectory = config.string(forKey: "web", default: "Web/fleet/dist")
        profilesDirectory = config.string(forKey: "profiles", default: "\(dataDirectory)/profiles")
        portOffset = try Self.number(config, "portOffset", default: 0, in: 0...17727)
        discoverRanges = Self.list(config, "discover")
        discoverInterval = .seconds(60 * (try Self.number(config, "discoverMinutes", default: 15, in: 1...10_080)))
        adminPassword = config.string(forKey: "adminPassword", isSecret: true)
        polling = PollIntervals(
            statusSeconds: try Self.number(
                config, "poll.statusSeconds", default: PollIntervals.standard.statusSeconds, in: PollIntervals.statusRange),
            fullSeconds: try Self.number(
                config, "poll.allSeconds", default: PollIntervals.standard.fullSeconds, in: PollIntervals.fullRange))
        sessionLifetime = TimeInterval(3600 * (try Self.number(config, "session.hours", default: 12, in: 1...720)))
        trustedProxies = try TrustedProxies(Self.list(config, "trustedProxies"))
        retention = Retention(
            rawDays: try Self.number(config, "retention.days", default: 30, in: 1...3650),
            hourlyDays: try Self.number(config, "retention.hourlyDays", default: 730, in: 1...36_500),
            dailyDays: try Self.number(config, "retention.dailyDays", default: 3650, in: 1...36_500))
        alarmRetentionDays = try Self.number(config, "alarms.retentionDays", default: 1825, in: 1...36_500)
        trustKeyFiles = Self.list(config, "trustKeys")
        traps = try TrapSettings(config: config.scoped(to: "traps"), portOffset: portOffset)
        syslog = try SyslogSettings(config: config.scoped(to: "syslog"), portOffset: portOffset)
        gateway = try GatewaySettings(config: config)
        metrics = try MetricsSettings(config: config.scoped(to: "metrics"))
        remoteWrite = try RemoteWriteSettings(config: config.scoped(to: "remoteWrite"))
        notificationCommands = config.string(forKey: "notifications.commands").flatMap { $0.isEmpty ? nil : $0 }
        logLevel = config.string(forKey: "logLevel", default: "info")
        guard ["trace", "debug", "info", "notice", "warning", "error", "critical"].contains(logLevel) else {
            throw ConfigurationProblem(key: "logLevel", value: logLevel, expected: "trace, debug, info, notice, warning, error or critical")
        }
    }

    private static func database(_ config: ConfigReader) throws(ConfigurationProblem) -> PostgreSQLAddress? {
        guard let text = config.string(forKey: "database", isSecret: true), !text.isEmpty else { return nil }
        do {
            return try PostgreSQLAddress(text)
        } catch {
            throw ConfigurationProblem(key: "database", value: "(not shown)", expected: "an address that libpq understands. \(error)")
        }
    }

    /// A list, in YAML also one text with commas; what a set but empty variable holds is nothing.
    static func list(_ config: ConfigReader, _ key: ConfigKey, isSecret: Bool = false) -> [String] {
        let items = config.stringArray(forKey: key, isSecret: isSecret) ?? texts(config.string(forKey: key, isSecret: isSecret) ?? "")
        return items.filter { !$0.isEmpty }
    }

    /// What stands between commas, without the blanks around it.
    private static func texts(_ text: String) -> [String] {
        text.split(separator: ",").map { item in
            var item = item.drop(while: \.isWhitespace)
            while item.last?.isWhitespace == true { item.removeLast() }
            return String(item)
        }
    }

    static func number(
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
