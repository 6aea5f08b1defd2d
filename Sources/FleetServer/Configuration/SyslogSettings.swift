import Configuration
import FoundationEssentials
import NIOCore
import NIOSSL
import Syslog

/// Where syslog is heard. Keys, below `syslog`:
/// - `udp`, `tcp` (address and port, or `off`; default: port 514 plus `portOffset` on all addresses; `FLEET_SYSLOG_UDP`, `FLEET_SYSLOG_TCP`).
/// - `tls` (address and port, or `off`; default `off`, the usual port is 6514; `FLEET_SYSLOG_TLS`).
/// - `certificate`, `key` (paths of PEM files, wanted by `tls`; `FLEET_SYSLOG_CERTIFICATE`, `FLEET_SYSLOG_KEY`): the certificate with its chain,
///   and its private key.
/// - `clientCA` (path of a PEM file, default none; `FLEET_SYSLOG_CLIENT_CA`): senders over TLS then need a certificate that one of these vouches for.
struct SyslogSettings: Sendable {
    /// Where each is heard; those that are off are missing.
    var listen: [SyslogTransport: ListenAddress]
    var certificateFile: String?
    var keyFile: String?
    var clientCAFile: String?

    /// No syslog is heard.
    init() { listen = [:] }

    init(config: ConfigReader, portOffset: Int) throws(ConfigurationProblem) {
        listen = [:]
        let defaults: [(SyslogTransport, String)] = [
            (.udp, "0.0.0.0:\(514 + portOffset)"), (.tcp, "0.0.0.0:\(514 + portOffset)"), (.tls, "off"),
        ]
        for (transport, fallback) in defaults {
            let text = config.string(forKey: ConfigKey(transport.rawValue), default: fallback)
            guard text != "off" else { continue }
            let address = try ListenAddress(text, key: "syslog.\(transport.rawValue)")
            guard (try? SocketAddress(ipAddress: address.host, port: address.port)) != nil else {
                throw ConfigurationProblem(
                    key: "syslog.\(transport.rawValue)", value: text,
                    expected: "off, or ADDRESS:PORT, for example \(fallback == "off" ? "0.0.0.0:6514" : fallback)")
            }
            listen[transport] = address
        }
        certificateFile = Self.path(config, "certificate")
        keyFile = Self.path(config, "key")
        clientCAFile = Self.path(config, "clientCA")
        guard listen[.tls] != nil else { return }
        for (key, file) in [("certificate", certificateFile), ("key", keyFile)] where file == nil {
            throw ConfigurationProblem(key: "syslog.\(key)", value: "", expected: "the path of a PEM file: syslog.tls needs it")
        }
    }

    private static func path(_ config: ConfigReader, _ key: ConfigKey) -> String? {
        config.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What TLS needs; nil where it is off. Reads the files.
    func tlsContext() throws -> NIOSSLContext? {
        guard listen[.tls] != nil, let certificateFile, let keyFile else { return nil }
        let chain = try Self.read("certificate", certificateFile, "a PEM file of the certificate and its chain") {
            try NIOSSLCertificate.fromPEMFile($0)
        }
        let key = try Self.read("key", keyFile, "a PEM file of the certificate's private key, without a password") {
            try NIOSSLPrivateKey(file: $0, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        if let clientCAFile {
            let authorities = try Self.read("clientCA", clientCAFile, "a PEM file of certificates") {
                try NIOSSLCertificate.fromPEMFile($0)
            }
            configuration.trustRoots = .certificates(authorities)
            // A sender's address is no name: who has a certificate of these authorities may send.
            configuration.certificateVerification = .noHostnameVerification
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ConfigurationProblem(
                key: "syslog.certificate", value: certificateFile, expected: "the certificate of the private key in syslog.key")
        }
    }

    /// Errors never show what is in a file.
    private static func read<Value>(_ key: String, _ path: String, _ expected: String, _ body: (String) throws -> Value) throws -> Value {
        do {
            return try body(path)
        } catch {
            throw ConfigurationProblem(key: "syslog.\(key)", value: path, expected: expected)
        }
    }
}
