import Testing

@testable import SNMP

struct LocalizedUserTests {
    static let engineID = EngineID.mac(enterprise: 4555, [0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90])
    static let sysName: OID = "1.3.6.1.2.1.1.5.0"

    static func user(
        _ authentication: AuthenticationProtocol?, _ privacy: PrivacyProtocol?, name: String = "operator",
        passwords: (String, String) = ("authpassword", "privpassword"), engineID: EngineID = engineID
    ) throws -> LocalizedUser {
        let user = try USMUser(
            name: name, authentication: authentication.map { ($0, passwords.0) }, privacy: privacy.map { ($0, passwords.1) })
        return LocalizedUser(user, engineID: engineID, contexts: AESContexts())
    }

    static func user(of fixture: SecureFixture) throws -> LocalizedUser {
        try user(fixture.authentication, fixture.privacy, name: fixture.user)
    }

    /// The scoped PDU of a message, with a cipher's padding; nil if the message is not authentic or can't be decrypted.
    static func plaintext(_ octets: [UInt8], by user: LocalizedUser) throws -> [UInt8]? {
        try octets.withUnsafeBytes { octets in
            let message = try SecureMessage(octets)
            if message.level.isAuthenticated, !user.isAuthentic(message, in: octets) { return nil }
            var scratch = [UInt8](octets[message.scopedData])
            return !message.level.isEncrypted || user.decrypt(message, in: octets, into: &scratch) ? scratch : nil
        }
    }

    static func opened(_ octets: [UInt8], by user: LocalizedUser) throws -> ScopedPDU? {
        try plaintext(octets, by: user)?.withUnsafeBytes { try? ScopedPDU(decoding: $0) }
    }

    static func sealed(
        _ scoped: ScopedPDU, _ level: SecurityLevel, by user: LocalizedUser, messageID: Int32 = 4711, salt: UInt64 = 0x0102_0304_0506_0708
    ) -> [UInt8] {
        var writer = BERWriter(capacity: 16)
        scoped.encode(into: &writer)
        let header = SecureHeader(messageID: messageID, level: level, isReportable: true, engineID: user.engineID, boots: 3, time: 70_000)
        user.seal(header, salt: salt, into: &writer)
        return Array(writer.written)
    }

    static let request = ScopedPDU(contextEngineID: engineID, pdu: PDU(.get, requestID: 77, names: [sysName]))

    @Test(arguments: SecureFixture.all)
    func opensWhatNetSNMPSends(_ fixture: SecureFixture) throws {
        let user = try Self.user(of: fixture)
        let request = try #require(try Self.opened(fixture.request, by: user))
        let response = try #require(try Self.opened(fixture.response, by: user))
        #expect(request.contextEngineID == Self.engineID)
        #expect(request.contextName.isEmpty)
        #expect(request.pdu == PDU(.get, requestID: request.pdu.requestID, names: [Self.sysName]))
        let binding = VariableBinding(Self.sysName, .text("tester"))
        #expect(response.pdu == PDU(.response, requestID: request.pdu.requestID, bindings: [binding]))
    }

    @Test(arguments: SecureFixture.all)
    func sealsTheSameOctets(_ fixture: SecureFixture) throws {
        let user = try Self.user(of: fixture)
        for octets in [fixture.request, fixture.response] {
            let message = try octets.withUnsafeBytes { try SecureMessage($0) }
            let header = SecureHeader(
                messageID: message.messageID, maximumSize: message.maximumSize, level: message.level, isReportable: message.isReportable,
                engineID: user.engineID, boots: message.boots, time: message.time)
            var writer = BERWriter(capacity: 16)
            let plaintext = try #require(try Self.plaintext(octets, by: user))
            plaintext.withUnsafeBytes { writer.prepend($0) }
            user.seal(header, salt: octets[message.privacyParameters].reduce(0) { $0 << 8 | UInt64($1) }, into: &writer)
            #expect(Array(writer.written) == octets)

            writer.reset()
            let scoped = try #require(try Self.opened(octets, by: user))
            scoped.encode(into: &writer)
            #expect(plaintext.starts(with: writer.written))
        }
    }

    @Test(arguments: AuthenticationProtocol.allCases, PrivacyProtocol.allCases)
    func opensWhatItSeals(_ authentication: AuthenticationProtocol, _ privacy: PrivacyProtocol) throws {
        let user = try Self.user(authentication, privacy)
        for level in SecurityLevel.allCases {
            // Every length modulo a cipher's block.
            for length in 0..<17 {
                var scoped = Self.request
                scoped.pdu.bindings = [VariableBinding(Self.sysName, .octetString([UInt8](repeating: 7, count: length)))]
                #expect(try Self.opened(Self.sealed(scoped, level, by: user), by: user) == scoped)
            }
        }
    }

