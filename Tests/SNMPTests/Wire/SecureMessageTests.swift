import NIOCore
import Testing

@testable import SNMP

struct SecureMessageTests {
    /// The fields of a message to be, with what is wrong in it.
    struct Draft {
        var version: Int64 = 3
        var messageID: Int64 = 0x1122_3344
        var maximumSize: Int64 = 1500
        var flags: [UInt8] = [0x04]
        var model: Int64 = 3
        var engineID: [UInt8] = [0x80, 0, 0, 1, 3, 9]
        var boots: Int64 = 7
        var time: Int64 = 300
        var userName = Array("operator".utf8)
        var scopedTag = BERTag.sequence
        var afterParameters: [UInt8] = []
        var afterScoped: [UInt8] = []

        var octets: [UInt8] {
            var writer = BERWriter()
            afterScoped.withUnsafeBytes { writer.prepend($0) }
            writer.prepend([0x04, 0x00, 0x04, 0x00], as: scopedTag)
            let mark = writer.count
            afterParameters.withUnsafeBytes { writer.prepend($0) }
            for field in [[], [], userName] { writer.prepend(field, as: .octetString) }
            writer.prepend(time)
            writer.prepend(boots)
            writer.prepend(engineID, as: .octetString)
            writer.prependHeader(.sequence, since: mark + afterParameters.count)
            writer.prependHeader(.octetString, since: mark)
            let header = writer.count
            writer.prepend(model)
            writer.prepend(flags, as: .octetString)
            writer.prepend(maximumSize)
            writer.prepend(messageID)
            writer.prependHeader(.sequence, since: header)
            writer.prepend(version)
            writer.prependHeader(.sequence, since: 0)
            return Array(writer.written)
        }
    }

    private func decode(_ octets: [UInt8]) throws(SNMPDecodingError) -> SecureMessage {
        try SecureMessage(decoding: ByteBuffer(bytes: octets))
    }

    private func reason(_ change: (inout Draft) -> Void) -> SNMPDecodingError.Reason? {
        var draft = Draft()
        change(&draft)
        do throws(SNMPDecodingError) { _ = try decode(draft.octets) } catch { return error.reason }
        return nil
    }

    @Test func readsTheFields() throws {
        let octets = Draft().octets
        let message = try decode(octets)
        #expect(message.messageID == 0x1122_3344)
        #expect(message.maximumSize == 1500)
        #expect(message.level == .noAuthNoPriv)
        #expect(message.isReportable)
        #expect(message.boots == 7)
        #expect(message.time == 300)
        #expect(Array(octets[message.engineID]) == [0x80, 0, 0, 1, 3, 9])
        #expect(Array(octets[message.userName]) == Array("operator".utf8))
        #expect(message.authenticationParameters.isEmpty && message.privacyParameters.isEmpty)
        #expect(Array(octets[message.scopedData]) == [0x30, 0x04, 0x04, 0x00, 0x04, 0x00])
        #expect(message.length == octets.count)
    }

    @Test func readsWhatNetSNMPSends() throws {
        let octets = SecureFixture.trap
        let message = try decode(octets)
        #expect(message.messageID == 0x180D_9012)
        #expect(message.level == .authPriv)
        #expect(!message.isReportable)
        #expect(message.boots == 1)
        #expect(message.time == 1_342_995)
        #expect(String(decoding: octets[message.userName], as: UTF8.self) == "trapper")
        #expect(message.authenticationParameters.count == 24)
        #expect(message.privacyParameters.count == 8)
        #expect(message.scopedData == (octets.count - 104)..<octets.count)
    }

    @Test func ignoresReservedFlagsAndOctetsAfterTheMessage() throws {
        let draft = Draft(flags: [0xF8])
        let message = try decode(draft.octets + [1, 2, 3])
        #expect(message.level == .noAuthNoPriv)
        #expect(!message.isReportable)
        #expect(message.length == draft.octets.count)
    }

