/// How a card's agent is to be asked, as requests say it: with communities, or as a version 3 user.
///
///     {"version": "2c", "readCommunity": "public", "writeCommunity": "private"}
///     {"version": "3", "user": "nms", "authProtocol": "SHA", "authPassword": "…", "privProtocol": "AES", "privPassword": "…"}
struct SNMPAccessFields: Decodable, Sendable {
    let version: SNMPAccess.Version?
    let readCommunity: String?
    let writeCommunity: String?
    let user: SNMPUserFields

    private enum CodingKeys: CodingKey { case version, readCommunity, writeCommunity }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decodeIfPresent(SNMPAccess.Version.self, forKey: .version)
        readCommunity = try container.decodeIfPresent(String.self, forKey: .readCommunity)
        writeCommunity = try container.decodeIfPresent(String.self, forKey: .writeCommunity)
        user = try SNMPUserFields(from: decoder)
    }

    /// A change of access that has been found to be possible.
    enum Change: Sendable {
        case user(SNMPUserOrder)
        case communities(version: SNMPAccess.CommunityVersion?, read: String?, write: String?)
        /// Version 3 with the user that the card has already.
        case knownUser
    }

    /// `place` is where the fields are in the request, for the problem.
    func checked(in place: String) throws(Problem) -> Change {
        let communities = [readCommunity, writeCommunity].compactMap(\.self)
        guard communities.allSatisfy({ (1...64).contains($0.utf8.count) }) else {
            throw .invalid(place, "A community has 1 to 64 bytes.")
        }
        let communityVersion = version.flatMap { SNMPAccess.CommunityVersion(rawValue: $0.rawValue) }
        if user.isEmpty, version != .v3 { return .communities(version: communityVersion, read: readCommunity, write: writeCommunity) }
        guard communityVersion == nil else {
            throw .invalid("\(place).user", "Users are version 3's; leave the user out, or the version.")
        }
        guard communities.isEmpty else {
            throw .invalid("\(place).readCommunity", "Version 3 has users, no communities: give one or the other.")
        }
        return user.isEmpty ? .knownUser : .user(try user.checked(in: place))
    }

    func applied(to access: SNMPAccess, in place: String) async throws -> SNMPAccess {
        var changed = access
        switch try checked(in: place) {
        case .user(let order): changed.user = try await order.user()
        case .knownUser:
            guard access.user != nil else { throw Problem.invalid("\(place).user", "Version 3 needs a user: a name of 1 to 32 bytes.") }
        case .communities(let version, let read, let write):
            if let version {
                changed.communityVersion = version
                changed.user = nil
            }
            changed.readCommunity = read ?? changed.readCommunity
            changed.writeCommunity = write ?? changed.writeCommunity
        }
        return changed
    }
}
