import Configuration
import FoundationEssentials
import NIOCore

/// How Modbus clients reach cards through the server. Keys, below `gateway`:
/// - `listen` (ADDRESS:PORT, or `off`; default off; `FLEET_GATEWAY_LISTEN`): the port that cards share: the unit identifier picks the card.
/// - `host` (address, default `127.0.0.1`; `FLEET_GATEWAY_HOST`): where the ports listen that belong to one card each.
/// - `maxAgeMs` (0…60000, default 1000; `FLEET_GATEWAY_MAX_AGE_MS`): how old registers may be that a client is answered with.
/// - `clients` (1…1000, default 64; `FLEET_GATEWAY_CLIENTS`): connections that a port takes at once.
struct GatewaySettings: Sendable, Equatable {
    /// Nil: there is no shared port.
    var listen: ListenAddress?
    var host = "127.0.0.1"
    var maxAge = Duration.seconds(1)
    var clients = 64

    init() {}

    init(config: ConfigReader) throws(ConfigurationProblem) {
        let text = config.string(forKey: "gateway.listen", default: "off")
        if !text.isEmpty, text != "off" {
            let address = try ListenAddress(text, key: "gateway.listen")
            guard (try? SocketAddress(ipAddress: address.host, port: address.port)) != nil else {
                throw ConfigurationProblem(key: "gateway.listen", value: text, expected: "off, or ADDRESS:PORT, for example 0.0.0.0:1502")
            }
            listen = address
        }
        host = config.string(forKey: "gateway.host", default: host)
        guard (try? SocketAddress(ipAddress: host, port: 1)) != nil else {
            throw ConfigurationProblem(key: "gateway.host", value: host, expected: "an IP address, for example 0.0.0.0")
        }
        maxAge = .milliseconds(try FleetConfiguration.number(config, "gateway.maxAgeMs", default: 1000, in: 0...60_000))
        clients = try FleetConfiguration.number(config, "gateway.clients", default: 64, in: 1...1000)
    }
}
