import NIOCore
import Testing

@testable import NetVision

struct LANMessageTests {
    private static let card = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))

    private static let announcement = Announcement(
        card: card,
        network: NetworkSettings(address: 0x7F4D_0005, mask: 0xFFFF_FF00, gateway: 0x7F4D_0001, usesDHCP: true), firmware: "8.40",
        model: "MASTERYS BC+", reference: "Réf", serial: "P172793003", systemName: "Rack 3", location: "Hall", isUnlocked: true, webPort: 80
    )

    private static var fixtures: [[UInt8]] {
        let transaction: UInt64 = 0x0102_0304_0506_0708
        let key = LANKey(password: "FFC190", card: card)
        let share = LANField(.keyShare, Array(100..<132))
        let messages = [
            LANMessage(.discover, card: .any, transaction: transaction),
            LANMessage(.announce, card: card, transaction: transaction, fields: announcement.fields),
            LANMessage(.result, card: card, transaction: transaction, fields: LANResult(.invalid, "No.", seconds: 300).fields),
            LANMessage(.challengeReply, card: card, transaction: transaction, fields: [LANField(.nonce, Array(0..<16)), share]),
            key.authenticate(
                LANMessage(
                    .setPassword, card: card, transaction: transaction,
                    fields: [LANField(.nonce, Array(0..<16)), share, LANField(.sealedPassword, Array(repeating: 9, count: 81))])),
            key.authenticate(LANMessage(.unlock, card: card, transaction: transaction, fields: [LANField(.nonce, Array(0..<16))])),
        ]
        return messages.map { Array($0.encoded().readableBytesView) }
    }

    @Test func encodesTheDocumentedOctets() {
        let message = LANMessage(.discover, card: .any, transaction: 0x0102_0304_0506_0708)
        #expect(
            Array(message.encoded().readableBytesView) == Array("NVLP".utf8) + [1, 1, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test func anAnnouncementSurvivesTheWire() throws {
        let message = LANMessage(.announce, card: Self.card, transaction: 7, fields: Self.announcement.fields)
        let decoded = try LANMessage(decoding: message.encoded())
        #expect(decoded == message)
        #expect(try Announcement(decoded) == Self.announcement)
    }

    @Test func theLongestAnnouncementFitsIntoOneDatagram() throws {
        let long = String(repeating: "\u{1F50B}", count: 500)
        let announcement = Announcement(
            card: Self.card, network: Self.announcement.network, firmware: long, model: long, reference: long, serial: long,
            systemName: long, location: long)
        let datagram = LANMessage(.announce, card: Self.card, transaction: 7, fields: announcement.fields).encoded()
        #expect(datagram.readableBytes <= LANMessage.maximumLength)
        #expect(try Announcement(LANMessage(decoding: datagram)).systemName.allSatisfy { $0 == "\u{1F50B}" })
    }

    @Test func everyPrefixAndMutationIsDecodedOrRefused() {
        for fixture in Self.fixtures {
            for length in 0..<fixture.count { _ = try? LANMessage(decoding: ByteBuffer(bytes: fixture.prefix(length))) }
            for position in fixture.indices {
                for byte in UInt8.min...UInt8.max {
                    var changed = fixture
                    changed[position] = byte
                    guard let message = try? LANMessage(decoding: ByteBuffer(bytes: changed)) else { continue }
                    _ = try? Announcement(message)
                    _ = try? LANResult(message)
                }
            }
        }
    }

    private static let refusals: [(octets: [UInt8], reason: LANDecodingError.Reason)] = {
        let zeros = [UInt8](repeating: 0, count: 16)
        let ours = Array("NVLP".utf8)
        return [
            (octets: Array("XXXX".utf8) + zeros, reason: .notOurs), (octets: ours + [9] + zeros, reason: .otherVersion),
            (octets: ours, reason: .truncated), (octets: [UInt8](repeating: 0, count: 1473), reason: .tooLong),
        ]
    }()

    @Test(arguments: refusals)
    func saysWhatIsWrong(octets: [UInt8], reason: LANDecodingError.Reason) {
        #expect { try LANMessage(decoding: ByteBuffer(bytes: octets)) } throws: { ($0 as? LANDecodingError)?.reason == reason }
    }

    @Test(arguments: ["00:E0:D8:FF:C1:90", "00-e0-d8-ff-c1-90", "00e0d8ffc190"])
    func readsHardwareAddresses(text: String) {
        #expect(HardwareAddress(text) == Self.card)
        #expect(Self.card.description == "00:E0:D8:FF:C1:90")
        #expect(Self.card.firstPassword == "FFC190")
    }

    @Test(arguments: ["", "00:E0:D8:FF:C1", "00:E0:D8:FF:C1:9G", "+0:E0:D8:FF:C1:90", "00:E0:D8:FF:C1:90:00"])
    func refusesWhatIsNoHardwareAddress(text: String) { #expect(HardwareAddress(text) == nil) }
}

struct NetworkSettingsTests {
    @Test(arguments: [
        ("10.0.0.5", "255.255.255.0", "10.0.0.1"), ("192.168.7.18", "255.255.255.0", ""), ("10.0.0.4", "255.255.255.254", ""),
    ])
    func takesWhatAHostCanUse(address: String, mask: String, gateway: String) throws {
        let settings = try #require(NetworkSettings(address: address, mask: mask, gateway: gateway, usesDHCP: false))
        #expect(settings.problem == nil)
    }

    @Test(arguments: [
        ("10.0.0.0", "255.255.255.0", ""), ("10.0.0.255", "255.255.255.0", ""), ("224.0.0.1", "255.255.255.0", ""),
        ("0.0.0.5", "255.0.0.0", ""), ("10.0.0.5", "255.0.255.0", ""), ("10.0.0.5", "0.0.0.0", ""),
        ("10.0.0.5", "255.255.255.0", "10.0.1.1"), ("10.0.0.5", "255.255.255.0", "10.0.0.5"), ("255.255.255.255", "255.255.255.0", ""),
    ])
    func saysWhyAHostCannotUseThem(address: String, mask: String, gateway: String) throws {
        let settings = try #require(NetworkSettings(address: address, mask: mask, gateway: gateway, usesDHCP: false))
        #expect(settings.problem != nil)
    }
}
