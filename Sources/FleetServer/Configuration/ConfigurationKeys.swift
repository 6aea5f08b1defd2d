import Yams

/// The keys that a configuration file may have. What is none of them, or holds a list where one value is meant, would count for nothing;
/// so such a file is refused.
enum ConfigurationKeys {
    /// Hold a list, or its items in one text with commas between them.
    static let lists: Set<String> = ["discover", "trustKeys", "trustedProxies", "traps.communities"]
    /// Hold one value.
    static let values: Set<String> = [
        "adminPassword", "alarms.retentionDays", "data", "database", "discoverMinutes", "gateway.clients", "gateway.host", "gateway.listen",
        "gateway.maxAgeMs", "listen", "logLevel", "metrics.cards", "metrics.token", "notifications.commands", "poll.allSeconds",
        "poll.statusSeconds", "portOffset", "profiles",
        "remoteWrite.bearerTokenFile", "remoteWrite.intervalSeconds", "remoteWrite.passwordFile", "remoteWrite.queueMegabytes",
        "remoteWrite.url", "remoteWrite.username", "retention.dailyDays", "retention.days", "retention.hourlyDays", "session.hours",
        "syslog.certificate", "syslog.clientCA", "syslog.key", "syslog.tcp", "syslog.tls", "syslog.udp",
        "traps.listen", "traps.users", "web",
    ]

    /// Throws `ConfigurationFileProblem` with all that a file's text has wrong, key by key.
    static func check(_ text: String) throws(ConfigurationFileProblem) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ConfigurationFileProblem(sentences: ["it is no YAML: \(error)"])
        }
        guard let mapping = root?.mapping else {
            throw ConfigurationFileProblem(sentences: ["it must have keys, such as listen: 127.0.0.1:8080."])
        }
        let sentences = problems(of: mapping, below: "")
        if !sentences.isEmpty { throw ConfigurationFileProblem(sentences: sentences) }
    }

    private static func problems(of mapping: Node.Mapping, below section: String) -> [String] {
        mapping.flatMap { name, value -> [String] in
            let key = section + (name.string ?? "?")
            if let inner = value.mapping { return problems(of: inner, below: key + ".") }
            return problem(of: value, at: key).map { [$0] } ?? []
        }
    }

    /// Never says the value: it may be a secret.
    private static func problem(of value: Node, at key: String) -> String? {
        if lists.contains(key) {
            let isList = value.scalar != nil || value.sequence?.allSatisfy { $0.scalar != nil } == true
            return isList ? nil : "\(key) must be a list of texts."
        }
        if values.contains(key) { return value.scalar == nil ? "\(key) must be one value, not a list." : nil }
        // A section whose keys are all commented out.
        if ["", "~", "null"].contains(value.scalar?.string), values.contains(where: { $0.hasPrefix(key + ".") }) { return nil }
        return "there is no key \(key)."
    }
}

/// What a configuration file has that the server can't go by.
struct ConfigurationFileProblem: Error, CustomStringConvertible {
    let sentences: [String]

    var description: String { sentences.joined(separator: " ") }
}
