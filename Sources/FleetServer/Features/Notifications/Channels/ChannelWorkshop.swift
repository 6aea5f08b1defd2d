import FoundationEssentials
import Logging
import NIOCore

/// Makes channels of their settings, and says what is wrong with those.
struct ChannelWorkshop: Sendable {
    /// Of programs that command channels may run; nil: there are none.
    let commandsDirectory: String?
    /// What this server is called by those who know several.
    let serverName: String
    let now: @Sendable () -> Date
    let logger: Logger

    /// Throws a `Problem` that names the setting.
    func make(_ record: ChannelRecord) throws -> any NotificationChannel {
        try check(record)
        let (settings, secrets) = (record.settings, record.secrets)
        switch record.kind {
        case .webhook: return try webhook(settings, secrets)
        case .mail: return try mail(settings, secrets)
        case .syslog: return try syslog(settings)
        case .snmpTrap: return try snmpTrap(settings, secrets)
        case .mqtt: return try mqtt(settings, secrets, channel: record.id)
        case .command: return try command(settings)
        }
    }

    /// What all kinds have in common: nothing is given that would count for nothing, and texts have bounds.
    private func check(_ record: ChannelRecord) throws {
        if let foreign = record.settings.given.subtracting(record.kind.settings).sorted().first {
            throw Problem.invalid("settings.\(foreign)", "\(foreign) is no setting of a channel of the kind \(record.kind.rawValue).")
        }
        if let foreign = Set(record.secrets.keys).subtracting(record.kind.secrets).sorted().first {
            throw Problem.invalid("secrets.\(foreign)", "\(foreign) is no secret of a channel of the kind \(record.kind.rawValue).")
        }
        guard record.secrets.values.allSatisfy({ $0.utf8.count <= 4096 }) else {
            throw Problem.invalid("secrets", "A secret has at most 4096 bytes.")
        }
        if let port = record.settings.port, !(1...65_535 ~= port) { throw Problem.invalid("settings.port", "A port is from 1 to 65535.") }
        if let caFile = record.settings.caFile {
            guard caFile.hasPrefix("/"), FileManager.default.isReadableFile(atPath: caFile) else {
                throw Problem.invalid("settings.caFile", "caFile is the whole path of a readable file with certificates in PEM.")
            }
        }
    }

    func host(_ settings: ChannelSettings) throws -> String {
        guard let host = settings.host, (1...253).contains(host.utf8.count), host.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 47 })
        else {
            throw Problem.invalid("settings.host", "host is the name or the address of the far end.")
        }
        return host
    }

    private func webhook(_ settings: ChannelSettings, _ secrets: [String: String]) throws -> any NotificationChannel {
        // Chat tools put their secret into the address, so it may be given as one.
        guard (settings.url == nil) != (secrets["url"] == nil), let url = settings.url ?? secrets["url"], url.utf8.count <= 2048,
            let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil
        else {
            throw Problem.invalid(
                "settings.url", "url is an http or https address, in the settings or else in the secrets, without a login.")
        }
        let kind = settings.template ?? .json
        guard (kind == .custom) == (settings.body != nil), settings.body.map({ $0.utf8.count <= 16_384 }) ?? true else {
            throw Problem.invalid("settings.body", "body is for the template custom, which needs it; it has at most 16384 bytes.")
        }
        if let body = settings.body { try checkTemplate(body) }
        let headers = try self.headers(settings.headers ?? [:])
        return WebhookChannel(
            url: url, template: MessageTemplate(kind: kind, custom: settings.body ?? ""), headers: headers,
            signingKey: secrets["signingKey"],
            authorization: try line(secrets["authorization"], "secrets.authorization"), caFile: settings.caFile, now: now)
    }

    private func checkTemplate(_ body: String) throws {
        let example = MessageTemplate.filled(body, .test(channel: "\"", id: "x", at: now()))
        guard (try? JSONDecoder().decode(AnyJSON.self, from: Data(example.utf8))) != nil else {
            throw Problem.invalid("settings.body", "body is no JSON. Placeholders such as {{title}} stand inside of strings.")
        }
        for part in body.split(separator: "{{").dropFirst(body.hasPrefix("{{") ? 0 : 1) {
            let name = part.prefix { $0 != "}" }.filter { $0 != " " }
            guard MessageTemplate.placeholders.contains(String(name)) else {
                throw Problem.invalid(
                    "settings.body",
                    "There is no placeholder {{\(name)}}. There are: \(MessageTemplate.placeholders.joined(separator: ", ")).")
            }
        }
    }

    private func headers(_ given: [String: String]) throws -> [(String, String)] {
        guard given.count <= 20 else { throw Problem.invalid("settings.headers", "There may be 20 headers.") }
        return try given.sorted { $0.key < $1.key }.map { name, value in
            guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ $0 == 45 || 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 })
            else { throw Problem.invalid("settings.headers", "A header's name has letters, digits and hyphens.") }
            let secret = ["authorization", "cookie", "x-api-key"]
            guard !secret.contains(name.lowercased()) else {
                throw Problem.invalid("settings.headers", "\(name) is a secret: give it as secrets.authorization.")
            }
            return (name, try line(value, "settings.headers") ?? "")
        }
    }

    /// A text that can't begin a line of its own.
    func line(_ text: String?, _ field: String) throws -> String? {
        guard let text else { return nil }
        guard text.utf8.count <= 4096, text.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
            throw Problem.invalid(field, "\(field) is one line of at most 4096 bytes.")
        }
        return text
    }
}

/// Anything that is JSON.
private struct AnyJSON: Decodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if (try? decoder.container(keyedBy: Name.self)) != nil { return }
        if (try? decoder.unkeyedContainer()) != nil { return }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() || (try? value.decode(Bool.self)) != nil || (try? value.decode(Double.self)) != nil { return }
        _ = try value.decode(String.self)
    }
}
