import SNMP

extension SNMPUsers {
    /// The users of the named file as a search's credentials in the API; none without a file. What the environment names is for --direct:
    /// a search with credentials of its own leaves out those that the server has.
    func asCredentials() async throws -> [APIValue] {
        guard let snmpUsers else { return [] }
        let document = try await LocalFile.readText(snmpUsers)
        // Says what is wrong, and in which line.
        _ = try await Self.users(in: document, of: snmpUsers)
        return try Self.credentials(in: document)
    }

    static func credentials(in document: String) throws(USMSpecificationError) -> [APIValue] {
        try USMUserSpecification.all(in: document).map { user in
            var fields: [String: APIValue] = ["version": .text("3"), "user": .text(user.name)]
            if let authentication = user.authentication {
                fields["authProtocol"] = .text(authentication.protocol.rawValue)
                fields["authPassword"] = .text(authentication.password)
            }
            if let privacy = user.privacy {
                fields["privProtocol"] = .text(privacy.protocol.rawValue)
                fields["privPassword"] = .text(privacy.password)
            }
            return .object(fields)
        }
    }
}
