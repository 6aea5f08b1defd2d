import NIOCore
import Testing

@testable import SNMP

/// What the engine does not do, and what it says then.
extension LocalEngineTests {
    @Test func reportsAnUnknownUser() throws {
        let lab = try EngineLaboratory()
        let stranger = try USMUser(name: "stranger")
        let answer = try report(lab.receive(lab.message(stranger, .noAuthNoPriv, Self.request)), to: stranger)
        #expect(answer == (.unknownUserNames, 1, 77, EngineTime(boots: 3, time: 100)))
    }

    @Test func reportsALevelThatTheUserHasNoKeysFor() throws {
        let lab = try EngineLaboratory()
        let stronger = try USMUser(name: "signing", authentication: (.sha1, "authpassword"), privacy: (.aes128, "privpassword"))
        #expect(try report(lab.receive(lab.message(stronger, .authPriv, Self.request)), to: stronger).counter == .unsupportedSecurityLevels)
        let signed = try USMUser(name: "plain", authentication: (.sha1, "authpassword"))
        #expect(try report(lab.receive(lab.message(signed, .authNoPriv, Self.request)), to: signed).counter == .unsupportedSecurityLevels)
    }

    @Test func reportsAWrongKey() throws {
        let lab = try EngineLaboratory()
        let wrong = try USMUser(name: "signing", authentication: (.sha1, "wrongpassword"))
        #expect(try report(lab.receive(lab.message(wrong, .authNoPriv, Self.request)), to: wrong).counter == .wrongDigests)
        let otherHash = try USMUser(name: "signing", authentication: (.sha512, "authpassword"))
        #expect(try report(lab.receive(lab.message(otherHash, .authNoPriv, Self.request)), to: otherHash).counter == .wrongDigests)
        let wrongPrivacy = try USMUser(name: "strong", authentication: (.sha256, "authpassword"), privacy: (.aes256, "wrongpassword"))
        #expect(try report(lab.receive(lab.message(wrongPrivacy, .authPriv, Self.request)), to: wrongPrivacy).counter == .decryptionErrors)
        #expect(lab.engine.statistics.wrongDigests == 2)
        #expect(lab.engine.statistics.decryptionErrors == 1)
    }

    /// A person who got the keys wrong would not see the report otherwise: the decrypted octets differ each time.
    @Test func reportsAWrongPrivacyKeyWhateverComesOut() throws {
        let lab = try EngineLaboratory()
        for number in 0..<50 {
            let wrong = try USMUser(name: "strong", authentication: (.sha256, "authpassword"), privacy: (.aes256, "wrongpassword\(number)"))
            #expect(try report(lab.receive(lab.message(wrong, .authPriv, Self.request)), to: wrong).counter == .decryptionErrors)
        }
    }

    @Test func servesNobodyBelowTheLevelOfItsKeys() throws {
        let lab = try EngineLaboratory()
        let strong = try Self.strong.get()
        for level in [SecurityLevel.noAuthNoPriv, .authNoPriv] {
            guard case .answer(let buffer) = lab.receive(lab.message(strong, level, Self.request)) else { throw Unexpected(action: "") }
            #expect(try SecureMessage(decoding: buffer).level == level)
            let localized = LocalizedUser(strong, engineID: Self.engineID, contexts: lab.contexts)
            let scoped = try #require(try LocalizedUserTests.opened(Array(buffer.readableBytesView), by: localized))
            var expected = Self.request
            expected.kind = .response
            expected.errorStatus = .authorizationError
            #expect(scoped.pdu == expected)
        }
        #expect(lab.engine.statistics == EngineStatistics())
    }

    @Test func servesAUserAtALowerLevelWhereThatIsConfigured() throws {
        let strong = try Self.strong.get()
        let lab = try EngineLaboratory(users: [LocalEngine.User(strong, .readOnly, minimumLevel: .authNoPriv)])
        #expect(throws: Never.self) { try accepted(lab.receive(lab.message(strong, .authNoPriv, Self.request))) }
        guard case .answer = lab.receive(lab.message(strong, .noAuthNoPriv, Self.request)) else { throw Unexpected(action: "") }
    }

