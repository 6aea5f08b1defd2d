import FoundationEssentials
import SNMP

/// A version 3 user, and the context that it asks in. Secret.
///
/// What is stored are the master keys, not the passwords that they were made of: nothing is hashed when a server with thousands of users
/// starts, and who opens the store has no password to try elsewhere.
struct SNMPUser: Sendable, Equatable {
    let user: USMUser
    /// Empty in nearly all agents.
    let context: String
}

extension SNMPUser: Codable {
    private struct Key: Codable {
        let `protocol`: String
        let key: Data
    }

    private enum CodingKeys: CodingKey { case name, authentication, privacy, context }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let authentication = try container.decodeIfPresent(Key.self, forKey: .authentication)
        let privacy = try container.decodeIfPresent(Key.self, forKey: .privacy)
        let user = try USMUser(
            name: try container.decode(String.self, forKey: .name),
            authenticationKey: try authentication.map { (try Self.algorithm($0.protocol), MasterKey(octets: Array($0.key))) },
            privacyKey: try privacy.map { (try Self.algorithm($0.protocol), MasterKey(octets: Array($0.key))) })
        self.init(user: user, context: try container.decode(String.self, forKey: .context))
    }

    private static func algorithm<Algorithm: RawRepresentable<String>>(_ name: String) throws -> Algorithm {
        guard let algorithm = Algorithm(rawValue: name) else { throw UnknownAlgorithm(name: name) }
        return algorithm
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(user.name, forKey: .name)
        try container.encodeIfPresent(
            user.authentication.map { Key(protocol: $0.protocol.rawValue, key: Data($0.key.octets)) }, forKey: .authentication)
        try container.encodeIfPresent(user.privacy.map { Key(protocol: $0.protocol.rawValue, key: Data($0.key.octets)) }, forKey: .privacy)
        try container.encode(context, forKey: .context)
    }
}

/// A stored user of a protocol that this version does not know.
struct UnknownAlgorithm: Error, CustomStringConvertible {
    let name: String
    var description: String { "The stored SNMPv3 user has the protocol \(name), which this server does not know." }
}
