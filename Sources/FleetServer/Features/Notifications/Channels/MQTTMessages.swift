import FoundationEssentials
import PowerDevice

/// What a message is to an MQTT broker: topics, and the documents by which Home Assistant knows what they are.
struct MQTTMessages: Sendable {
    struct Publication: Sendable, Equatable {
        let topic: String
        let payload: String
        var isRetained = false
    }

    /// The first part of all topics.
    let prefix: String
    /// Home Assistant's; nil: it is told nothing.
    let discoveryPrefix: String?

    var availabilityTopic: String { "\(prefix)/availability" }

    func publications(of message: NotificationMessage) -> [Publication] {
        let document = JSONCodingText.of(message)
        var result: [Publication] = []
        if let card = message.card {
            let topic = "\(prefix)/card/\(card)"
            result += discovery(
                id: "card_\(card)", name: message.cardName ?? "Card \(card)", model: "NET VISION", topic: topic)
            result.append(Publication(topic: "\(topic)/alarm", payload: document))
            result += state(of: message, topic)
        } else if let site = message.site {
            let name = Self.level(site)
            let topic = "\(prefix)/site/\(name)"
            result += discovery(id: "site_\(name)", name: site, model: "Site", topic: topic)
            result += state(of: message, topic)
        }
        if let incident = message.incident { result.append(Publication(topic: "\(prefix)/incident/\(incident)", payload: document)) }
        // A digest, a test, and what has no place.
        if result.isEmpty { result.append(Publication(topic: "\(prefix)/message", payload: document)) }
        return result
    }

    private func state(of message: NotificationMessage, _ topic: String) -> [Publication] {
        guard message.kind != "acknowledged" else { return [] }
        return [
            Publication(topic: "\(topic)/problem", payload: message.isAllWell ? "OFF" : "ON", isRetained: true),
            Publication(topic: "\(topic)/attributes", payload: JSONCodingText.of(message), isRetained: true),
        ]
    }

    private func discovery(id: String, name: String, model: String, topic: String) -> [Publication] {
        guard let discoveryPrefix else { return [] }
        let document = Discovery(
            name: "Problem", unique_id: "nvfleet_\(id)_problem", state_topic: "\(topic)/problem",
            json_attributes_topic: "\(topic)/attributes",
            availability_topic: availabilityTopic, device: .init(identifiers: ["nvfleet_\(id)"], name: name, model: model))
        return [
            Publication(
                topic: "\(discoveryPrefix)/binary_sensor/nvfleet_\(id)/config", payload: JSONCodingText.of(document), isRetained: true)
        ]
    }

    /// A name as one level of a topic: nothing in it is a wildcard, or begins another level.
    static func level(_ name: String) -> String {
        let level = String(
            name.prefix(64).map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "_" ? $0 : "_" })
        return level.isEmpty ? "_" : level
    }

    /// https://www.home-assistant.io/integrations/binary_sensor.mqtt/
    private struct Discovery: Encodable {
        struct Device: Encodable {
            let identifiers: [String]
            let name: String
            let manufacturer = "NVFleet"
            let model: String
        }

        let name: String
        let unique_id: String
        let state_topic: String
        let json_attributes_topic: String
        let availability_topic: String
        let device_class = "problem"
        let payload_on = "ON"
        let payload_off = "OFF"
        let device: Device
    }
}
