import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

/// The list of cards is written by hand; it must say what the encoder says.
struct CardPageTests {
    private func card(name: String) -> Card {
        var card = Card(
            id: 7, name: name, mac: "00:E0:D8:00:00:01", serial: nil, address: "10.0.0.1", generation: .netVision8, kind: .ups,
            model: "NETYS \"RT\"\\", firmware: "8.00", agent: nil, location: "Zürich\n2", site: nil, tags: ["a", "ü"], snmpVersion: .v3,
            createdAt: Date(timeIntervalSince1970: 1_700_000_000.125))
        card.polling = PollIntervals(statusSeconds: 5, fullSeconds: 30)
        card.gateway = CardGateway(unit: 9, writes: true)
        return card
    }

    private var status: CardStatus {
        var status = CardStatus(
            status: .onBattery, problem: "Tab\there", lastSeen: Date(timeIntervalSince1970: 1_700_000_001), alarmCount: 2,
            readings: [.load: 41.5, .batteryCharge: 100, .batteryVoltage: 240])
        status.warnings = ["One."]
        status.transfer = TransferState(source2: .absent, preferredSource: 1, load: .preferredSource)
        return status
    }

    private func expectSame(_ resource: CardResource) throws {
        var text = JSONText(capacity: 64)
        try resource.write(to: &text)
        let written = try ReadJSON(String(decoding: text.octets, as: UTF8.self))
        let encoded = try ReadJSON(try JSONCoding.text(resource))
        #expect(written == encoded)
    }

    @Test func aCardIsWrittenAsItIsEncoded() throws {
        try expectSame(CardResource(card: card(name: "Rack \u{1} / 3"), status: status))
        try expectSame(CardResource(card: card(name: ""), status: .unknown))
    }

    @Test func onlyTheFieldsThatWereAskedForAreWritten() throws {
        try expectSame(CardResource(card: card(name: "A"), status: status, fields: ["name", "summary"]))
        var resource = CardResource(card: card(name: "A"), status: status, fields: ["health"])
        resource.health = PollHealthResource(PollHealth(), of: resource.card)
        try expectSame(resource)
    }

    @Test func numbersThatAreNoneAreNull() {
        var text = JSONText(capacity: 16)
        text.beginArray()
        for number in [1, 1.5, .nan, -.infinity, 1e300] { text.value(number) }
        text.endArray()
        #expect(String(decoding: text.octets, as: UTF8.self) == "[1,1.5,null,null,1e+300]")
    }
}
