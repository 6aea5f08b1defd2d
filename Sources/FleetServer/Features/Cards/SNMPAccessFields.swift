/// How a card's agent is to be asked, as requests say it: with communities, or as a version 3 user.
///
///     {"version": "2c", "readCommunity": "public", "writeCommunity": "private"}
///     {"version": "3", "user": "nms", "authProtocol": "SHA", "authPassword": "…", "privProtocol": "AES", "privPassword": "…"}
struct SNMPAccessFields: Decodable, Sendable {
    let version: SNMPAccess.Version?
    let readCommunity: String?
    let writeCommunity: String?
    let user: SNMPUserFields

    private enum CodingKeys: CodingKey { case version, readCommunity, community, writeCommunity }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decodeIfPresent(SNMPAccess.Version.self, forKey: .version)
        // Searches call it so.
        readCommunity =
            try container.decodeIfPresent(String.self, forKey: .readCommunity)
            ?? container.decodeIfPresent(String.self, forKey: .community)
        writeCommunity = try container.decodeIfPresent(String.self, forKey: .writeCommunity)
        user = try SNMPUserFields(from: decoder)
    }

    /// Throws a `Problem` if it can't be applied to any access. `place` is where the fields are in the request.
    func check(in place: String) throws(Problem) { _ = try communityVersion(in: place) }

    /// Of the messages that carry a community; nil for version 3, and if no version was given.
    private func communityVersion(in place: String) throws(Problem) -> SNMPAccess.CommunityVersion? {
        let communities = [readCommunity, writeCommunity].compactMap(\.self)
        guard communities.allSatisfy({ (1...64).contains($0.utf8.count) }) else {
            throw .invalid(place, "A community has 1 to 64 bytes.")
        }
        let communityVersion = version.flatMap { SNMPAccess.CommunityVersion(rawValue: $0.rawValue) }
        guard hasUser else { return communityVersion }
        guard communityVersion == nil else {
            throw .invalid("\(place).user", "Users are version 3's; leave the user out, or the version.")
        }
        guard communities.isEmpty else {
            throw .invalid("\(place).readCommunity", "Version 3 has users, no communities: give one or the other.")
        }
        return nil
    }

    private var hasUser: Bool { version == .v3 || !user.isEmpty }

    func applied(to access: SNMPAccess, in place: String) async throws -> SNMPAccess {
        var changed = access
        let communityVersion = try communityVersion(in: place)
        if hasUser {
            changed.user = try await user.user(keeping: access.user, in: place)
            return changed
        }
        if let communityVersion {
            changed.communityVersion = communityVersion
            changed.user = nil
        }
        changed.readCommunity = readCommunity ?? changed.readCommunity
        changed.writeCommunity = writeCommunity ?? changed.writeCommunity
        return changed
    }
}
