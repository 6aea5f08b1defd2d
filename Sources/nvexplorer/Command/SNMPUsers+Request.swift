import SNMP

extension SNMPUsers {
    /// The users of the named file as a search's credentials in the API; none without a file. What the environment names is for --direct:
    /// a search with credentials of its own leaves out those that the server has.
    func asCredentials() async throws -> [APIValue] {
        guard let snmpUsers else { return [] }
        let document = try await LocalFile.readText(snmpUsers)
        // Says what is wrong, and in which line.
        _ = try await Self.users(in: document, of: snmpUsers)
        return Self.credentials(in: document)
    }

    /// Of a document that has been found right.
    static func credentials(in document: String) -> [APIValue] {
        document.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.map { line in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            var fields: [String: APIValue] = ["version": .text("3"), "user": .text(parts[0])]
            guard parts.count == 3 else { return .object(fields) }
            let (password, privacy) = divided(parts[2])
            fields["authProtocol"] = .text(parts[1])
            fields["authPassword"] = .text(password)
            if let privacy {
                fields["privProtocol"] = .text(privacy.protocol.rawValue)
                fields["privPassword"] = .text(privacy.password)
            }
            return .object(fields)
        }
    }

    /// The authentication password ends where the name of a privacy protocol follows between two colons.
    private static func divided(_ text: String) -> (String, (protocol: PrivacyProtocol, password: String)?) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for index in parts.indices.dropFirst().dropLast() {
            guard let privacy = PrivacyProtocol(spelling: String(parts[index])) else { continue }
            return (parts[..<index].joined(separator: ":"), (privacy, parts[(index + 1)...].joined(separator: ":")))
        }
        return (text, nil)
    }
}
