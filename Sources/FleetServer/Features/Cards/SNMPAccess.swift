import SNMP

/// How a card's SNMP agent is asked. Secret: it holds communities and keys.
struct SNMPAccess: Codable, Sendable, Equatable {
    enum Version: String, Codable, Sendable, CaseIterable { case v1 = "1", v2c = "2c", v3 = "3" }
    enum CommunityVersion: String, Codable, Sendable, CaseIterable { case v1 = "1", v2c = "2c" }

    /// Of the messages that carry a community.
    var communityVersion: CommunityVersion
    var readCommunity: String
    var writeCommunity: String?
    /// With a user, the card is asked by version 3; the communities stay for who goes back.
    var user: SNMPUser?

    static let standard = SNMPAccess(communityVersion: .v2c, readCommunity: "public")

    private enum CodingKeys: String, CodingKey {
        case communityVersion = "version"
        case readCommunity, writeCommunity, user
    }
}

extension SNMPAccess {
    var version: Version {
        if user != nil { return .v3 }
        return communityVersion == .v1 ? .v1 : .v2c
    }

    /// As the SNMP client takes it, for reading.
    var credentials: SNMPCredentials {
        if let user { return .v3(user.user, contextName: user.context) }
        let community = Community(readCommunity)
        return communityVersion == .v1 ? .v1(community) : .v2c(community)
    }
}

extension SNMPAccess: CustomStringConvertible, CustomDebugStringConvertible {
    var description: String { "SNMPAccess(v\(version.rawValue), redacted)" }
    var debugDescription: String { description }
}
