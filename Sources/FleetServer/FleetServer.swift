import ArgumentParser
import Configuration
import FoundationEssentials
import Logging
import SystemPackage
import Telemetry

/// The server of a fleet of NET VISION cards.
@main
struct FleetServer: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "FleetServer", abstract: "Finds, watches and upgrades NET VISION cards; serves the dashboard and the API.",
        version: version, subcommands: [ServeCommand.self, UserCommand.self, ProfilesCommand.self, CheckConfigurationCommand.self],
        defaultSubcommand: ServeCommand.self)
}

/// The flags that every command shares; they win over the environment and the file.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: "YAML configuration file.") var config: String?
    @Option(help: "Directory of databases, images and keys. (default: data)") var data: String?
    @Option(help: "HOST:PORT of dashboard and API. (default: 127.0.0.1:8080)") var listen: String?
    @Option(help: "Added to every port of the cards, 0 to 17727. (default: 0)") var portOffset: Int?
    @Option(parsing: .upToNextOption, help: "Address ranges to search for cards, such as 10.1.0.0/16.") var discover: [String] = []
    @Option(help: "Directory of the built dashboard. (default: Web/fleet/dist)") var web: String?

    func load() async throws -> FleetConfiguration {
        var flags: [AbsoluteConfigKey: ConfigValue] = [:]
        if let data { flags["data"] = ConfigValue(.string(data), isSecret: false) }
        if let listen { flags["listen"] = ConfigValue(.string(listen), isSecret: false) }
        if let portOffset { flags["portOffset"] = ConfigValue(.string("\(portOffset)"), isSecret: false) }
        if !discover.isEmpty { flags["discover"] = ConfigValue(.stringArray(discover), isSecret: false) }
        if let web { flags["web"] = ConfigValue(.string(web), isSecret: false) }
        let secrets: Set<String> = ["FLEET_ADMIN_PASSWORD", "FLEET_DATABASE", "FLEET_METRICS_TOKEN"]
        let environment = EnvironmentVariablesProvider(secretsSpecifier: .specific(secrets)).prefixKeys(with: "fleet")
        var providers: [any ConfigProvider] = [InMemoryProvider(name: "flags", values: flags), environment]
        if let config {
            guard let file = FileManager.default.contents(atPath: config) else {
                throw ValidationError("The configuration file \(config) can't be read.")
            }
            do {
                try ConfigurationKeys.check(String(decoding: file, as: UTF8.self))
            } catch {
                throw ValidationError("The configuration file \(config): \(error)")
            }
            providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(config)))
        }
        do {
            return try FleetConfiguration(config: ConfigReader(providers: providers))
        } catch {
            throw ValidationError("\(error)")
        }
    }
}

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Run the server.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try await options.load()
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = Logger.Level(rawValue: configuration.logLevel) ?? .info
            return handler
        }
        try await serve(configuration)
    }
}

struct CheckConfigurationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config", abstract: "Check the configuration, and print it without secrets.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try await options.load()
        do {
            try await configuration.checkFiles()
        } catch {
            throw ValidationError("\(error)")
        }
        print(
            """
            listen: \(configuration.listen)
            data: \(configuration.dataDirectory)
            database: \(configuration.database?.description ?? "fleet.sqlite in the data directory")
            web: \(configuration.webDirectory)
            profiles: \(configuration.profilesDirectory)
            portOffset: \(configuration.portOffset)
            discover: \(configuration.discoverRanges.joined(separator: ", "))
            discoverMinutes: \(configuration.discoverInterval.components.seconds / 60)
            poll.statusSeconds: \(configuration.polling.statusSeconds)
            poll.allSeconds: \(configuration.polling.fullSeconds)
            session.hours: \(Int(configuration.sessionLifetime / 3600))
            trustedProxies: \(configuration.trustedProxies)
            retention.days: \(configuration.retention.raw / .day)
            retention.hourlyDays: \(configuration.retention.hourly / .day)
            retention.dailyDays: \(configuration.retention.daily / .day)
            trustKeys: \(configuration.trustKeyFiles.joined(separator: ", "))
            traps.listen: \(configuration.traps.listen.map { "\($0)" } ?? "off")
            traps.communities: \(configuration.traps.communities.map { "\($0.count) given" } ?? "any")
            traps.users: \(configuration.traps.usersFile ?? "")
            gateway.listen: \(configuration.gateway.listen.map { "\($0)" } ?? "off")
            gateway.host: \(configuration.gateway.host)
            gateway.maxAgeMs: \(Int(configuration.gateway.maxAge / .milliseconds(1)))
            gateway.clients: \(configuration.gateway.clients)
            metrics.cards: \(configuration.metrics.showsCards)
            metrics.token: \(configuration.metrics.token == nil ? "none" : "given")
            remoteWrite.url: \(configuration.remoteWrite?.url ?? "none")
            logLevel: \(configuration.logLevel)
            """)
    }
}