    @Test func reportsAnUnknownContextAtTheLevelOfTheRequest() throws {
        let lab = try EngineLaboratory()
        let strong = try Self.strong.get()
        let named = lab.message(strong, .authPriv, Self.request, context: (Self.engineID, "ups2"))
        #expect(try report(lab.receive(named), to: strong, .authPriv).counter == .unknownContexts)
        let other = lab.message(strong, .authPriv, Self.request, context: (EngineID(octets: [1, 2, 3, 4, 5]), ""))
        #expect(try report(lab.receive(other), to: strong, .authPriv).counter == .unknownPDUHandlers)
        let none = lab.message(strong, .authPriv, Self.request, context: (nil, ""))
        #expect(try report(lab.receive(none), to: strong, .authPriv).counter == .unknownPDUHandlers)
    }

    @Test func handlesOnlyTheKindsOfPDUThatItIsToldTo() throws {
        let lab = try EngineLaboratory()
        let signing = try Self.signing.get()
        #expect(
            try report(lab.receive(lab.message(signing, .authNoPriv, PDU(.inform, requestID: 5))), to: signing, .authNoPriv).counter
                == .unknownPDUHandlers)
        #expect(try drop(lab.receive(lab.message(signing, .authNoPriv, PDU(.trapV2)))) == .refused(.unknownPDUHandlers))
        #expect(try drop(lab.receive(lab.message(signing, .authNoPriv, PDU(.response)))) == .notARequest)
        #expect(try drop(lab.receive(lab.message(signing, .authNoPriv, PDU(.report)))) == .notARequest)
        #expect(lab.engine.statistics.unknownPDUHandlers == 2)

        let listener = try EngineLaboratory(handledKinds: [.inform])
        #expect(try accepted(listener.receive(listener.message(signing, .authNoPriv, PDU(.inform, requestID: 5)))).pdu.kind == .inform)
        #expect(
            try report(listener.receive(listener.message(signing, .authNoPriv, Self.request)), to: signing, .authNoPriv).counter
                == .unknownPDUHandlers)
    }

    @Test func reportsOnlyWhereThatIsWanted() throws {
        let lab = try EngineLaboratory()
        let stranger = try USMUser(name: "stranger")
        let silent = lab.message(stranger, .noAuthNoPriv, Self.request, isReportable: false)
        #expect(try drop(lab.receive(silent)) == .refused(.unknownUserNames))
        // Never in answer to what is no request, or two engines would report to each other for ever.
        for kind in [PDU.Kind.response, .report, .trapV2] {
            #expect(try drop(lab.receive(lab.message(stranger, .noAuthNoPriv, PDU(kind)))) == .refused(.unknownUserNames))
        }
        #expect(lab.engine.statistics.unknownUserNames == 4)
    }

    @Test func countsWhatItCannotDecode() throws {
        let lab = try EngineLaboratory()
        func reason(_ action: LocalEngine.ReceivedAction) throws -> SNMPDecodingError.Reason? {
            guard case .malformed(let error) = try drop(action) else { return nil }
            return error.reason
        }
        #expect(try reason(lab.receive(SecureMessageTests.Draft(flags: [2]).octets)) == .invalidFlags)
        #expect(try reason(lab.receive(SecureMessageTests.Draft(model: 9).octets)) == .unknownSecurityModel(9))
        #expect(try reason(lab.receive([])) == .truncated)
        let draft = SecureMessageTests.Draft(engineID: Self.engineID.octets, userName: Array("plain".utf8))
        #expect(try reason(lab.receive(draft.octets)) == .truncated)
        var expected = EngineStatistics()
        expected.invalidMessages = 1
        expected.unknownSecurityModels = 1
        #expect(lab.engine.statistics == expected)
    }
}