    @Test(arguments: AuthenticationProtocol.allCases)
    func noMessageWithAFlippedBitIsAuthentic(_ authentication: AuthenticationProtocol) throws {
        let user = try Self.user(authentication, .aes128)
        let octets = Self.sealed(Self.request, .authPriv, by: user)
        #expect(try Self.opened(octets, by: user) == Self.request)
        for position in octets.indices {
            for bit in 0..<8 {
                var flipped = octets
                flipped[position] ^= 1 << bit
                flipped.withUnsafeBytes { flipped in
                    guard let message = try? SecureMessage(flipped) else { return }
                    #expect(!user.isAuthentic(message, in: flipped), "bit \(bit) of octet \(position)")
                }
            }
        }
    }

    @Test(arguments: AuthenticationProtocol.allCases)
    func noOtherKeyOrEngineOpensAMessage(_ authentication: AuthenticationProtocol) throws {
        let octets = Self.sealed(Self.request, .authPriv, by: try Self.user(authentication, .aes128))
        let otherEngine = EngineID.mac(enterprise: 4555, [0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x91])
        #expect(try Self.opened(octets, by: Self.user(authentication, .aes128, passwords: ("authpassword2", "privpassword"))) == nil)
        #expect(try Self.opened(octets, by: Self.user(authentication, .aes128, passwords: ("authpassword", "privpassword2"))) == nil)
        #expect(try Self.opened(octets, by: Self.user(authentication, .aes128, engineID: otherEngine)) == nil)
        for other in AuthenticationProtocol.allCases where other != authentication {
            #expect(try Self.opened(octets, by: Self.user(other, .aes128)) == nil)
        }
        #expect(try Self.opened(octets, by: Self.user(nil, nil)) == nil)
    }

    @Test func anUnsignedMessageIsNotAuthentic() throws {
        let user = try Self.user(.sha1, nil)
        let octets = Self.sealed(Self.request, .noAuthNoPriv, by: user)
        let message = try octets.withUnsafeBytes { try SecureMessage($0) }
        #expect(!octets.withUnsafeBytes { user.isAuthentic(message, in: $0) })
    }

    @Test func acceptsOctetsAfterTheMessageThatNobodySigned() throws {
        let user = try Self.user(.sha256, .aes128)
        let octets = Self.sealed(Self.request, .authPriv, by: user)
        #expect(try Self.opened(octets + [1, 2, 3], by: user) == Self.request)
    }

    @Test func refusesADatagramOtherThanTheMessages() throws {
        let user = try Self.user(.sha1, .aes128)
        let octets = Self.sealed(Self.request, .authPriv, by: user)
        let message = try octets.withUnsafeBytes { try SecureMessage($0) }
        Array(octets.prefix(20)).withUnsafeBytes { short in
            var scratch: [UInt8] = []
            let isDecrypted = user.decrypt(message, in: short, into: &scratch)
            #expect(!isDecrypted)
            #expect(!user.isAuthentic(message, in: short))
        }
    }

    /// The length of the ciphertext, or of the salt, that no cipher takes.
    @Test func refusesWhatCannotBeDecrypted() throws {
        for privacy in [PrivacyProtocol.des, .aes128] {
            for (salt, text) in [(7, 16), (9, 16), (0, 16), (8, 0)] + (privacy == .des ? [(8, 17), (8, 7)] : []) {
                let octets = Self.encrypted(saltLength: salt, textLength: text)
                let user = try Self.user(.sha1, privacy)
                let message = try octets.withUnsafeBytes { try SecureMessage($0) }
                var scratch: [UInt8] = []
                let isDecrypted = octets.withUnsafeBytes { user.decrypt(message, in: $0, into: &scratch) }
                #expect(!isDecrypted)
            }
        }
    }

    private static func encrypted(saltLength: Int, textLength: Int) -> [UInt8] {
        var writer = BERWriter()
        writer.prepend([UInt8](repeating: 1, count: textLength), as: .octetString)
        let mark = writer.count
        writer.prepend([UInt8](repeating: 2, count: saltLength), as: .octetString)
        for field in [[UInt8](repeating: 0, count: 12), Array("operator".utf8)] { writer.prepend(field, as: .octetString) }
        for _ in 0..<2 { writer.prepend(Int64(1)) }
        writer.prepend(engineID.octets, as: .octetString)
        for tag in [BERTag.sequence, .octetString] { writer.prependHeader(tag, since: mark) }
        let header = writer.count
        writer.prepend(Int64(3))
        writer.prepend([UInt8(3)], as: .octetString)
        for number in [Int64(484), 1] { writer.prepend(number) }
        writer.prependHeader(.sequence, since: header)
        writer.prepend(Int64(3))
        writer.prependHeader(.sequence, since: 0)
        return Array(writer.written)
    }
}
