import FoundationEssentials
import PowerDevice
import Testing

@testable import FleetServer

struct MQTTMessagesTests {
    private let messages = MQTTMessages(prefix: "nvfleet", discoveryPrefix: "homeassistant")

    private func message(
        _ kind: String, site: String? = "Bern", card: Int64? = nil, incident: Int64? = 7, remaining: Int? = nil
    ) -> NotificationMessage {
        var message = NotificationMessage(
            messageId: "m", kind: kind, severity: .warning, title: "Bern: mains failure", text: "", at: Date(timeIntervalSince1970: 0),
            site: site, incident: incident, card: card, cards: 3)
        message.remaining = remaining
        return message
    }

    private func payload(_ topic: String, _ message: NotificationMessage) -> String? {
        messages.publications(of: message).first { $0.topic == topic }?.payload
    }

    @Test(arguments: [
        ("opened", Int?.none, "ON"), ("changed", nil, "ON"), ("ended", nil, "OFF"), ("ended", 0, "OFF"), ("ended", 2, "ON"),
    ])
    func aSitesSensorIsOffWhenTheLastIncidentIsOver(_ kind: String, _ remaining: Int?, _ state: String) {
        #expect(payload("nvfleet/site/Bern/problem", message(kind, remaining: remaining)) == state)
    }

    @Test func acknowledgingChangesNoSensor() {
        #expect(payload("nvfleet/site/Bern/problem", message("acknowledged")) == nil)
        #expect(payload("nvfleet/incident/7", message("acknowledged")) != nil)
    }

    @Test func homeAssistantLearnsOfACard() throws {
        let published = messages.publications(of: message("single", card: 4))
        let discovery = try #require(published.first { $0.topic == "homeassistant/binary_sensor/nvfleet_card_4/config" })
        #expect(discovery.isRetained)
        for words in [
            #""state_topic":"nvfleet/card/4/problem""#, #""availability_topic":"nvfleet/availability""#, #""device_class":"problem""#,
            #""unique_id":"nvfleet_card_4_problem""#,
        ] { #expect(discovery.payload.contains(words)) }
        #expect(published.contains { $0.topic == "nvfleet/card/4/problem" && $0.payload == "ON" && $0.isRetained })
        #expect(published.contains { $0.topic == "nvfleet/card/4/alarm" && !$0.isRetained })
    }

    @Test func aNameIsOneLevelWithoutWildcards() {
        #expect(MQTTMessages.level("Zürich/#+ 1") == "Z_rich____1")
        #expect(MQTTMessages.level("") == "_")
    }

    @Test func whatHasNoPlaceIsAMessage() {
        #expect(messages.publications(of: message("digest", site: nil, incident: nil)).map(\.topic) == ["nvfleet/message"])
    }
}