    /// A report is due to those who send one (RFC 3414 §3.2 step 3), so this is no error of encoding.
    @Test(arguments: [0, 1, 4, 33, 200])
    func takesAnEngineIDOfAnyLength(_ count: Int) throws {
        let octets = Draft(engineID: [UInt8](repeating: 9, count: count)).octets
        let message = try decode(octets)
        #expect(message.engineID.count == count)
        #expect(octets.withUnsafeBytes { message.engineID(in: $0) } == nil)
    }

    @Test func refusesFieldsBeyondTheirRange() {
        #expect(reason { $0.version = 1 } == .unsupportedVersion(1))
        #expect(reason { $0.version = 2 } == .unsupportedVersion(2))
        #expect(reason { $0.messageID = -1 } == .integerOutOfRange)
        #expect(reason { $0.messageID = 1 << 31 } == .integerOutOfRange)
        #expect(reason { $0.maximumSize = 483 } == .integerOutOfRange)
        #expect(reason { $0.maximumSize = 484 } == nil)
        #expect(reason { $0.boots = -1 } == .integerOutOfRange)
        #expect(reason { $0.time = -1 } == .integerOutOfRange)
        #expect(reason { $0.time = 1 << 31 } == .integerOutOfRange)
        #expect(reason { $0.boots = Int64(Int32.max) } == nil)
        #expect(reason { $0.userName = [UInt8](repeating: 65, count: 33) } == .malformedValue)
        #expect(reason { $0.userName = [UInt8](repeating: 65, count: 32) } == nil)
        #expect(reason { $0.scopedTag = .octetString } == .unexpectedTag(0x04))
        #expect(reason { $0.afterParameters = [0x05, 0x00] } == .trailingOctets)
        #expect(reason { $0.afterScoped = [0x05, 0x00] } == .trailingOctets)
    }

    @Test func tellsWhichCounterAnErrorBelongsTo() throws {
        #expect(reason { $0.flags = [0x02] } == .invalidFlags)
        #expect(reason { $0.flags = [0x06] } == .invalidFlags)
        #expect(reason { $0.flags = [] } == .invalidFlags)
        #expect(reason { $0.flags = [0, 0] } == .invalidFlags)
        #expect(reason { $0.model = 2 } == .unknownSecurityModel(2))
        #expect(reason { $0.model = 0 } == .integerOutOfRange)
        #expect(SNMPDecodingError(reason: .invalidFlags, offset: 0).counter == .invalidMessages)
        #expect(SNMPDecodingError(reason: .unknownSecurityModel(2), offset: 0).counter == .unknownSecurityModels)
        #expect(SNMPDecodingError(reason: .truncated, offset: 0).counter == nil)
    }

    @Test func anEncryptedMessageHoldsAnOctetString() {
        #expect(reason { $0.flags = [0x03] } == .unexpectedTag(0x30))
        #expect(
            reason {
                $0.flags = [0x03]
                $0.scopedTag = .octetString
            } == nil)
    }

    @Test(arguments: SecureFixture.datagrams)
    func refusesEveryPrefix(_ octets: [UInt8]) throws {
        #expect(try decode(octets).length == octets.count)
        for length in octets.indices { #expect(throws: SNMPDecodingError.self) { try decode(Array(octets[..<length])) } }
    }

    @Test(arguments: SecureFixture.datagrams)
    func everyMutatedOctetThrowsOrYieldsRangesOfTheDatagram(_ octets: [UInt8]) throws {
        var decoded = 0
        var mutated = octets
        for position in octets.indices {
            for octet in UInt8.min...UInt8.max where octet != octets[position] {
                mutated[position] = octet
                guard let message = mutated.withUnsafeBytes({ try? SecureMessage($0) }) else { continue }
                decoded += 1
                let ranges = [message.engineID, message.userName, message.authenticationParameters, message.privacyParameters]
                let isWithin = (ranges + [message.scopedData]).allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= message.length }
                #expect(isWithin && message.length <= mutated.count)
                if !message.level.isEncrypted { _ = mutated[message.scopedData].withUnsafeBytes { try? ScopedPDU(decoding: $0) } }
            }
            mutated[position] = octets[position]
        }
        #expect(decoded > octets.count)
    }
}
