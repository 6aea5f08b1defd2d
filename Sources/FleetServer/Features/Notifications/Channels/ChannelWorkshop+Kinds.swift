import FoundationEssentials
import Glibc
import NIOCore
import NIOSSL
import SNMP

extension ChannelWorkshop {
    func mail(_ settings: ChannelSettings, _ secrets: [String: String]) throws -> any NotificationChannel {
        let security = settings.security ?? .startTLS
        guard let from = settings.from, Self.isAddress(from) else {
            throw Problem.invalid("settings.from", "from is a mail address, such as ups@example.org.")
        }
        guard let to = settings.to, (1...50).contains(to.count), to.allSatisfy(Self.isAddress) else {
            throw Problem.invalid("settings.to", "to is a list of 1 to 50 mail addresses.")
        }
        let ports: [ChannelSettings.Security: Int] = [.none: 25, .startTLS: 587, .tls: 465]
        return MailChannel(
            host: try host(settings), port: settings.port ?? ports[security] ?? 25, security: security,
            login: try login(settings, secrets, isSecure: security != .none), from: from, to: to, caFile: settings.caFile)
    }

    func syslog(_ settings: ChannelSettings) throws -> any NotificationChannel {
        let transport = settings.transport ?? .udp
        let facility = settings.facility ?? 16
        guard 0...23 ~= facility else { throw Problem.invalid("settings.facility", "facility is from 0 to 23; 16 is local0.") }
        guard transport == .tls || settings.caFile == nil else {
            throw Problem.invalid("settings.caFile", "caFile goes with the transport tls.")
        }
        var context: NIOSSLContext?
        if transport == .tls {
            var configuration = TLSConfiguration.makeClientConfiguration()
            if let caFile = settings.caFile { configuration.trustRoots = .file(caFile) }
            do {
                context = try NIOSSLContext(configuration: configuration)
            } catch {
                throw Problem.invalid("settings.caFile", "The certificates can't be used: \(error)")
            }
        }
        return SyslogChannel(
            host: try host(settings), port: settings.port ?? (transport == .tls ? 6514 : 514), transport: transport, facility: facility,
            hostname: Self.hostname, tls: context)
    }

    func snmpTrap(_ settings: ChannelSettings, _ secrets: [String: String]) throws -> any NotificationChannel {
        let credentials: SNMPCredentials
        switch settings.version ?? .v2c {
        case .v2c:
            guard secrets["user"] == nil else { throw Problem.invalid("secrets.user", "A user goes with version 3.") }
            credentials = .v2c(Community(secrets["community"] ?? "public"))
        case .v3:
            guard secrets["community"] == nil, let text = secrets["user"] else {
                throw Problem.invalid("secrets.user", "Version 3 needs a user, \(USMUserSpecification.form), and no community.")
            }
            do {
                credentials = .v3(try USMUser(specification: text))
            } catch {
                throw Problem.invalid("secrets.user", "\(error)")
            }
        }
        return TrapChannel(
            host: try host(settings), port: settings.port ?? 162, credentials: credentials, isConfirmed: settings.confirmed ?? false,
            engine: engine(), logger: logger)
    }

    /// Its name is the server's. Its boots are the minutes since 1970: more with each start, as receivers demand.
    private func engine() -> EngineIdentity {
        let textFormat: UInt8 = 4
        let octets = [0x80, 0, 0, 0, textFormat] + Array("nvfleet-\(serverName)".utf8.prefix(27))
        let boots = Int32(truncatingIfNeeded: Int64(now().timeIntervalSince1970) / 60)
        guard let id = EngineID(octets: octets) else { preconditionFailure("5 to 32 octets are an engine id") }
        return EngineIdentity(id, clock: EngineClock(boots: max(1, boots), startedAt: .now()))
    }

    func mqtt(_ settings: ChannelSettings, _ secrets: [String: String], channel: Int64) throws -> any NotificationChannel {
        guard settings.security != .startTLS else { throw Problem.invalid("settings.security", "MQTT has the security none or tls.") }
        let isSecure = settings.security == .tls
        let prefix = settings.topic ?? "nvfleet"
        for topic in [prefix, settings.discoveryPrefix ?? "homeassistant"] {
            guard
                topic.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({
                    !$0.isEmpty && MQTTMessages.level(String($0)) == $0
                })
            else { throw Problem.invalid("settings.topic", "A topic has letters, digits, hyphens and underscores between its slashes.") }
        }
        let access = MQTTAccess(
            host: try host(settings), port: settings.port ?? (isSecure ? 8883 : 1883), isSecure: isSecure,
            login: try login(settings, secrets, isSecure: isSecure), caFile: settings.caFile,
            clientID: "nvfleet-\(serverName.prefix(10))-\(channel)-\(UInt16.random(in: 0...UInt16.max))")
        return MQTTChannel(access: access, messages: MQTTMessages(prefix: prefix, discoveryPrefix: settings.discoveryPrefix))
    }

    /// Only what stands in the configured directory itself, and only while the configuration names one.
    func command(_ settings: ChannelSettings) throws -> any NotificationChannel {
        guard let directory = commandsDirectory else {
            throw Problem.invalid("kind", "This server runs no commands: notifications.commands is not configured.")
        }
        guard let name = settings.command, (1...128).contains(name.utf8.count), !name.hasPrefix("."), !name.contains("/"),
            name.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { throw Problem.invalid("settings.command", "command is the name of a program in the configured directory, without a path.") }
        let path = "\(directory)/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Problem.invalid("settings.command", "There is no program \(name) in the configured directory that the server may run.")
        }
        let arguments = settings.arguments ?? []
        guard arguments.count <= 20, arguments.allSatisfy({ $0.utf8.count <= 256 && !$0.utf8.contains(0) }) else {
            throw Problem.invalid("settings.arguments", "There may be 20 arguments of 256 bytes.")
        }
        return CommandChannel(path: path, arguments: arguments)
    }

    // MARK: - Parts

    private func login(
        _ settings: ChannelSettings, _ secrets: [String: String], isSecure: Bool
    ) throws -> (username: String, password: String)? {
        switch (settings.username, secrets["password"]) {
        case (nil, nil): return nil
        case (let username?, let password?):
            guard (1...256).contains(username.utf8.count) else {
                throw Problem.invalid("settings.username", "username has 1 to 256 bytes.")
            }
            return (username, password)
        default: throw Problem.invalid("settings.username", "A login is settings.username and secrets.password together.")
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 254 && parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"<>(),;:\"\\[]".utf8.contains($0) }
    }

    /// This machine's name, as RFC 5424 wants it.
    private static let hostname: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "-" }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).filter { $0.isASCII && $0 > " " }
        return text.isEmpty ? "-" : text
    }()
}
