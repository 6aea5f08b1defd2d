import NIOCore
import Testing

@testable import SNMP

struct LocalEngineTests {
    static let engineID = EngineID.mac(enterprise: 4555, [0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90])
    static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    static let sysName: OID = "1.3.6.1.2.1.1.5.0"

    static let strong = Result { () throws(USMUserError) in
        try USMUser(name: "strong", authentication: (.sha256, "authpassword"), privacy: (.aes256, "privpassword"))
    }
    static let signing = Result { () throws(USMUserError) in try USMUser(name: "signing", authentication: (.sha1, "authpassword")) }
    static let plain = Result { () throws(USMUserError) in try USMUser(name: "plain") }

    static func users() throws -> [LocalEngine.User] {
        [
            LocalEngine.User(try strong.get(), .readWrite), LocalEngine.User(try signing.get(), .readOnly),
            LocalEngine.User(try plain.get(), .readOnly),
        ]
    }

    static let request = PDU(.get, requestID: 77, names: [sysName])

    /// The report that an action sends, with its level and times.
    func report(
        _ action: LocalEngine.ReceivedAction, to user: USMUser, _ level: SecurityLevel = .noAuthNoPriv
    ) throws -> (counter: EngineCounter, value: UInt32, requestID: Int32, time: EngineTime) {
        guard case .answer(let buffer) = action else { throw Unexpected(action: "\(action)") }
        let octets = Array(buffer.readableBytesView)
        let message = try SecureMessage(decoding: buffer)
        #expect(message.level == level)
        #expect(!message.isReportable)
        #expect(message.messageID == 4711)
        #expect(Array(octets[message.userName]) == Array(user.name.utf8))
        #expect(octets.withUnsafeBytes { message.engineID(in: $0) } == Self.engineID)
        let localized = LocalizedUser(user, engineID: Self.engineID, contexts: AESContexts())
        let scoped = try #require(try LocalizedUserTests.opened(octets, by: localized))
        #expect(scoped.contextEngineID == Self.engineID)
        #expect(scoped.pdu.kind == .report)
        let binding = try #require(scoped.pdu.bindings.first)
        guard case .counter32(let value) = binding.value else { throw Unexpected(action: "\(binding)") }
        let counter = try #require(EngineCounter(oid: binding.name))
        return (counter, value, scoped.pdu.requestID, EngineTime(boots: message.boots, time: message.time))
    }

    struct Unexpected: Error { let action: String }

    func accepted(_ action: LocalEngine.ReceivedAction) throws -> AcceptedRequest {
        guard case .accept(let request) = action else { throw Unexpected(action: "\(action)") }
        return request
    }

    func drop(_ action: LocalEngine.ReceivedAction) throws -> LocalEngine.DropReason {
        guard case .drop(let reason) = action else { throw Unexpected(action: "\(action)") }
        return reason
    }

    @Test func answersAtTheLevelOfTheRequest() throws {
        let lab = try EngineLaboratory()
        for (user, level) in [
            (try Self.plain.get(), SecurityLevel.noAuthNoPriv), (try Self.signing.get(), .authNoPriv), (try Self.strong.get(), .authPriv),
        ] {
            let request = try accepted(lab.receive(lab.message(user, level, Self.request)))
            #expect(request.user.user == user)
            #expect(request.user.access == (user.name == "strong" ? .readWrite : .readOnly))
            #expect(request.level == level)
            #expect(request.pdu == Self.request)
            #expect(request.maximumSize == 65_507)

            let response = PDU(.response, requestID: 77, bindings: [VariableBinding(Self.sysName, .text("card"))])
            let buffer = lab.engine.seal(response, for: request, now: lab.now)
            let message = try SecureMessage(decoding: buffer)
            #expect(message.level == level)
            #expect(message.messageID == 4711)
            #expect(EngineTime(boots: message.boots, time: message.time) == EngineTime(boots: 3, time: 100))
            let localized = LocalizedUser(user, engineID: Self.engineID, contexts: lab.contexts)
            let scoped = try LocalizedUserTests.opened(Array(buffer.readableBytesView), by: localized)
            #expect(scoped == ScopedPDU(contextEngineID: Self.engineID, pdu: response))
        }
        #expect(lab.engine.statistics == EngineStatistics())
    }

    @Test func neverUsesASaltTwice() throws {
        let lab = try EngineLaboratory()
        let request = try accepted(lab.receive(lab.message(Self.strong.get(), .authPriv, Self.request)))
        let salts = try (0..<50).map { _ in
            let buffer = lab.engine.seal(PDU(.response), for: request, now: lab.now)
            let message = try SecureMessage(decoding: buffer)
            return Array(Array(buffer.readableBytesView)[message.privacyParameters])
        }
        #expect(Set(salts).count == 50)
    }

    @Test(arguments: [0, 10, 100, 126, 127, 200, 255, 1000, 3000])
    func boundsTheLengthOfAResponse(_ count: Int) throws {
        let lab = try EngineLaboratory()
        for (user, level) in [
            (try Self.plain.get(), SecurityLevel.noAuthNoPriv), (try Self.signing.get(), .authNoPriv), (try Self.strong.get(), .authPriv),
        ] {
            let request = try accepted(lab.receive(lab.message(user, level, Self.request)))
            let bindings = [VariableBinding(Self.sysName, .octetString([UInt8](repeating: 65, count: count)))]
            let response = PDU(.response, requestID: .max, bindings: bindings)
            let bound = request.messageLength(pduLength: response.encodedLength(bindingsLength: bindings[0].encodedLength))
            let actual = lab.engine.seal(response, for: request, now: lab.now).readableBytes
            #expect(actual <= bound && bound - actual <= 24, "\(actual) of \(bound)")
        }
    }

    @Test func replacesItsUsersWhileARequestIsOpen() throws {
        let lab = try EngineLaboratory()
        let strong = try Self.strong.get()
        let octets = lab.message(strong, .authPriv, Self.request)
        let request = try accepted(lab.receive(octets))
        lab.engine.replaceUsers([])
        #expect(lab.engine.seal(PDU(.response), for: request, now: lab.now).readableBytes > 0)
        #expect(try report(lab.receive(octets), to: strong).counter == .unknownUserNames)
    }

    @Test func everyPrefixAndEveryMutationIsDroppedOrAnswered() throws {
        let lab = try EngineLaboratory()
        for (user, level) in [
            (try Self.plain.get(), SecurityLevel.noAuthNoPriv), (try Self.signing.get(), .authNoPriv), (try Self.strong.get(), .authPriv),
        ] {
            let octets = lab.message(user, level, Self.request)
            for length in octets.indices { #expect(throws: Never.self) { try drop(lab.receive(Array(octets[..<length]))) } }
            var accepted = 0
            for position in octets.indices {
                for bit in 0..<8 {
                    var mutated = octets
                    mutated[position] ^= 1 << bit
                    if case .accept = lab.receive(mutated) { accepted += 1 }
                }
            }
            #expect(level == .noAuthNoPriv ? accepted > 0 : accepted == 0)
        }
    }
}
