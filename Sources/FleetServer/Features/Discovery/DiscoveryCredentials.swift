/// A way to ask agents in a search: `{"version": "2c", "community": "public"}`, or version 3 with a user.
struct DiscoveryCredentials: Decodable, Sendable {
    let version: SNMPAccess.Version
    let community: String?
    let user: SNMPUserFields

    private enum CodingKeys: CodingKey { case version, community }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(SNMPAccess.Version.self, forKey: .version)
        community = try container.decodeIfPresent(String.self, forKey: .community)
        user = try SNMPUserFields(from: decoder)
    }

    /// `place` is where it stands in the request, for the problem.
    func access(in place: String) async throws -> SNMPAccess {
        guard let communityVersion = SNMPAccess.CommunityVersion(rawValue: version.rawValue) else {
            guard community == nil else {
                throw Problem.invalid("\(place).community", "Version 3 has users, no communities: give a user, or version 2c.")
            }
            var access = SNMPAccess.standard
            access.user = try await user.user(keeping: nil, in: place)
            return access
        }
        guard user.isEmpty else { throw Problem.invalid("\(place).user", "Users are version 3's; leave the user out, or give version 3.") }
        guard let community, (1...64).contains(community.utf8.count) else {
            throw Problem.invalid("\(place).community", "Versions 1 and 2c need a community of 1 to 64 bytes.")
        }
        return SNMPAccess(communityVersion: communityVersion, readCommunity: community)
    }
}

extension [DiscoveryCredentials] {
    /// The ways in their order. Making the keys of a user takes some milliseconds.
    func ways() async throws -> [SNMPAccess] {
        guard (1...DiscoveryOrder.maximumWays).contains(count) else {
            throw Problem.invalid("credentials", "Give 1 to \(DiscoveryOrder.maximumWays) credentials.")
        }
        var ways: [SNMPAccess] = []
        for (number, credentials) in enumerated() { ways.append(try await credentials.access(in: "credentials[\(number)]")) }
        return ways
    }
}
